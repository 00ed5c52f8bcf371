/** A release of the declared public tables with made-up figures: as large as a state's, and about nobody. */
import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import { transaction } from '../../src/db/transaction.ts';

/** Periods of the release, and tables that have no more cells than this in one of them. */
const PERIODS = ['2021', '2022', '2023', '2024', '2025', '2021/2023', '2022/2024', '2023/2025'];
const MOST_CELLS = 700;

export async function storeMadeUpRelease(owner: DataSource, contracts: Contracts): Promise<number> {
  let rows = 0;
  await transaction(
    owner,
    async ({ client }) => {
      await client.query(`INSERT INTO release.release (number, state, closed_on, published_at, period, known_on)
        VALUES (1, 'final', '2025-12-31', now(), '2025', '2026-03-01')`);
      const copy = client.query(copyFrom(`COPY release.figure FROM STDIN`));
      for (const metric of contracts.metrics.values())
        for (const table of metric.tables.filter(({ publish }) => publish === 'public')) {
          const cells = cellsOf(contracts, metric, table);
          if (cells.length > MOST_CELLS) continue;
          const lines = PERIODS.flatMap((period) => cells.map((cell) => line(metric, table, period, cell)));
          rows += lines.length;
          if (!copy.write(lines.join(''))) await once(copy, 'drain');
        }
      copy.end();
      await once(copy, 'finish');
      await client.query(`INSERT INTO release.county_figure
        SELECT *, dims->>'county' FROM release.figure WHERE dims->>'county' LIKE '06___'`);
      await client.query('ANALYZE release.figure, release.county_figure');
    },
    { county: '*' },
  );
  return rows;
}

type Cell = readonly string[];

function cellsOf({ codeLists }: Contracts, { dimensions }: Metric, { by }: MetricTable): Cell[] {
  const members = by.map((name) => [
    ...(codeLists.get(dimensions.get(name) ?? name)?.codes ?? []).map(({ code }) => code),
    'all',
  ]);
  return members.reduce<string[][]>(
    (so, list) => so.flatMap((head) => list.map((member) => [...head, member])),
    [[]],
  );
}

/** About a fifth of the cells is hidden, as in a release of small counties. */
function line({ id, version }: Metric, { name, by }: MetricTable, period: string, members: Cell): string {
  const place = `${id} ${name} ${period} ${members.join(' ')}`;
  const count =
    Math.abs(Array.from(place).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)) % 900;
  const hidden = count % 5 === 0;
  const dims = JSON.stringify(Object.fromEntries(by.map((dimension, at) => [dimension, members[at]])));
  const cell = by.length === 0 ? 'all' : by.map((dimension, at) => `${dimension}=${members[at]}`).join('|');
  const numbers = hidden
    ? ['\\N', '\\N', '\\N', '\\N', '\\N', 'hidden', '{"Hidden to protect young people."}']
    : [count, 1000 + count, (1000 * count) / (1000 + count), count * 0.9, count * 1.1, 'shown', '{}'];
  return `${[1, id, version, name, period, cell, dims.replaceAll('\\', '\\\\'), ...numbers].join('\t')}\n`;
}
