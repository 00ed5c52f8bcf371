import { type Weighted, weighted } from '../stream.ts';

export type Sex = 'female' | 'male';

/** Names as people of one tradition bear them: some common, many rare. */
export interface Tradition {
  readonly name: string;
  readonly given: Readonly<Record<Sex, Weighted<string>>>;
  readonly surnames: Weighted<string>;
  /** How many in a thousand bear both parents' surnames. */
  readonly twoSurnames: number;
  /** How many in a thousand of the two are joined by a hyphen. */
  readonly hyphen: number;
  /** Race and ethnicity in the shared list, and the language at home, most often. */
  readonly race: Weighted<string>;
  readonly language: Weighted<string>;
}

/** The n-th name of a list is borne about 1/n as often as the first, which is how frequent names are spread. */
export function ranked(names: readonly string[], steepness = 4): Weighted<string> {
  return weighted(names.map((name, i) => [name, Math.floor(100_000 / (i + steepness)) + 1] as const));
}

export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Surnames put together from parts, for the long tail of rare ones. */
export function composed(first: string, last: string): readonly string[] {
  return words(first).flatMap((start) => words(last).map((end) => start + end));
}
