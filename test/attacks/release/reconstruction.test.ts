import { describe, expect, it } from 'vitest';
import { readTable, type Table } from '../../../src/disclosure/table.ts';
import { worksOut } from './attacker.ts';
import { publish } from './published.ts';

/** Young people in counties by age band, each with or without an attribute; all made up. */
interface Person {
  readonly group: string;
  readonly has: boolean;
}

const counties = ['a', 'b', 'c', 'd'];
const ages = ['1', '2', '3'];

function population(seed: number): Person[] {
  let state = seed;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: 150 }, () => {
    const county = counties[Math.floor(random() ** 1.5 * counties.length)] ?? 'a';
    const age = ages[Math.floor(random() * ages.length)] ?? '1';
    return { group: `${county}${age}`, has: random() < 0.42 };
  });
}

/** How many have the attribute, by county and age with all margins. */
function tableOf(people: readonly Person[]): Table {
  const count = (matches: (group: string) => boolean): number =>
    people.filter(({ group, has }) => has && matches(group)).length;
  const cells = [
    ...counties.flatMap((c) => ages.map((a) => ({ id: c + a, v: count((g) => g === c + a) }))),
    ...counties.map((c) => ({ id: `${c}T`, v: count((g) => g.startsWith(c)) })),
    ...ages.map((a) => ({ id: `T${a}`, v: count((g) => g.endsWith(a)) })),
    { id: 'TT', v: count(() => true) },
  ];
  const eqs = [
    ...counties.map((c) => [`${c}T`, ages.map((a) => c + a)]),
    ...ages.map((a) => [`T${a}`, counties.map((c) => c + a)]),
    ['TT', counties.map((c) => `${c}T`)],
    ['TT', ages.map((a) => `T${a}`)],
  ];
  return readTable({ cells, eqs });
}

/** Guesses each young person's attribute from the middle of what their group's count can be. */
function agreement(people: readonly Person[], table: Table, cells: [string, number | null][]): number {
  const groups = Map.groupBy(people, ({ group }) => group);
  const sizes = new Map([...groups].map(([group, all]) => [group, all.length] as const));
  const guesses = new Map(
    [...sizes].map(([group, size]) => {
      const bounds = Object.fromEntries([...sizes].map(([g, n]) => [g, [0, n] as const]));
      const [lo, hi] = worksOut({ cells, sums: table.eqs, floor: 0, bounds }, group) ?? [0, 0];
      return [group, (lo + hi) / 2 > size / 2] as const;
    }),
  );
  return people.filter(({ group, has }) => guesses.get(group) === has).length / people.length;
}

describe('attack 13: rebuilding the records behind the tables', { timeout: 30_000 }, () => {
  it('guesses no better than always saying what most have, by more than two in a hundred', async () => {
    const [open, closed] = [[] as number[], [] as number[]];
    for (const seed of [3, 14, 159]) {
      const people = population(seed);
      const table = tableOf(people);
      const most = people.filter(({ has }) => has).length / people.length;
      const baseline = Math.max(most, 1 - most);
      const release = await publish(table);
      open.push(
        agreement(
          people,
          table,
          table.cells.map(({ id, v }) => [id, v]),
        ) - baseline,
      );
      closed.push(
        agreement(
          people,
          table,
          release.cells.map(([id, v]) => [id, v]),
        ) - baseline,
      );
    }
    const mean = (values: readonly number[]): number => values.reduce((so, v) => so + v, 0) / values.length;
    expect(mean(closed)).toBeLessThanOrEqual(0.02);
    // The same reader does better on the tables as they were: the attack itself works.
    expect(mean(open)).toBeGreaterThan(mean(closed));
    expect(mean(open)).toBeGreaterThan(0.02);
  });
});
