/** A night's figures about made-up young people, tabulated from made-up persons so that all tables agree. */
import { createHash } from 'node:crypto';
import type { Candidate, CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';
import type { DeclaredMetric, DeclaredTable } from '../../src/disclosure/catalogue/declared-metric.ts';

export interface MadeUpPerson {
  readonly county: string;
  readonly age_band: string;
  readonly sex: string;
  readonly race_ethnicity: string;
  readonly period: string;
  readonly missing: boolean;
  readonly services: readonly string[];
  readonly days: number;
  readonly clinic: boolean;
}

export interface MadeUpState {
  readonly metrics: ReadonlyMap<string, DeclaredMetric>;
  readonly people: readonly MadeUpPerson[];
  readonly candidate: Candidate;
}

export interface Shape {
  readonly seed: number;
  readonly counties: number;
  /** In the largest county, each year. */
  readonly largest: number;
  readonly years: readonly number[];
  readonly only?: readonly string[];
}

const AGES = ['0-12', '13-15', '16-17'];
const SEXES = ['F', 'M'];
const RACES = ['black', 'latino', 'white', 'native'];
const SERVICES = ['housing', 'mentor', 'therapy'];

function madeUpPeople({ seed, counties, largest, years }: Shape): MadeUpPerson[] {
  const random = seeded(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() ** 1.6 * of.length)] as T;
  return Array.from({ length: counties }, (_, at) => at).flatMap((at) =>
    years.flatMap((year) =>
      Array.from({ length: Math.ceil((largest * (0.6 + 0.8 * random())) / (at + 1) ** 1.1) }, () => ({
        county: fips(at),
        age_band: pick([...AGES].toReversed()),
        sex: pick(SEXES),
        race_ethnicity: pick(RACES),
        period: `${year}-Q${1 + Math.floor(random() * 4)}`,
        missing: random() < 0.4,
        services: SERVICES.filter(() => random() < 0.45),
        days: 1 + Math.floor(random() ** 2 * 120),
        clinic: random() < 0.3,
      })),
    ),
  );
}

export function fips(at: number): string {
  return `06${String(2 * at + 1).padStart(3, '0')}`;
}

/** The numbers that a figure of a metric needs, from the young people in its cell. */
type Tabulate = (
  people: readonly MadeUpPerson[],
) => Pick<CandidateFigure, 'numerator' | 'denominator' | 'value'>;

interface MadeUpMetric extends DeclaredMetric {
  readonly tabulate: Tabulate;
  readonly quarterly: boolean;
}

const table = (by: string, publish: DeclaredTable['publish'] = 'public'): DeclaredTable => ({
  by: by === '' ? [] : by.split('+'),
  publish,
});

const plain = { additive: true, minorConsent: false, quarterly: false } as const;
const count: Tabulate = (people) => ({ numerator: people.length, denominator: null, value: people.length });

const METRICS: readonly MadeUpMetric[] = [
  {
    ...plain,
    id: 'identified',
    statistic: 'count',
    quarterly: true,
    tables: ['', 'county', 'county+sex', 'county+age_band', 'race_ethnicity', 'sex+age_band'].map((by) =>
      table(by),
    ),
    tabulate: count,
  },
  {
    ...plain,
    id: 'missing_share',
    statistic: 'share',
    denominatorOf: { metric: 'identified', protected: true },
    tables: [table(''), table('county'), table('sex'), table('county+race_ethnicity', 'secure')],
    tabulate: (people) => {
      const numerator = people.filter(({ missing }) => missing).length;
      return {
        numerator,
        denominator: people.length,
        value: people.length === 0 ? null : numerator / people.length,
      };
    },
  },
  {
    ...plain,
    id: 'identified_rate',
    statistic: 'rate',
    denominatorOf: { metric: undefined, protected: false },
    tables: [table('county')],
    tabulate: (people) => {
      const denominator = 1000 * (1 + people.length);
      return { numerator: people.length, denominator, value: (people.length / denominator) * 100_000 };
    },
  },
  {
    ...plain,
    id: 'served',
    statistic: 'count',
    additive: false,
    tables: [table('service'), table('county+service')],
    tabulate: count,
  },
  {
    ...plain,
    id: 'days_missing',
    statistic: 'median',
    tables: [table(''), table('county')],
    tabulate: (people) => {
      const days = people.filter(({ missing }) => missing).map((person) => person.days);
      const middle = days.toSorted((a, b) => a - b)[Math.floor(days.length / 2)];
      return { numerator: days.length, denominator: null, value: middle ?? null };
    },
  },
  {
    ...plain,
    id: 'clinic_visits',
    statistic: 'count',
    minorConsent: true,
    tables: [table(''), table('county')],
    tabulate: (people) => count(people.filter(({ clinic }) => clinic)),
  },
];

