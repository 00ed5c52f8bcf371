/**
 * The three risks of synthetic data (Giomi, Boenisch, Wehmeyer, Tasnádi: A Unified Framework for Quantifying Privacy Risk in
 * Synthetic Data, 2023), each against those whom the data were made from and against a control group of the same population who
 * had no part in it. What succeeds with both is a truth about the population; only the difference is a leak.
 */
import { seededStream } from '../../../src/datasets/synthetic/seeded-stream.ts';

/** A row as the attacker sees it, each value a number of its own in its column; 0 is not said. */
export type Row = Uint8Array;

export interface Tries {
  readonly tried: number;
  readonly succeeded: number;
}

export interface Advantage {
  readonly members: number;
  readonly control: number;
  readonly lower: number;
  readonly upper: number;
}

/** The difference between two shares, with Newcombe's interval from two of Wilson's. */
export function advantage(members: Tries, control: Tries): Advantage {
  const [a, b] = [members.succeeded / members.tried, control.succeeded / control.tried];
  const [aLow, aHigh] = wilson(members);
  const [bLow, bHigh] = wilson(control);
  return {
    members: a,
    control: b,
    lower: a - b - Math.hypot(a - aLow, bHigh - b),
    upper: a - b + Math.hypot(aHigh - a, b - bLow),
  };
}

function wilson({ succeeded, tried }: Tries): readonly [number, number] {
  const z = 1.96;
  const share = succeeded / tried;
  const middle = share + (z * z) / (2 * tried);
  const half = z * Math.sqrt((share * (1 - share)) / tried + (z * z) / (4 * tried * tried));
  const scale = 1 + (z * z) / tried;
  return [(middle - half) / scale, (middle + half) / scale];
}

/**
 * Singling out: what is said of exactly one synthetic row, in some columns taken by chance, is taken for a description of
 * exactly one young person.
 */
export function singlingOut(
  synthetic: readonly Row[],
  people: readonly Row[],
  columns: readonly number[],
  { attempts, seed }: { attempts: number; seed: string },
): Tries {
  const draw = seededStream(seed);
  let succeeded = 0;
  let tried = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const some = columns.toSorted(() => draw() - 0.5).slice(0, 2 + Math.floor(draw() * (columns.length - 1)));
    const model = synthetic[Math.floor(draw() * synthetic.length)] as Row;
    const said = some.filter((column) => model[column] !== 0);
    const fits = (row: Row): boolean => said.every((column) => row[column] === model[column]);
    if (said.length === 0 || !isAlone(synthetic, fits)) continue;
    tried++;
    if (isAlone(people, fits)) succeeded++;
  }
  return { tried, succeeded };
}

function isAlone(rows: readonly Row[], fits: (row: Row) => boolean): boolean {
  let found = 0;
  for (const row of rows) if (fits(row) && ++found > 1) return false;
  return found === 1;
}

/**
 * Linkability: two agencies know different columns of the same young people. Whether the rows nearest to what the one knows and
 * to what the other knows are the same row tells them that they speak of one.
 */
export function linkability(
  synthetic: readonly Row[],
  people: readonly Row[],
  [one, other]: readonly [readonly number[], readonly number[]],
  neighbours: number,
): Tries {
  const succeeded = people.filter((person) => {
    const first = new Set(nearest(synthetic, person, one).slice(0, neighbours));
    return nearest(synthetic, person, other)
      .slice(0, neighbours)
      .some((row) => first.has(row));
  }).length;
  return { tried: people.length, succeeded };
}

/** Inference: who knows all else of somebody takes the secret of the rows most like them, as most of those have it. */
export function inference(
  synthetic: readonly Row[],
  people: readonly Row[],
  known: readonly number[],
  secret: number,
): Tries {
  const telling = synthetic.filter((row) => row[secret] !== 0);
  const succeeded = people.filter((person) => {
    const votes = new Float64Array(256);
    for (const row of nearest(telling, person, known)) {
      const value = row[secret] as number;
      votes[value] = (votes[value] as number) + 1;
    }
    return votes.indexOf(Math.max(...votes)) === person[secret];
  }).length;
  return { tried: people.length, succeeded };
}

/** The rows that agree with somebody in most of these columns, in the order of the file. */
function nearest(rows: readonly Row[], person: Row, columns: readonly number[]): Row[] {
  let best = -1;
  let found: Row[] = [];
  for (const row of rows) {
    let agreeing = 0;
    for (const column of columns) if (row[column] === person[column]) agreeing++;
    if (agreeing < best) continue;
    if (agreeing > best) found = [];
    best = agreeing;
    found.push(row);
  }
  return found;
}
