/**
 * Errors that we expect. Each names a stable code, the offender and the remedy, and is printed without a
 * stack; anything else that is thrown is a defect and keeps its stack.
 *
 * Messages must be safe to show and to log: a file, a line, a column or a rule, never a value from a row.
 */
export abstract class TesseraError extends Error {
  abstract readonly exitCode: number;
  readonly code: string;
  readonly remedy: string | undefined;

  constructor(code: string, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** The input was read and understood, and it breaks a rule: a delivery, a table, a contract. */
export class Refused extends TesseraError {
  readonly exitCode = 2;
}

/** The command line or a setting is wrong. */
export class Misuse extends TesseraError {
  readonly exitCode = 3;
}

/** Something that we need is not there: the database, a port, a writable folder. */
export class Unavailable extends TesseraError {
  readonly exitCode = 4;
}

/** Somebody else holds it now: a data folder, a lock, a run. */
export class Held extends TesseraError {
  readonly exitCode = 5;
}

/** It does not exist, or the reader may not know that it does: the two are told apart nowhere. */
export class NotFound extends TesseraError {
  readonly exitCode = 6;
}