export function madeUpState(
  shape: Shape,
  people: readonly MadeUpPerson[] = madeUpPeople(shape),
): MadeUpState {
  const chosen = METRICS.filter(({ id }) => shape.only?.includes(id) ?? true);
  const years = shape.years.map(String);
  const pooled = years.length > 1 ? [`${years[0]}/${years.at(-1)}`] : [];
  const figures = chosen.flatMap((metric) =>
    metric.tables.flatMap(({ by }) =>
      [...years, ...pooled, ...(metric.quarterly ? years.flatMap(quarters) : [])].flatMap((period) =>
        tabulated(metric, by, period, people),
      ),
    ),
  );
  const metrics = new Map(chosen.map((metric) => [metric.id, metric]));
  return { metrics, people, candidate: candidateOf(figures) };
}

export function candidateOf(figures: readonly CandidateFigure[]): Candidate {
  const id = createHash('sha256').update(JSON.stringify(figures)).digest('hex');
  const definitions = Object.fromEntries(figures.map(({ metric, version }) => [metric, version]));
  return {
    id,
    knownOn: '2026-10-01',
    factsHash: id,
    linkageVersion: 'made-up',
    codeVersion: 'made-up',
    definitions,
    figures,
  };
}

function quarters(year: string): string[] {
  return [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`);
}

function tabulated(
  metric: MadeUpMetric,
  by: readonly string[],
  period: string,
  people: readonly MadeUpPerson[],
): CandidateFigure[] {
  const inPeriod = people.filter((person) => isIn(person.period, period));
  const members = by.map((dimension) =>
    [...new Set(people.flatMap((one) => membersOf(one, dimension)))].toSorted(),
  );
  return combinations(members.map((of) => [...of, 'all'])).map((chosen) => {
    const dims = Object.fromEntries(by.map((dimension, at) => [dimension, chosen[at] as string]));
    const cell = by.map((dimension, at) => `${dimension}=${chosen[at]}`).join('|');
    const inside = inPeriod.filter((person) =>
      Object.entries(dims).every(
        ([dimension, member]) =>
          (member === 'all' && (dimension !== 'service' || person.services.length > 0)) ||
          membersOf(person, dimension).includes(member),
      ),
    );
    return {
      metric: metric.id,
      version: 1,
      tbl: by.length === 0 ? 'all' : by.join('+'),
      period,
      cell: cell === '' ? 'all' : cell,
      dims,
      ...metric.tabulate(inside),
      lower: null,
      upper: null,
      status: 'counted' as const,
      reason: null,
    };
  });
}

function membersOf(person: MadeUpPerson, dimension: string): readonly string[] {
  if (dimension === 'service') return person.services;
  return [person[dimension as 'county' | 'sex' | 'age_band' | 'race_ethnicity']];
}

function isIn(quarter: string, period: string): boolean {
  if (period.includes('/')) {
    const [from = '', to = ''] = period.split('/');
    return quarter.slice(0, 4) >= from && quarter.slice(0, 4) <= to;
  }
  return quarter.startsWith(period);
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (so, list) => so.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
}

/** A small generator of reproducible random numbers in [0, 1) (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
