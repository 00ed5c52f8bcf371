/** All files of a delivery into staging, one table for each record type, with what each file came to. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed } from '../../src/contracts/lookup.ts';
import type { Counts } from '../../src/runs/ledger.ts';
import type { Delivery } from '../receive/delivery.ts';
import { verifyFile } from '../receive/delivery.ts';
import { refuseOtherDeletes } from '../receive/hold-to-manifest.ts';
import { openRows } from '../receive/open-rows.ts';
import type { Circumstances } from '../validate/field/compile-fields.ts';
import type { Tally } from '../validate/outcome.ts';
import { compileRowValidator } from '../validate/row-validator.ts';
import { type RecordTable, recordTable } from './record-table.ts';
import { rejectColumns, stageRejects } from './rejects.ts';
import { stageFile } from './stage-file.ts';
import { createStaging, stageFileNumber, stagingTable } from './staging.ts';

export interface StagedDelivery {
  /** Names every table of the delivery's staging. */
  readonly mark: string;
  readonly rejects: string;
  readonly records: readonly {
    readonly table: RecordTable;
    readonly staged: string;
    readonly files: readonly number[];
  }[];
  readonly files: readonly StagedFile[];
}

export interface StagedFile {
  readonly number: number;
  readonly name: string;
  readonly record: string;
  readonly tally: Tally;
}

export interface Telling {
  readonly report: (counts: Counts) => Promise<void>;
  readonly at: (step: 'verify' | 'validate') => void;
}

export async function stageDelivery(
  loader: DataSource,
  delivery: Delivery,
  contracts: Contracts,
  circumstances: Circumstances,
  telling: Telling,
): Promise<StagedDelivery> {
  // One connection copies while the other keeps what was rejected meanwhile.
  const copying = loader.createQueryRunner();
  const noting = loader.createQueryRunner();
  try {
    return await stageFiles(
      { copying: (await copying.connect()) as PoolClient, noting: (await noting.connect()) as PoolClient },
      delivery,
      contracts,
      circumstances,
      telling,
    );
  } finally {
    await copying.release();
    await noting.release();
  }
}

/** Short enough for a table's name, and the same for the same delivery, so that a new attempt replaces the old one. */
export function stagingMark(manifestHash: string): string {
  return createHash('sha256').update(manifestHash).digest('hex').slice(0, 12);
}

async function stageFiles(
  clients: { readonly copying: PoolClient; readonly noting: PoolClient },
  delivery: Delivery,
  contracts: Contracts,
  circumstances: Circumstances,
  { report, at }: Telling,
): Promise<StagedDelivery> {
  const mark = stagingMark(delivery.sha256);
  const rejects = stagingTable(mark, 'rejects');
  await createStaging(clients.noting, rejects, rejectColumns);
  const records = new Map<string, { table: RecordTable; staged: string; files: number[] }>();
  const files: StagedFile[] = [];
  for (const [number, file] of delivery.files.entries()) {
    at('verify');
    const verified = await verifyFile(file);
    at('validate');
    const record = recordNamed(contracts, file.recordType);
    const validator = compileRowValidator(contracts, record, circumstances);
    const target = records.get(record.name) ?? {
      table: recordTable(record),
      staged: stagingTable(mark, record.name),
      files: [],
    };
    if (target.files.length === 0) await createStaging(clients.copying, target.staged, validator.columns);
    target.files.push(number);
    records.set(record.name, target);
    await stageFileNumber(clients.copying, target.staged, number);
    const rows = await openRows(verified);
    try {
      const tally = await stageFile(
        clients.copying,
        { name: file.file, source: rows },
        validator,
        target.staged,
        {
          rejected: (found) =>
            stageRejects(
              clients.noting,
              rejects,
              found.map(({ line, recordId, rule, column }) => ({
                file: number,
                line,
                record: recordId ?? null,
                rule,
                field: column ?? null,
              })),
            ),
          progress: (soFar) => report(countsOf([...files.map((staged) => staged.tally), soFar])),
        },
      );
      refuseOtherDeletes(file, tally.deletes);
      files.push({ number, name: file.file, record: record.name, tally });
    } finally {
      await rows[Symbol.asyncDispose]();
    }
  }
  return { mark, rejects, records: [...records.values()], files };
}

function countsOf(tallies: readonly Tally[]): Counts {
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    rowsIn: sum((tally) => tally.rows),
    accepted: sum((tally) => tally.accepted),
    rejected: sum((tally) => tally.rejected),
  };
}
