import { readFileSync } from 'node:fs';
import { Misuse } from '../../src/errors.ts';
import { plainHeader } from '../encode/columns.ts';
import { readHeader } from '../encode/encode-file.ts';
import type { Layout } from '../encode/layout.ts';
import type { DateOrder } from '../encode/read-date.ts';
import { type LinkConfig, readConfig } from './config.ts';
import { columnsElsewhere, guessDateOrder, guessFields, type LinkField } from './guess.ts';
import { encodeInMemory, sampleRows } from './input.ts';
import type { RecordTable } from './table.ts';
import { labelOf } from './truth.ts';

/** What is linked, and what the outputs and the truth need of it by record. */
export interface ReadRecords {
  readonly table: RecordTable;
  readonly layout: Layout;
  readonly config?: LinkConfig;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly rightFrom: number;
  readonly left: readonly { readonly column: string; readonly why: string }[];
}

export interface PlainOptions {
  /** A file, or `auto` to guess from the columns. */
  readonly config: string;
  readonly truth?: string;
  readonly idColumn?: string;
}

/** Files of identifiers, encoded in memory under the columns that are guessed or told. */
export async function readPlain(files: readonly string[], options: PlainOptions): Promise<ReadRecords> {
  const headers = files.map((file) => readHeader(file).map((name) => name.trim()));
  const header = headers[0] ?? [];
  const sample = await sampleRows(files[0] ?? '', header.length);
  const except = options.truth === undefined ? [] : [options.truth];
  const guess = options.config === 'auto' ? guessFields(header, sample, except) : undefined;
  const config =
    guess === undefined
      ? readConfig(readFileSync(options.config, 'utf8'), options.config, header)
      : undefined;
  const fields = guess?.fields ?? config?.fields ?? [];
  if (fields.length === 0)
    throw new Misuse('LINK_FIELDS', 'no column could be recognised to link on', {
      remedy: 'write a link.yaml',
    });
  const dateOrder: DateOrder = guess?.dateOrder ?? config?.dateOrder ?? guessDateOrder(fields, sample);
  const layout: Layout = {
    name: 'files',
    fields: fields.map(({ name, kind }) => ({ name, kind })),
    nicknames: config?.nicknames ?? true,
  };
  const idName = options.idColumn ?? header.find((name) => RECORD_ID.test(plainHeader(name)));
  const plain = await Promise.all(
    files.map(async (file, i) => {
      const own = headers[i] ?? [];
      const columns = fields.map((field) => field.columns);
      const idColumn = options.idColumn ?? own.find((name) => RECORD_ID.test(plainHeader(name))) ?? '';
      return {
        source: i === 0 ? 'left' : 'right',
        file,
        columns: i === 0 ? columns : await columnsOfRight(fields, header, own, file, except),
        kept: [
          idName === undefined ? -1 : columnOf(own, idColumn, file),
          options.truth === undefined ? -1 : columnOf(own, options.truth, file),
        ],
      };
    }),
  );
  const { table, kept } = await encodeInMemory(plain, layout, dateOrder);
  const [ids = [], labels = []] = kept;
  const numbered = idName === undefined ? ids.map((_, i) => String(i)) : ids;
  const rightFrom = files.length === 1 ? 0 : table.source.indexOf(1);
  return {
    table,
    layout,
    ...(config === undefined ? {} : { config }),
    ids: numbered,
    labels: options.truth === undefined ? [] : labels.map(labelOf),
    rightFrom: Math.max(0, rightFrom),
    left: guess?.left ?? [],
  };
}

const RECORD_ID = /(^|_)(id|rec_id|unique_id)$/;

/** By field, the columns of the file on the right. */
async function columnsOfRight(
  fields: readonly LinkField[],
  header: readonly string[],
  other: readonly string[],
  file: string,
  except: readonly string[],
): Promise<readonly (readonly number[])[]> {
  const guessed = guessFields(other, await sampleRows(file, other.length), except).fields;
  return columnsElsewhere(fields, header, other, guessed).map((columns, i) => {
    if (columns !== undefined) return columns;
    const { name = '', kind = '' } = fields[i] ?? {};
    throw new Misuse('LINK_COLUMN', `${file} has no column ${name}, nor another that holds a ${kind}`, {
      remedy: 'give the columns of both files the same names',
    });
  });
}

function columnOf(header: readonly string[], name: string, file: string): number {
  const at = header.findIndex((candidate) => plainHeader(candidate) === plainHeader(name));
  if (at === -1) throw new Misuse('LINK_COLUMN', `${file} has no column ${name}`);
  return at;
}
