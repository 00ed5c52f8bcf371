/**
 * A night's figures in metrics of the real catalogue, so that a hub answers for them at every door, tabulated from made-up young
 * people of whom everything is known: they are what an attack must not find out.
 */
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric } from '../../../src/contracts/metric.ts';
import type { Candidate, CandidateFigure } from '../../../src/disclosure/catalogue/candidate.ts';
import { candidateOf } from '../../support/made-up-candidate.ts';

export interface MadeUpYoungPerson {
  readonly county: string;
  readonly sex: string;
  readonly age_band: string;
  readonly quarter: string;
  /** Under supervision; `locked` of them. */
  readonly supervised: boolean;
  readonly locked: boolean;
  readonly dual: boolean;
  /** Days missing from care, and whether they came back. */
  readonly missing: { readonly days: number; readonly ended: boolean } | undefined;
}

export interface Night {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly people: readonly MadeUpYoungPerson[];
  readonly candidate: Candidate;
}

export interface Shape {
  readonly seed: number;
  readonly counties: number;
  /** In the largest county in a year. */
  readonly largest: number;
}

const YEARS = ['2023', '2024'];
const DIMENSIONS = {
  sex: ['female', 'male'],
  age_band: ['P00_11', 'P12_14', 'P15_17'],
} as const;

/** What is counted in a cell, and the tables that the night makes of it: not all that the catalogue declares. */
interface Counted {
  readonly by: readonly string[];
  readonly periods: readonly string[];
  readonly count: (people: readonly MadeUpYoungPerson[]) => Numbers;
}

type Numbers = Pick<CandidateFigure, 'numerator' | 'denominator' | 'value'>;

const QUARTERS = YEARS.flatMap((year) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`));
const all: Counted['count'] = ({ length }) => ({ numerator: length, denominator: null, value: length });
const share =
  (of: (one: MadeUpYoungPerson) => boolean, has: (one: MadeUpYoungPerson) => boolean): Counted['count'] =>
  (people) => {
    const whole = people.filter(of);
    if (whole.length === 0) return { numerator: null, denominator: null, value: null };
    const part = whole.filter(has).length;
    return { numerator: part, denominator: whole.length, value: part / whole.length };
  };
const everybody = (): boolean => true;

const COUNTED: Readonly<Record<string, Counted>> = {
  identified: {
    by: ['', 'county', 'sex', 'county+sex', 'age_band', 'county+age_band'],
    periods: [...YEARS, ...QUARTERS],
    count: all,
  },
  identified_per_1000_enrolled: {
    by: ['county'],
    periods: YEARS,
    count: ({ length }) => ({
      numerator: length,
      denominator: 1000 * (length + 3),
      value: length / (length + 3),
    }),
  },
  boys_share: { by: ['', 'county'], periods: YEARS, count: share(everybody, ({ sex }) => sex === 'male') },
  locked_placement: {
    by: ['', 'county'],
    periods: YEARS,
    count: share(
      ({ supervised }) => supervised,
      ({ locked }) => locked,
    ),
  },
  dual_status: { by: ['', 'county'], periods: YEARS, count: share(everybody, ({ dual }) => dual) },
  returned_within_30_days: {
    by: ['', 'county'],
    periods: YEARS,
    // Everybody is followed for longer than 30 days, so that the share is that of a plain count.
    count: (people) => {
      const times = people.flatMap(({ missing }) => missing ?? []);
      const back = times.filter(({ days, ended }) => ended && days <= 30).length;
      if (times.length === 0) return { numerator: null, denominator: null, value: null };
      const ended = times.filter((time) => time.ended).length;
      return { numerator: ended, denominator: times.length, value: back / times.length };
    },
  },
};

export function madeUpNight(
  shape: Shape,
  change: (people: MadeUpYoungPerson[]) => MadeUpYoungPerson[] = (p) => p,
): Night {
  const contracts = loadContracts();
  const counties = (contracts.codeLists.get('ca_counties')?.codes ?? [])
    .map(({ code }) => code)
    .slice(0, shape.counties);
  const people = change(madeUpPeople(shape, counties));
  const metrics = new Map(
    Object.keys(COUNTED).map((id) => [id, contracts.metrics.get(id) as Metric] as const),
  );
  const figures = [...metrics.values()].flatMap((metric) => figuresOf(metric, counties, people));
  return { metrics, people, candidate: candidateOf(figures) };
}

function madeUpPeople({ seed, largest }: Shape, counties: readonly string[]): MadeUpYoungPerson[] {
  const random = seeded(seed);
  const pick = (of: readonly string[]): string => of[Math.floor(random() ** 1.5 * of.length)] ?? '';
  return counties.flatMap((county, at) =>
    YEARS.flatMap((year) =>
      Array.from({ length: Math.ceil((largest * (0.6 + 0.8 * random())) / (at + 1) ** 1.1) }, () => {
        const supervised = random() < 0.5;
        return {
          county,
          sex: pick(DIMENSIONS.sex),
          age_band: pick([...DIMENSIONS.age_band].toReversed()),
          quarter: `${year}-Q${1 + Math.floor(random() * 4)}`,
          supervised,
          // In the second county everybody under supervision was in a locked placement, in the third nobody.
          locked: supervised && (at === 1 || (at !== 2 && random() < 0.35)),
          dual: random() < 0.42,
          missing:
            random() < 0.6 ? { days: 1 + Math.floor(random() ** 2 * 90), ended: random() < 0.85 } : undefined,
        };
      }),
    ),
  );
}

function figuresOf(
  metric: Metric,
  counties: readonly string[],
  people: readonly MadeUpYoungPerson[],
): CandidateFigure[] {
  const counted = COUNTED[metric.id];
  return (counted?.by ?? []).flatMap((tbl) => {
    const by = tbl === '' ? [] : tbl.split('+');
    const members = by.map((name) => [
      ...(name === 'county' ? counties : DIMENSIONS[name as keyof typeof DIMENSIONS]),
      'all',
    ]);
    return (counted?.periods ?? []).flatMap((period) =>
      combinations(members).map((chosen): CandidateFigure => {
        const dims = Object.fromEntries(by.map((name, at) => [name, chosen[at] ?? 'all']));
        const inside = people.filter((one) => isIn(one, period, dims));
        const numbers = counted?.count(inside) ?? all(inside);
        return {
          metric: metric.id,
          version: metric.version,
          tbl: tbl === '' ? 'all' : tbl,
          period,
          cell: tbl === '' ? 'all' : by.map((name) => `${name}=${dims[name]}`).join('|'),
          dims,
          ...numbers,
          lower: null,
          upper: null,
          status: numbers.numerator === null ? 'not_available' : 'counted',
          reason: numbers.numerator === null ? 'the denominator is zero' : null,
        };
      }),
    );
  });
}

function isIn(one: MadeUpYoungPerson, period: string, dims: Readonly<Record<string, string>>): boolean {
  return (
    one.quarter.startsWith(period) &&
    Object.entries(dims).every(
      ([name, member]) => member === 'all' || one[name as 'county' | 'sex' | 'age_band'] === member,
    )
  );
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (so, list) => so.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
