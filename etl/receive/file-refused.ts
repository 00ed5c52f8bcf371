import { Refused } from '../../src/errors.ts';

/** A rule of form that a file breaks; the code of the error, and what the documentation lists. */
export type FileRule =
  | 'FOLDER'
  | 'MANIFEST'
  | 'NOT_A_FILE'
  | 'ENCODING'
  | 'NUL_BYTE'
  | 'HEADER'
  | 'QUOTE'
  | 'LINE_BREAK'
  | 'FIELDS'
  | 'TOO_LONG'
  | 'TOO_LARGE'
  | 'TOO_SLOW'
  | 'COMPRESSION'
  | 'ENCRYPTION'
  | 'EMPTY_FILE'
  | 'WIDTH'
  | 'WORKBOOK'
  | 'PARQUET'
  | 'ARROW'
  | 'COLUMN_TYPE'
  | 'FILE_CHANGED'
  | 'SCHEMA_VERSION'
  | 'Q002';

/** One file of a delivery breaks a rule of form, so that nothing of the delivery is loaded. */
export class FileRefused extends Refused {
  readonly file: string;
  readonly line: number | undefined;
  readonly rule: FileRule;
  readonly words: string;

  constructor(
    rule: FileRule,
    file: string,
    line: number | undefined,
    words: string,
    options: { remedy?: string; cause?: unknown } = {},
  ) {
    super(rule, `${file}${line === undefined ? '' : `, line ${line}`}: ${words} (rule ${rule})`, options);
    this.file = file;
    this.line = line;
    this.rule = rule;
    this.words = words;
  }
}

/** Bound to one file, so that whoever reads it says only what is wrong and where. */
export type Refuse = (rule: FileRule, line: number | undefined, words: string, remedy?: string) => never;

export function refusing(file: string): Refuse {
  return (rule, line, words, remedy) => {
    throw new FileRefused(rule, file, line, words, remedy === undefined ? {} : { remedy });
  };
}
