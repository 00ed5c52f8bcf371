/**
 * Everything that a delivery may not exceed, in one place. A file past a limit is refused before it is held: the
 * limits bound the memory of a run, whatever somebody sends.
 */
export interface Limits {
  readonly manifestBytes: number;
  readonly files: number;
  readonly columns: number;
  readonly columnNameBytes: number;
  readonly fieldBytes: number;
  /** One record, with its quotes and line breaks. */
  readonly recordBytes: number;
  /** What is read of a file at a time. */
  readonly windowBytes: number;
  /** After decompression. */
  readonly contentBytes: number;
  /** How many bytes one compressed byte may become, once more than `freeBytes` have come out. */
  readonly expansion: number;
  readonly freeBytes: number;
  /** A power of two: the memory that a zstd frame may ask for. */
  readonly zstdWindowLog: number;
  readonly zstdFrames: number;
  readonly zipEntries: number;
  /** Distinct texts of a workbook, which have to be held while its sheet is read. */
  readonly sharedTextBytes: number;
  /** One row group of a Parquet file or one record batch of an Arrow file: as stored, unpacked, … */
  readonly groupBytes: number;
  /** … as text of the contracts, … */
  readonly groupTextBytes: number;
  /** … and in rows. */
  readonly groupRows: number;
  /** The description of a Parquet or Arrow file that comes with its data. */
  readonly metadataBytes: number;
  /** How long the description or one group may take to be read, and how much memory: a damaged file may ask for any. */
  readonly groupSeconds: number;
  readonly groupMemoryBytes: number;
  /** Uploads of one agency that are begun and not finished. */
  readonly uploads: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

export const LIMITS: Limits = {
  manifestBytes: 256 * KIB,
  files: 200,
  columns: 1000,
  columnNameBytes: 128,
  fieldBytes: 64 * KIB,
  recordBytes: MIB,
  windowBytes: 512 * KIB,
  contentBytes: 64 * GIB,
  expansion: 200,
  freeBytes: 16 * MIB,
  zstdWindowLog: 25,
  zstdFrames: 100_000,
  zipEntries: 1000,
  sharedTextBytes: 64 * MIB,
  groupBytes: 64 * MIB,
  groupTextBytes: 192 * MIB,
  groupRows: MIB,
  metadataBytes: 4 * MIB,
  groupSeconds: 60,
  groupMemoryBytes: GIB,
  uploads: 20,
};
