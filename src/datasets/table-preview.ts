/** The catalogue as somebody chooses from it: how much of each table the current release shows, and how much it hides. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../contracts/contracts.ts';
import type { ReleaseEntity } from '../disclosure/release.entity.ts';
import { standing } from '../disclosure/standing.ts';
import { addressOf, declaredTables } from './wanted-tables.ts';

export interface TablePreview {
  /** metric/table, as a request names it. */
  readonly address: string;
  readonly metric: string;
  readonly title: string;
  readonly group: string;
  readonly by: readonly string[];
  /** In the current release; none where it does not hold the table. */
  readonly cells: number;
  readonly hidden: number;
  readonly notAvailable: number;
  readonly periods: readonly string[];
}

export interface Previewed {
  readonly release: ReleaseEntity | undefined;
  readonly tables: readonly TablePreview[];
}

export async function previewTables(api: DataSource, contracts: Contracts): Promise<Previewed> {
  const { current } = await standing(api);
  const counted = current === undefined ? new Map<string, Counted>() : await countedIn(api, current.number);
  return {
    release: current,
    tables: declaredTables(contracts).map(({ metric, tbl }) => {
      const address = addressOf({ metric, tbl });
      const { cells = 0, hidden = 0, notAvailable = 0, periods = [] } = counted.get(address) ?? {};
      const by = tbl === 'all' ? [] : tbl.split('+');
      return {
        address,
        metric: metric.id,
        title: metric.title,
        group: metric.group,
        by,
        cells,
        hidden,
        notAvailable,
        periods,
      };
    }),
  };
}

interface Counted {
  readonly cells: number;
  readonly hidden: number;
  readonly notAvailable: number;
  readonly periods: readonly string[];
}

/** A release is never changed: what is counted of it once is kept while it is the current one. */
const kept = new WeakMap<
  DataSource,
  { readonly release: number; readonly counted: ReadonlyMap<string, Counted> }
>();

async function countedIn(api: DataSource, release: number): Promise<ReadonlyMap<string, Counted>> {
  const before = kept.get(api);
  if (before?.release === release) return before.counted;
  const rows = await api.query<(Counted & { address: string })[]>(
    `SELECT metric || '/' || tbl AS address, count(*)::int AS cells,
       (count(*) FILTER (WHERE status = 'hidden'))::int AS hidden,
       (count(*) FILTER (WHERE status = 'not_available'))::int AS "notAvailable",
       array_agg(DISTINCT period ORDER BY period) AS periods
     FROM release.figure WHERE release_number = $1 GROUP BY metric, tbl`,
    [release],
  );
  const counted = new Map(rows.map(({ address, ...counts }) => [address, counts]));
  kept.set(api, { release, counted });
  return counted;
}
