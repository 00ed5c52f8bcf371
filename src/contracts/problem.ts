/** What can be wrong with a contract. Each kind has a test that plants it. */
export type Defect =
  | 'SHAPE'
  | 'DUPLICATE'
  | 'REFERENCE'
  | 'ORPHAN'
  | 'UNREASONED_CHANGE'
  | 'DATES'
  | 'LEGAL_BASIS'
  | 'NEVER_HELD'
  | 'NARRATIVE'
  | 'HISTORY'
  | 'WORDING';

export interface Problem {
  readonly defect: Defect;
  /** Relative to the schema folder, with forward slashes. */
  readonly file: string;
  readonly line: number | undefined;
  /** The way to the offending key, such as `fields[3].tessera.codes`. */
  readonly key: string;
  readonly message: string;
}

/** Where a thing was written, so that a later check can still name file, line and key. */
export interface Place {
  readonly file: string;
  readonly line: number | undefined;
  readonly key: string;
}

export function problem(defect: Defect, place: Place, message: string): Problem {
  return { defect, file: place.file, line: place.line, key: place.key, message };
}

export function describe(found: Problem): string {
  const line = found.line === undefined ? '' : `:${found.line}`;
  const key = found.key === '' ? '' : ` ${found.key}:`;
  return `${found.defect} ${found.file}${line}${key} ${found.message}`;
}
