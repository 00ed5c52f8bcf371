/**
 * Several tables of one release in one file of each format, all written while the cells are read once: whatever their
 * number, the same memory.
 */
import type { DataSource } from 'typeorm';
import { transaction } from '../../db/transaction.ts';
import type { FoundTable } from '../asked-table.ts';
import type { ReleaseFigure } from '../release/release-figures.ts';
import { asArrow } from './as-arrow.ts';
import { asParquet } from './as-parquet.ts';
import { asCsv } from './as-text.ts';
import { type Batches, batchesOf, type Cells, cellsOf, textsOf } from './batches.ts';
import { type Column, columnsOfTables } from './columns.ts';
import { share } from './shared-batches.ts';

export const BUNDLE_FORMATS = ['csv', 'parquet', 'arrow'] as const;
export type BundleFormat = (typeof BUNDLE_FORMATS)[number];

export interface SeveralTables {
  /** Of one release. */
  readonly tables: readonly FoundTable[];
  /** Years: periods that lie between them. */
  readonly from: number;
  readonly to: number;
  readonly note: string | undefined;
  /** What the Parquet and Arrow files say of themselves. */
  readonly about: ReadonlyMap<string, string>;
}

/** What was written, for whoever checks a reader against it. */
export interface Tally {
  readonly columns: readonly Column[];
  /** Each text that a column holds, in order. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly cells: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Of the cells that hold a number. */
  readonly sums: Readonly<Record<string, number>>;
  /** Tables of which the release holds no cell in these years. */
  readonly absent: readonly FoundTable[];
}

/** `keep` takes the bytes of a format as they come; nothing is written where a table is absent. */
export async function writeSeveral(
  api: DataSource,
  asked: SeveralTables,
  keep: (format: BundleFormat, bytes: AsyncIterable<string | Uint8Array>) => Promise<void>,
): Promise<Tally> {
  const { tables, note, about } = asked;
  return transaction(api, async ({ client }) => {
    const found: Cells[] = [];
    const absent: FoundTable[] = [];
    for (const table of tables) {
      const { from, to } = asked;
      const cells = await cellsOf(client, table, {
        metric: table.metric.id,
        by: [],
        where: new Map(),
        periods: [],
        from,
        to,
      });
      if (cells === undefined) absent.push(table);
      else found.push(cells);
    }
    const columns = columnsOfTables(tables, note);
    const texts =
      absent.length > 0 ? new Map<string, readonly string[]>() : await allTexts(client, tables, found, note);
    const counting = counter(columns);
    if (absent.length === 0) {
      const batches = share(counting.through(batchesOf(client, found)), BUNDLE_FORMATS.length);
      const [csv, parquet, arrow] = batches.readers as [Batches, Batches, Batches];
      const kept = [
        keep('csv', asCsv(csv, columns)),
        keep('parquet', asParquet(parquet, columns, about)),
        keep('arrow', asArrow(arrow, columns, texts, about)),
      ];
      try {
        await Promise.all(kept);
      } catch (error) {
        batches.stop(error);
        await Promise.allSettled(kept);
        throw error;
      }
    }
    return { columns, texts, absent, ...counting.tally() };
  });
}

async function allTexts(
  client: Parameters<typeof textsOf>[0],
  tables: readonly FoundTable[],
  found: readonly Cells[],
  note: string | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();
  return new Map([
    ...(await textsOf(client, found)),
    ['metric', named(tables.map(({ metric }) => metric.id))],
    ['table', named(tables.map(({ tbl }) => tbl))],
    ['release', named(tables.map(({ release }) => String(release.number)))],
    ['note', note === undefined ? [] : [note]],
  ]);
}

function counter(columns: readonly Column[]) {
  let cells = 0;
  const statuses: Record<string, number> = {};
  const sums: Record<string, number> = {};
  const numbers = columns.filter((column) => column.numeric);
  const count = (figure: ReleaseFigure): void => {
    cells += 1;
    statuses[figure.status] = (statuses[figure.status] ?? 0) + 1;
    for (const { name, of } of numbers) sums[name] = (sums[name] ?? 0) + (of(figure) ?? 0);
  };
  return {
    async *through(batches: Batches): Batches {
      for await (const batch of batches) {
        for (const figure of batch) count(figure);
        yield batch;
      }
    },
    tally: () => ({ cells, statuses, sums }),
  };
}
