import type { Contracts } from '../../../src/contracts/contracts.ts';
import { placesOf } from '../places.ts';
import { Stream } from '../stream.ts';

/** What the made-up committee of a county aspires to. */
export interface MadeUpTarget {
  readonly county: string;
  readonly need: string;
  readonly programs: number;
  readonly places: number;
}

const WANTED: readonly (readonly [need: string, places: number])[] = [
  ['HN.ICR', 12],
  ['HN.HOU', 16],
  ['HN.MEN', 60],
  ['HN.CM', 40],
  ['HN.SUP', 30],
  ['HN.EDU', 30],
];

/** Larger counties aspire to more programs; each to those needs first that the guide names first. */
export function madeUpTargets(contracts: Contracts, seed: number): readonly MadeUpTarget[] {
  return placesOf(contracts)
    .filter(({ fips }) => /^06\d{3}$/.test(fips))
    .flatMap(({ fips, weight }) => {
      const size = Math.min(6, Math.floor(Math.sqrt(weight / 120)));
      const stream = new Stream(seed, 'target', fips);
      return WANTED.map(([need, places]) => {
        const programs = 1 + size + stream.below(2);
        return { county: fips, need, programs, places: places * (1 + size) };
      });
    });
}
