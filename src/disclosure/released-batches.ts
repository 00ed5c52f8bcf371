/** All that everybody may read of a release, as many figures at a time as a reader of columns takes in one go. */
import type { DataSource } from 'typeorm';
import { streamRows } from '../db/copy.ts';
import { poolOf } from '../db/prepared.ts';
import type { ReleaseFigure } from './release/release-figures.ts';
import { FIGURE_COLUMNS } from './release-table.ts';

const IN_A_BATCH = 2048;

export async function* releasedBatches(
  source: DataSource,
  release: number,
): AsyncGenerator<readonly ReleaseFigure[]> {
  const client = await poolOf(source).connect();
  // Whoever stops half way leaves a cursor behind: that connection is not given to anybody else.
  let broken = true;
  try {
    let batch: ReleaseFigure[] = [];
    const rows = streamRows<ReleaseFigure>(
      client,
      `SELECT ${FIGURE_COLUMNS} FROM release.figure WHERE release_number = $1 ORDER BY metric, tbl, period, cell`,
      [release],
      IN_A_BATCH,
    );
    for await (const figure of rows) {
      batch.push(figure);
      if (batch.length < IN_A_BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
    broken = false;
  } finally {
    client.release(broken);
  }
}
