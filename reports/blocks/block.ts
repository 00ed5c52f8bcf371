/** What a report is made of, before it is any kind of file. Every format is written from these and from nothing else. */

/** A number that a release holds, and the place in the release from which it was read. */
export interface Bound {
  readonly kind: 'bound';
  /** metric/table/period/cell, as `tessera trace` takes it. */
  readonly address: string;
  readonly part: Part;
  readonly status: 'shown' | 'provisional' | 'hidden' | 'not_available';
  /** As it stands in the report: a number in the reader's language, or a mark. */
  readonly text: string;
  /** As a spreadsheet holds it; null where there is none to hold. */
  readonly value: number | null;
  readonly percent: boolean;
  /** What the release says of it besides: why there is none, or where more is shown. */
  readonly notes: readonly string[];
}

export type Part = 'value' | 'numerator' | 'denominator' | 'lower' | 'upper';

/** Words of another language than the report's, for those who have it read aloud. */
export interface Foreign {
  readonly kind: 'foreign';
  readonly language: string;
  readonly text: string;
}

export type Inline = string | Bound | Foreign;
export type Words = readonly Inline[];

export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2;
  readonly text: string;
  readonly id: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly words: Words;
}

/** A picture with what it shows in words: a report without them is not written. */
export interface Figure {
  readonly kind: 'figure';
  readonly id: string;
  readonly caption: Words;
  readonly svg: string;
  readonly alt: string;
}

export interface Table {
  readonly kind: 'table';
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly Words[])[];
}

export interface Column {
  readonly head: string;
  readonly numeric: boolean;
}

/** What a mark means, below what it stands in. */
export interface Footnote {
  readonly kind: 'footnote';
  readonly mark: string;
  readonly words: Words;
}

export interface Callout {
  readonly kind: 'callout';
  readonly title: string;
  readonly words: Words;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Words[];
}

export interface PageBreak {
  readonly kind: 'page-break';
}

export type Block = Heading | Paragraph | Figure | Table | Footnote | Callout | List | PageBreak;

/** A report whole: what its files say of themselves, and its blocks in the order in which they are read. */
export interface Report {
  /** Begins the name of its files. */
  readonly name: string;
  readonly language: string;
  readonly title: string;
  readonly subtitle: string;
  /** Who publishes it; also the author in the files' properties. */
  readonly author: string;
  /** Release, definition and standing, at the foot of every page. */
  readonly running: string;
  readonly contents: string;
  /** Set where the data are made up; stands on the cover and on every page. */
  readonly madeUp: string | undefined;
  /** The day of the release: no clock is read, so that the same release gives the same bytes. */
  readonly day: string;
  /** A few pages: no page of its own for the title, and no contents. */
  readonly short: boolean;
  /** Under the title, before the contents. */
  readonly cover: readonly Block[];
  readonly blocks: readonly Block[];
  /** What the metrics behind the numbers mean. */
  readonly definitions: readonly Definition[];
  /** What a reader of the numbers alone must know: the marks, the release, how to cite. */
  readonly notes: readonly string[];
}

export interface Definition {
  readonly metric: string;
  readonly version: number;
  readonly title: string;
  readonly question: string;
  readonly unit: string;
  readonly statistic: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly limits: string;
  readonly authority: string;
}

/** The words as they stand, marks and numbers included. */
export function plain(words: Words): string {
  return words.map((word) => (typeof word === 'string' ? word : word.text)).join('');
}

export function boundIn(blocks: readonly Block[]): readonly Bound[] {
  return blocks.flatMap(wordsOf).flatMap((words) => words.filter((word) => isBound(word)));
}

export function isBound(word: Inline): word is Bound {
  return typeof word !== 'string' && word.kind === 'bound';
}

export function wordsOf(block: Block): readonly Words[] {
  switch (block.kind) {
    case 'paragraph':
    case 'callout':
    case 'footnote':
      return [block.words];
    case 'figure':
      return [block.caption];
    case 'list':
      return block.items;
    case 'table':
      return block.rows.flat();
    case 'heading':
    case 'page-break':
      return [];
  }
}
