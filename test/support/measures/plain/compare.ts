import type { Contracts } from '../../../../src/contracts/contracts.ts';
import type { TestDatabase } from '../../database.ts';
import { heldRows } from './held-rows.ts';
import { plainMetrics } from './plain-metrics.ts';
import { cellsOf } from './things.ts';

export interface Compared {
  readonly metric: string;
  readonly table: string;
  readonly plain: ReadonlyMap<string, string>;
  readonly measured: ReadonlyMap<string, string>;
}

/** Every table of the metrics that are made twice, in the same words, for a test to hold one against the other. */
export async function comparedTables(
  database: TestDatabase,
  contracts: Contracts,
  candidate: string,
): Promise<Compared[]> {
  const publisher = await database.as('publisher');
  const rows = await heldRows(database);
  const [kept] = await publisher.query<{ known_on: string }[]>(
    'SELECT known_on::text FROM measures.candidate WHERE id = $1',
    [candidate],
  );
  const compared: Compared[] = [];
  for (const [metric, thingsIn] of plainMetrics(rows, kept?.known_on ?? '')) {
    for (const { name, by } of contracts.metrics.get(metric)?.tables ?? []) {
      const figures = await publisher.query<Measured[]>(
        `SELECT period, cell, numerator::int, denominator::int, value, status FROM measures.figure
         WHERE candidate_id = $1 AND metric = $2 AND tbl = $3`,
        [candidate, metric, name],
      );
      const statistic = contracts.metrics.get(metric)?.statistic;
      const periods = [...new Set(figures.map(({ period }) => period))];
      const plain = cellsOf(thingsIn, by, periods);
      const counted = figures.filter(
        (figure) => figure.status !== 'not_available' && (statistic !== 'count' || figure.numerator !== 0),
      );
      const measured = new Map(
        counted.map((figure) => [`${figure.period} ${figure.cell}`, spoken(figure, statistic)]),
      );
      const told = [...plain].filter(([, figure]) => !figure.startsWith('none'));
      compared.push({ metric, table: name, plain: new Map(told), measured });
    }
  }
  return compared;
}

interface Measured {
  readonly period: string;
  readonly cell: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly status: string;
}

function spoken({ numerator, denominator, value }: Measured, statistic: string | undefined): string {
  if (statistic === 'count') return String(numerator);
  return statistic === 'share' ? `${numerator}/${denominator}` : `${value} of ${numerator}/${denominator}`;
}
