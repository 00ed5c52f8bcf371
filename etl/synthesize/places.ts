import type { Contracts } from '../../src/contracts/contracts.ts';
import { Misuse } from '../../src/errors.ts';

/** A county with its share of the state's young people, in thousands of residents of any age. */
export interface Place {
  readonly fips: string;
  readonly name: string;
  readonly weight: number;
  /** Three digits that made-up ZIP codes of the county begin with. */
  readonly zip3: string;
}

// Residents in thousands, rounded from the census of 2020, in the order of the county codes.
const THOUSANDS = [
  1682, 1, 40, 211, 45, 22, 1166, 28, 191, 1009, 29, 136, 180, 19, 909, 152, 68, 33, 10014, 156, 262, 17, 92,
  281, 9, 13, 439, 138, 102, 3187, 405, 20, 2418, 1585, 64, 2182, 3299, 874, 779, 282, 764, 448, 1936, 271,
  182, 3, 44, 453, 489, 553, 100, 66, 16, 473, 55, 844, 217, 81,
];

const regions: Readonly<Record<string, readonly string[]>> = {
  bay: ['06001', '06013', '06041', '06055', '06075', '06081', '06085', '06095', '06097'],
  south: ['06037', '06059', '06065', '06071', '06111'],
  'los-angeles': ['06037'],
};

export function placesOf(contracts: Contracts): readonly Place[] {
  const codes = contracts.codeLists.get('ca_counties')?.codes ?? [];
  return codes.map((code, i) => ({
    fips: code.code,
    name: code.label,
    weight: THOUSANDS[i] ?? 1,
    zip3: String(900 + i + 1),
  }));
}

/** Counties by code or by the name of a region; all of them when nothing is named. */
export function chosenPlaces(all: readonly Place[], names: readonly string[]): readonly Place[] {
  if (names.length === 0) return all;
  const codes = new Set(names.flatMap((name) => regions[name] ?? [name]));
  const known = new Set(all.map(({ fips }) => fips));
  const stranger = [...codes].find((code) => !known.has(code));
  if (stranger !== undefined)
    throw new Misuse('COUNTY', `there is no county or region ${stranger}`, {
      remedy: `give county codes such as 06037, or the regions ${Object.keys(regions).join(', ')}`,
    });
  return all.filter(({ fips }) => codes.has(fips));
}

/** Splits a number over the places in proportion; the parts add up exactly. */
export function share(places: readonly Place[], people: number): readonly number[] {
  const total = places.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  return places.map(({ weight }) => {
    const from = Math.floor((before * people) / total);
    before += weight;
    return Math.floor((before * people) / total) - from;
  });
}
