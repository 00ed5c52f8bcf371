import { STATUSES, type Status } from './code-list.ts';
import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

/** Who may ever read a field of a row about one young person. */
export interface Reader {
  readonly name: string;
  readonly words: string;
  readonly place: Place;
}

export interface Sensitivity {
  readonly name: string;
  readonly words: string;
  /** Readers of the field itself; everybody else meets it only inside protected figures. */
  readonly readers: readonly string[];
  /** The finest geography of a public figure that is cut by such a field. */
  readonly finestPublic: 'county' | 'region' | 'state' | 'none';
  readonly place: Place;
}

export interface LegalBasis {
  readonly name: string;
  readonly citation: string;
  readonly words: string;
  readonly permits: string;
  readonly condition: string;
  readonly status: Status;
  readonly place: Place;
}

export function readReaders(file: Entry): Reader[] {
  return file
    .only('readers')
    .list('readers')
    .map((entry) => {
      entry.only('reader', 'words');
      return { name: entry.text('reader'), words: entry.text('words'), place: entry.place };
    });
}

export function readSensitivities(file: Entry): Sensitivity[] {
  return file
    .only('classes')
    .list('classes')
    .map((entry) => {
      entry.only('class', 'words', 'readers', 'finest_public');
      return {
        name: entry.text('class'),
        words: entry.text('words'),
        readers: entry.texts('readers'),
        finestPublic: entry.choice('finest_public', ['county', 'region', 'state', 'none'] as const),
        place: entry.place,
      };
    });
}

export function readLegalBases(file: Entry): LegalBasis[] {
  return file
    .only('bases')
    .list('bases')
    .map((entry) => {
      entry.only('basis', 'citation', 'words', 'permits', 'condition', 'status');
      return {
        name: entry.text('basis'),
        citation: entry.text('citation'),
        words: entry.text('words'),
        permits: entry.text('permits'),
        condition: entry.text('condition'),
        status: entry.choice('status', STATUSES),
        place: entry.place,
      };
    });
}
