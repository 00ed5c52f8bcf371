import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

/** A word that the product does not use of a young person, and what it says instead. */
export interface AvoidedWord {
  /** A pattern, matched on whole words without regard to case. */
  readonly avoid: string;
  readonly say: string;
  readonly place: Place;
}

export interface Wording {
  readonly avoided: readonly AvoidedWord[];
  /** Labels that must keep a statute's or a standard's own word, by `file` and `code`. */
  readonly allowed: readonly { readonly of: string; readonly why: string; readonly place: Place }[];
}

export function readWording(file: Entry): Wording {
  file.only('about', 'avoided', 'allowed');
  return {
    avoided: file.list('avoided').map((entry) => {
      entry.only('avoid', 'say');
      return { avoid: entry.patterns('avoid')[0] ?? '(?!)', say: entry.text('say'), place: entry.place };
    }),
    allowed: file.list('allowed').map((entry) => {
      entry.only('of', 'why');
      return { of: entry.text('of'), why: entry.text('why'), place: entry.place };
    }),
  };
}
