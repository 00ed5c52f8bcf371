/** When a delivery is stopped because too much of it looks wrong (schema/thresholds.yaml). */
import { schemaFolder } from '../../src/contracts/contracts.ts';
import { describe, type Problem } from '../../src/contracts/problem.ts';
import { SchemaFolder } from '../../src/contracts/schema-folder.ts';
import { Refused } from '../../src/errors.ts';

export interface Thresholds {
  readonly mostRejectedShare: number;
  readonly rejectsAlwaysAllowed: number;
  readonly leastUsualRowsShare: number;
  readonly deliveriesBeforeUsual: number;
  readonly usualRowsFrom: number;
}

export interface FileTotals {
  readonly file: string;
  readonly rows: number;
  readonly rejected: number;
}

const keys = {
  mostRejectedShare: 'most_rejected_share',
  rejectsAlwaysAllowed: 'rejects_always_allowed',
  leastUsualRowsShare: 'least_usual_rows_share',
  deliveriesBeforeUsual: 'deliveries_before_usual',
  usualRowsFrom: 'usual_rows_from',
} as const satisfies Record<keyof Thresholds, string>;

export function thresholdsOf(agency: string, folder: string = schemaFolder): Thresholds {
  const problems: Problem[] = [];
  const file = new SchemaFolder(folder, problems).one('thresholds.yaml').only('defaults', 'sources');
  const own = file.list('sources').find((source) => source.text('agency') === agency);
  own?.only('agency', 'why', ...Object.values(keys));
  const read = (key: string): number => (own?.has(key) === true ? own : file.at('defaults')).number(key);
  const thresholds = Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, read(key)]));
  const [problem] = problems;
  if (problem !== undefined) throw new Refused('CONTRACT_BROKEN', describe(problem));
  return thresholds as unknown as Thresholds;
}

/** `earlier` holds the rows of the same feed in earlier deliveries of the same kind, the newest first. */
export function refuseUnusual(totals: FileTotals, earlier: readonly number[], thresholds: Thresholds): void {
  const { file, rows, rejected } = totals;
  if (rejected > thresholds.rejectsAlwaysAllowed && rejected > rows * thresholds.mostRejectedShare) {
    throw new Refused(
      'TOO_MANY_REJECTS',
      `${file}: ${rejected} of ${rows} rows were rejected, more than ${thresholds.mostRejectedShare * 100} %.`,
      { remedy: 'Run `npx tessera check` on the folder, mend what it names, and deliver again.' },
    );
  }
  if (earlier.length < thresholds.deliveriesBeforeUsual) return;
  const usual = medianOf(earlier);
  if (usual >= thresholds.usualRowsFrom && rows < usual * thresholds.leastUsualRowsShare) {
    throw new Refused(
      'TOO_FEW_ROWS',
      `${file}: ${rows} rows, where ${usual} are usual; less than ${thresholds.leastUsualRowsShare * 100} % of them.`,
      {
        remedy: 'Look whether the export was cut short. If the number is right, ask the steward to allow it.',
      },
    );
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
