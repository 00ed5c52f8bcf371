/** A released table as a file on disk, written as its cells are read: whatever its size, the same memory. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { transaction } from '../../db/transaction.ts';
import { type AskedTable, type FoundTable, permalink } from '../asked-table.ts';
import { asArrow } from './as-arrow.ts';
import { asBundle } from './as-bundle.ts';
import { asParquet } from './as-parquet.ts';
import { asCsv, asJson } from './as-text.ts';
import { batchesOf, cellsOf, textsOf } from './batches.ts';
import { columnsOf } from './columns.ts';

export const FILE_FORMATS = ['csv', 'json', 'parquet', 'arrow', 'zip'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export interface WantedFile {
  readonly found: FoundTable;
  readonly asked: AskedTable;
  readonly format: FileFormat;
  /** Says that the data are made up, where they are. */
  readonly note: string | undefined;
  /** Of the hub, for what is cited. */
  readonly hubAddress: string;
}

/** A table without a cell that fits is answered like one that is not there. */
export async function writeTableFile(source: DataSource, wanted: WantedFile, path: string): Promise<void> {
  const { county } = wanted.asked;
  await transaction(
    source,
    async ({ client }) => pipeline(await bytesOf(client, wanted), createWriteStream(path, { flags: 'wx' })),
    county === undefined ? {} : { county },
  );
}

async function bytesOf(
  client: ClientBase,
  { found, asked, format, note, hubAddress }: WantedFile,
): Promise<AsyncIterable<string | Uint8Array>> {
  const cells = await cellsOf(client, found, asked);
  if (cells === undefined) throw nothingHere();
  const columns = columnsOf(found, note);
  const batches = batchesOf(client, [cells]);
  const about = new Map(note === undefined ? [] : [['note', note]]);
  if (format === 'zip') {
    const address = hubAddress + permalink(found, asked, 'zip');
    return asBundle(
      found,
      { note, address, codeLists: loadContracts().codeLists },
      { csv: asCsv(batches, columns), parquet: asParquet(batchesOf(client, [cells]), columns, about) },
    );
  }
  if (format === 'csv') return asCsv(batches, columns);
  if (format === 'json') return asJson(batches, columns, note);
  if (format === 'parquet') return asParquet(batches, columns, about);
  const texts = await textsOf(client, [cells]);
  const constant: readonly (readonly [string, readonly string[]])[] = [
    ['metric', [found.metric.id]],
    ['release', [String(found.release.number)]],
    ['note', note === undefined ? [] : [note]],
  ];
  return asArrow(batches, columns, new Map([...texts, ...constant]), about);
}
