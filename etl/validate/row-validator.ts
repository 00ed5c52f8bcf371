import type { Contracts } from '../../src/contracts/contracts.ts';
import type { RecordType, System } from '../../src/contracts/record.ts';
import type { Batch } from '../receive/batch.ts';
import type { CopyBuffer } from './copy-buffer.ts';
import type { BatchOutcome, Tally } from './outcome.ts';
import type { StagingColumn } from './staging-columns.ts';

/** Writes the surrogate of a person token as COPY text for a bytea column, and answers where it ended. */
export type WriteSurrogate = (
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
) => number;

/** What the same contract depends on from one delivery to the next. */
export interface Circumstances {
  readonly agency: string;
  /** The system that the sending agency belongs to. */
  readonly system: System;
  /** The moment that the delivery describes, as its manifest gives it. */
  readonly asOf: string;
  /** Whether the agreement in force names services to which a minor consents alone. */
  readonly minorConsentServices: boolean;
  readonly writeSurrogate: WriteSurrogate;
  /** The most bytes that writeSurrogate ever writes. */
  readonly surrogateBytes: number;
}

export interface RowValidator {
  readonly record: RecordType;
  /** What COPY is told: the line number first, then the record's fields in contract order. */
  readonly columns: readonly StagingColumn[];
  /** Starts a file by its header; refuses it if the columns cannot be right. `file` is only for messages. */
  open(file: string, columns: readonly string[]): FileValidator;
}

export interface FileValidator {
  /** Appends the accepted rows to `out`. Throws if anything that identifies a person is met. */
  validate(batch: Batch, out: CopyBuffer): BatchOutcome;
  readonly tally: Tally;
}

export type CompileRowValidator = (
  contracts: Contracts,
  record: RecordType,
  circumstances: Circumstances,
) => RowValidator;
