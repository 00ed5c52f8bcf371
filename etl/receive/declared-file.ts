import type { Contracts } from '../../src/contracts/contracts.ts';
import { deliveredRecords } from '../load/record-table.ts';
import type { JsonEntry } from './json-entry.ts';
import type { Limits } from './limits.ts';

export const FORMATS = ['csv', 'pipe', 'fixed_width', 'xlsx', 'parquet', 'arrow'] as const;
export type Format = (typeof FORMATS)[number];

export const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

export const ENCRYPTIONS = ['none', 'age'] as const;
export type Encryption = (typeof ENCRYPTIONS)[number];

/** One column of a fixed-width file, in bytes. */
export interface FixedColumn {
  readonly column: string;
  readonly width: number;
}

/** One file as the manifest names it. */
export interface DeclaredFile {
  readonly recordType: string;
  /** A plain name inside the folder of the delivery. */
  readonly file: string;
  readonly rows: number;
  /** How many of the rows withdraw an earlier one, where the manifest says it. */
  readonly deletes: number | undefined;
  /** Of the file as it is stored, in small hexadecimal digits. */
  readonly sha256: string;
  readonly format: Format;
  readonly compression: Compression;
  /** Outside of the compression: what is encrypted cannot be compressed any more. */
  readonly encryption: Encryption;
  /** Where the columns of a fixed-width file lie; empty for every other format. */
  readonly layout: readonly FixedColumn[];
}

/** A name that is safe to open and to print: it cannot climb, hide or break a line. */
export const FILE_NAME: RegExp = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const BY_ENDING: Readonly<Record<string, Format>> = {
  csv: 'csv',
  psv: 'pipe',
  xlsx: 'xlsx',
  parquet: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
};

const KEYS = [
  'record_type',
  'file',
  'rows',
  'sha256',
  'deletes',
  'format',
  'compression',
  'encryption',
  'layout',
];

export function readDeclaredFile(entry: JsonEntry, contracts: Contracts, limits: Limits): DeclaredFile {
  entry.only(KEYS);
  const file = entry.requiredText('file');
  if (!FILE_NAME.test(file) || file === 'manifest.json')
    entry.refuse('file', 'is no plain file name of letters, digits, dots, hyphens and underscores');

  const recordType = entry.requiredText('record_type');
  if (!deliveredRecords(contracts).some((record) => record.name === recordType))
    entry.refuse('record_type', 'names no record type that a file may carry');

  const rows = entry.count('rows') ?? entry.refuse('rows', 'is missing');
  const deletes = entry.count('deletes');
  if (deletes !== undefined && deletes > rows) entry.refuse('deletes', 'is more than rows');

  const sha256 = entry.requiredText('sha256').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) entry.refuse('sha256', 'is not 64 hexadecimal digits');

  const { format, compression, encryption } = readFormat(entry, file);
  return {
    recordType,
    file,
    rows,
    deletes,
    sha256,
    format,
    compression,
    encryption,
    layout: readLayout(entry, format, limits),
  };
}

/** What the manifest says about the form, or else what the name of the file does. */
function readFormat(
  entry: JsonEntry,
  file: string,
): Pick<DeclaredFile, 'format' | 'compression' | 'encryption'> {
  const [, stem, packed, sealed] = /^(.*?)(?:\.(gz|zst))?(?:\.(age))?$/.exec(file.toLowerCase()) ?? [];
  const encryption = choice(entry, 'encryption', ENCRYPTIONS) ?? (sealed === undefined ? 'none' : 'age');
  const byName = packed === undefined ? 'none' : packed === 'gz' ? 'gzip' : 'zstd';
  const compression = choice(entry, 'compression', COMPRESSIONS) ?? byName;
  const ending = stem?.split('.').at(-1) ?? '';
  const format =
    choice(entry, 'format', FORMATS) ??
    BY_ENDING[ending] ??
    entry.refuse('format', `is missing, and the name of the file does not say it (${FORMATS.join(', ')})`);
  const text = format === 'csv' || format === 'pipe' || format === 'fixed_width';
  if (!text && compression !== 'none')
    entry.refuse('compression', `is none for ${format}, which compresses itself`);
  return { format, compression, encryption };
}

function choice<T extends string>(entry: JsonEntry, key: string, known: readonly T[]): T | undefined {
  const text = entry.text(key);
  if (text === undefined) return undefined;
  return known.find((candidate) => candidate === text) ?? entry.refuse(key, `is none of ${known.join(', ')}`);
}

function readLayout(entry: JsonEntry, format: Format, limits: Limits): FixedColumn[] {
  if ((format === 'fixed_width') !== entry.has('layout'))
    entry.refuse('layout', 'is there for fixed_width and for no other format');
  if (format !== 'fixed_width') return [];
  const columns = entry.list('layout', limits.columns).map((column) => {
    column.only(['column', 'width']);
    const width = column.count('width') ?? 0;
    if (width < 1 || width > limits.fieldBytes)
      column.refuse('width', `is not from 1 to ${limits.fieldBytes}`);
    return { column: column.requiredText('column'), width };
  });
  const record = columns.reduce((sum, { width }) => sum + width, 0);
  if (columns.length === 0) entry.refuse('layout', 'has no column');
  if (record > limits.recordBytes) entry.refuse('layout', `is wider than ${limits.recordBytes} bytes`);
  return columns;
}
