/**
 * The combinations of attributes that synthetic rows say. So that nobody stands alone, each is said of eleven rows at once: a few
 * combinations are chosen whose pairs come as near as they can to those expected, and each is repeated.
 */
import type { Joint } from './fit-joint.ts';
import { keyOf, type ReleasedCounts } from './released-counts.ts';

/** So many rows share every combination of attributes by which somebody could be recognised. */
export const LEAST_TOGETHER = 11;

export interface Group {
  /** In the order of the dimensions; null where it is not said. */
  readonly members: readonly (string | null)[];
  readonly size: number;
}

/** As many rows as the release counts young people; of fewer than can stand together none. */
export function groupsOf(total: number, joint: Joint, tables: readonly ReleasedCounts[]): Group[] {
  const many = Math.floor(total / LEAST_TOGETHER);
  const rest = total - many * LEAST_TOGETHER;
  const sayable = openSayable(joint, tables);
  return chosen(joint, many).map((members, at) => ({
    members: sayable(members),
    // What is left over is spread, a row at a time.
    size: LEAST_TOGETHER + Math.floor(rest / many) + (at < rest % many ? 1 : 0),
  }));
}

/**
 * Herding (Welling 2009): each step takes the combination whose pairs are most behind what is expected of them by then. It needs
 * far fewer combinations than drawing by chance to come as near.
 */
function chosen({ dimensions, combinations, mass }: Joint, many: number): (readonly string[])[] {
  const whole = mass.reduce((so, own) => so + own, 0);
  const possible = combinations.flatMap((members, at) =>
    (mass[at] as number) > 0 ? [{ members, share: (mass[at] as number) / whole }] : [],
  );
  const places = new Map<string, number>();
  const placed = possible.map(({ members, share }) => {
    const pairs = dimensions.flatMap((_, a) =>
      dimensions.slice(a).map((__, more) => `${a} ${a + more} ${members[a]} ${members[a + more]}`),
    );
    const cells = pairs.map((pair) => {
      const place = places.get(pair) ?? places.size;
      places.set(pair, place);
      return place;
    });
    return { members, share, cells };
  });
  const expected = new Float64Array(places.size);
  for (const { share, cells } of placed)
    for (const cell of cells) expected[cell] = (expected[cell] as number) + share;
  const behind = Float64Array.from(expected);
  return Array.from({ length: placed.length === 0 ? 0 : many }, () => {
    let best = placed[0] as (typeof placed)[number];
    let most = -Infinity;
    for (const one of placed) {
      let sum = 0;
      for (const cell of one.cells) sum += behind[cell] as number;
      if (sum > most) [best, most] = [one, sum];
    }
    for (let cell = 0; cell < behind.length; cell++)
      behind[cell] = (behind[cell] as number) + (expected[cell] as number);
    for (const cell of best.cells) behind[cell] = (behind[cell] as number) - 1;
    return best.members;
  });
}

/**
 * As much of a combination as may be said: whatever part of it a table of the release tells of, that table shows as large enough.
 * So a hidden cell is never said. Where either of two attributes could go, the one goes that was blank less often.
 */
function openSayable(
  { dimensions }: Joint,
  tables: readonly ReleasedCounts[],
): (members: readonly string[]) => readonly (string | null)[] {
  const names = dimensions.map(({ name }) => name);
  const own = tables
    .filter((table) => table.dimensions.length > 0)
    .map(({ dimensions: of, cells }) => ({ at: of.map((name) => names.indexOf(name)), cells }));
  const choices = names.reduce<boolean[][]>(
    (so) =>
      so.flatMap((choice) => [
        [...choice, true],
        [...choice, false],
      ]),
    [[]],
  );
  const blanks = names.map(() => 0);
  const cost = (choice: readonly boolean[]): number =>
    choice.reduce((so, isSaid, at) => so + (isSaid ? 0 : 1e9 + (blanks[at] as number)), 0);
  return (members) => {
    const barred = own.filter(({ at, cells }) => {
      const count = cells.get(keyOf(at.map((index) => members[index] ?? '')))?.count ?? null;
      return count === null || count < LEAST_TOGETHER;
    });
    const allowed = choices.filter((choice) => !barred.some(({ at }) => at.every((index) => choice[index])));
    const best = allowed.toSorted((a, b) => cost(a) - cost(b))[0] ?? names.map(() => false);
    for (const [at, isSaid] of best.entries()) if (!isSaid) blanks[at] = (blanks[at] as number) + 1;
    return members.map((member, at) => (best[at] === true ? member : null));
  };
}
