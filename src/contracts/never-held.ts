import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';
import { type Authority, readAuthority } from './term.ts';

/** Something that is never held about one young person, and how it is recognised. */
export interface NeverHeld {
  readonly topic: string;
  readonly words: string;
  /** What may be held instead. */
  readonly instead: string;
  readonly authority: Authority;
  /** Names of columns that betray it, as patterns over the whole name in lower case. */
  readonly columns: readonly string[];
  /** Words that betray it in the label of a code or a need. */
  readonly labels: readonly string[];
  /** Codes that betray it, by code list, as patterns; also codes that no list holds. */
  readonly codes: readonly { readonly list: string; readonly pattern: string; readonly place: Place }[];
  /** The systems whose rows may not carry it, where others may. */
  readonly systems: readonly string[];
  /** What looks like it and is not, each with the reason. */
  readonly exceptions: readonly { readonly of: string; readonly why: string; readonly place: Place }[];
  readonly place: Place;
}

export function readNeverHeld(file: Entry): NeverHeld[] {
  return file
    .only('about', 'topics')
    .list('topics')
    .map((entry) => {
      entry.only(
        'topic',
        'words',
        'instead',
        'authority',
        'columns',
        'labels',
        'codes',
        'systems',
        'exceptions',
      );
      return {
        topic: entry.text('topic'),
        words: entry.text('words'),
        instead: entry.text('instead'),
        authority: readAuthority(entry.at('authority')),
        columns: entry.patterns('columns'),
        labels: entry.texts('labels'),
        codes: entry.list('codes').map((code) => {
          code.only('list', 'pattern');
          return {
            list: code.text('list'),
            pattern: code.patterns('pattern')[0] ?? '(?!)',
            place: code.place,
          };
        }),
        systems: entry.texts('systems'),
        exceptions: entry.list('exceptions').map((exception) => {
          exception.only('of', 'why');
          return { of: exception.text('of'), why: exception.text('why'), place: exception.place };
        }),
        place: entry.place,
      };
    });
}
