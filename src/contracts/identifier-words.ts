import type { Entry } from './entry.ts';

/** Words that give away a name, an address or a narrative in a value; all in lower case. */
export interface IdentifierWords {
  /** Given names and surnames that are hardly ever another word. */
  readonly names: ReadonlySet<string>;
  readonly streetWords: ReadonlySet<string>;
  /** Words that tell what somebody did or said. */
  readonly narrativeWords: ReadonlySet<string>;
  /** What sources write where they have nothing to say. */
  readonly placeholders: ReadonlySet<string>;
}

export function readIdentifierWords(file: Entry): IdentifierWords {
  file.only('about', 'names', 'street_words', 'narrative_words', 'placeholders');
  return {
    names: wordsOf(file, 'names'),
    streetWords: wordsOf(file, 'street_words'),
    narrativeWords: wordsOf(file, 'narrative_words'),
    placeholders: new Set(file.texts('placeholders').map((words) => words.toLowerCase())),
  };
}

/** Several hundred words are written as running text, since a list would fill the file with dashes. */
function wordsOf(file: Entry, key: string): Set<string> {
  return new Set(file.text(key).toLowerCase().split(' '));
}
