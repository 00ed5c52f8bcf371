import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnLinkages, type Persons, type PossibleLink } from '../../../etl/prevalence/drawn-linkages.ts';

const DRAWS = 4000;

function share(draws: readonly Persons[], holds: (persons: Persons) => boolean): number {
  return draws.filter(holds).length / draws.length;
}

const together =
  (...names: readonly string[]) =>
  (persons: Persons) =>
    new Set(names.map((name) => persons.get(name))).size === 1;

describe('drawn linkages', () => {
  test('join a pair as often as it is likely to be one person, linked or not', () => {
    const persons = new Map([
      ['a', 'p'],
      ['b', 'p'],
      ['c', 'q'],
      ['d', 'r'],
    ]);
    const links = [
      { a: 'a', b: 'b', posterior: 0.9 },
      { a: 'c', b: 'd', posterior: 0.2 },
    ];
    const draws = drawnLinkages(persons, links, DRAWS, 1);
    expect(share(draws, together('a', 'b'))).toBeCloseTo(0.9, 1);
    expect(share(draws, together('c', 'd'))).toBeCloseTo(0.2, 1);
    expect(share(draws, together('a', 'c'))).toBe(0);
  });

  test('join two groups by their strongest link, however many weak ones there are', () => {
    const persons = new Map(
      ['a1', 'a2', 'a3'].map((name) => [name, 'p']).concat(['b1', 'b2', 'b3'].map((name) => [name, 'q'])) as [
        string,
        string,
      ][],
    );
    const within = (x: string): PossibleLink[] => [
      { a: `${x}1`, b: `${x}2`, posterior: 1 },
      { a: `${x}2`, b: `${x}3`, posterior: 1 },
    ];
    const across = ['1', '2', '3'].flatMap((i) =>
      ['1', '2', '3'].map((j) => ({
        a: `a${i}`,
        b: `b${j}`,
        posterior: i === '2' && j === '3' ? 0.3 : 0.25,
      })),
    );
    const draws = drawnLinkages(persons, [...within('a'), ...within('b'), ...across], DRAWS, 2);
    expect(share(draws, together('a1', 'b1'))).toBeCloseTo(0.3, 1);
  });

  test('keep what people settled, whatever the weights say', () => {
    const persons = new Map([
      ['a', 'p'],
      ['b', 'p'],
      ['c', 'p'],
      ['d', 'q'],
      ['e', 'r'],
    ]);
    const links = [
      { a: 'a', b: 'b', posterior: 0.01 },
      { a: 'd', b: 'e', posterior: 0.99 },
    ];
    const draws = drawnLinkages(persons, links, 200, 3);
    expect(share(draws, together('a', 'b', 'c'))).toBe(1);
    expect(share(draws, together('d', 'e'))).toBe(0);
  });

  test('are linkage itself where nothing is open, and the same for a seed in any order of the links', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const link = fc.record({
      a: fc.constantFrom(...names),
      b: fc.constantFrom(...names),
      posterior: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const persons = new Map(names.map((name, i) => [name, String(i >> 1)]));
    fc.assert(
      fc.property(fc.array(link, { maxLength: 12 }), fc.nat(1000), (links, seed) => {
        const real = links.filter(({ a, b }) => a !== b);
        const pairs = [...new Map(real.map((one) => [[one.a, one.b].toSorted().join(), one])).values()];
        const settled = pairs.map((one) => ({ ...one, posterior: one.posterior < 0.5 ? 0 : 1 }));
        for (const draw of drawnLinkages(persons, settled, 3, seed))
          for (const x of names)
            for (const y of names)
              expect(draw.get(x) === draw.get(y)).toBe(persons.get(x) === persons.get(y));
        const grouped = (all: readonly Persons[]): boolean[][] =>
          all.map((draw) => names.flatMap((x) => names.map((y) => draw.get(x) === draw.get(y))));
        const distinct = pairs.map((one, i) => ({ ...one, posterior: (one.posterior + i) / pairs.length }));
        expect(grouped(drawnLinkages(persons, distinct, 5, seed))).toEqual(
          grouped(drawnLinkages(persons, distinct.toReversed(), 5, seed)),
        );
      }),
    );
  });
});
