import { type CaptureTable, captureTable } from '../../etl/estimate/capture-table.ts';
import { readTable } from '../../etl/estimate/read-table.ts';
import { readData } from './data.ts';

/** One reference answer, as it stands in `mse/reference.json`. */
export interface ReferenceRow {
  readonly dataset: string;
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly kind: 'ran' | 'quoted' | 'own-arithmetic';
  readonly level?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export function referenceRows(): ReferenceRow[] {
  const { rows } = JSON.parse(readData('mse', 'reference.json')) as { rows: ReferenceRow[] };
  return rows.map((row) => Object.assign({ options: {} }, row));
}

const read = new Map<string, CaptureTable>();

export function table(dataset: string): CaptureTable {
  const known = read.get(dataset);
  if (known !== undefined) return known;
  const made = readTable(readData('mse', 'tables', `${dataset}.csv`), dataset);
  read.set(dataset, made);
  return made;
}

/** The resamples that the reference's stepwise bootstrap drew, with its estimate of each. */
export function storedResamples(dataset: string): { table: CaptureTable; estimate: number }[] {
  const { lists, counts } = table(dataset);
  const [head, ...lines] = readData('mse', 'models', `bootstrap_stepwise_${dataset}.csv`).trim().split('\n');
  const histories = head!.split(',').slice(0, -1).map(historyOf);
  return lines.map((line) => {
    const values = line.split(',').map(Number);
    const own = new Float64Array(counts.length);
    histories.forEach((history, i) => (own[history] = values[i]!));
    return { table: captureTable(lists, own), estimate: values.at(-1)! };
  });
}

function historyOf(digits: string): number {
  return Array.from(digits).reduce((mask, digit, i) => mask | (Number(digit) << i), 0);
}

/** What a field of a row came to here. */
export interface Comparison {
  readonly row: number;
  readonly dataset: string;
  readonly method: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly kind: string;
  readonly field: string;
  readonly reference: number | string | null;
  readonly ours: number | string | null;
  /** Relative, with small references taken as 0.001. */
  readonly difference: number | null;
  readonly bar: number | null;
  readonly verdict: 'met' | 'differs' | 'explained' | 'out of scope';
  readonly note?: string;
}

/** What the issue asks: 0.01 % for fits, 0.1 % for BCa limits, 0.5 % for averages over graphs. */
export const FIT = 1e-4;
export const LIMIT = 1e-3;
export const GRAPHS = 5e-3;

export function relative(ours: number, reference: number): number {
  return Math.abs(ours - reference) / Math.max(Math.abs(reference), 1e-3);
}

/** One unit of the last digit that a printed value shows, as a share of it: papers round, and truncate. */
export function printedUnit(value: number): number {
  const decimals = String(value).split('.')[1]?.length ?? 0;
  const zeros = decimals > 0 ? 0 : /0*$/.exec(String(value))![0].length;
  return 10 ** (zeros - decimals) / Math.max(1, Math.abs(value));
}
