/**
 * Rows as they lie in their file: bytes, and where each field begins and ends. Nothing is decoded until somebody
 * needs it, since most fields are only looked at and passed on. Whatever the format of the file, its reader
 * yields these; a reader of typed columns writes its values as contract text first.
 */
export interface Batch {
  /** The contents of fields, unescaped. Valid only until the next batch is asked for. */
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** Field `column` of row `row` is bytes[starts[i]] up to bytes[ends[i]], with i = row × columns + column. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The line of the file on which each row begins, counted from 1; for formats without lines, the row's number. */
  readonly lines: Int32Array;
}

/** A file that has been opened: its columns are known, its rows come batch by batch in bounded memory. */
export interface RowSource {
  readonly columns: readonly string[];
  batches(): AsyncIterable<Batch>;
}
