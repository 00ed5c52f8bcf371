import { beforeAll, describe, expect, it } from 'vitest';
import type { CandidateFigure } from '../../../src/disclosure/catalogue/candidate.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { candidateOf, fips, type MadeUpState, madeUpState } from '../../support/made-up-candidate.ts';
import { leavesOpen } from './attacker.ts';
import { numberOf, type ReleasedState, readBy, released } from './released-state.ts';

const only = ['identified', 'identified_rate', 'missing_share'];
/** `npm run attack` takes a larger state and tries every small count. */
const long = process.env['TESSERA_ATTACK'] === 'long';
const size = long ? { counties: 12, largest: 160 } : { counties: 4, largest: 70 };
const state = madeUpState({ seed: 21, ...size, years: [2024], only });
/** The rate is made of the same count as the plain table: whoever reads both knows it. */
const people = ({ metric }: Pick<CandidateFigure, 'metric'>): string =>
  metric === 'identified_rate' ? 'identified' : metric;
const factsOf = (of: MadeUpState): Map<string, number> =>
  new Map(of.candidate.figures.map((figure) => [numberOf(people(figure), figure), figure.numerator ?? 0]));
const isSmall = (v: number): boolean => v >= 1 && v <= 10;

const PATIENCE = long ? 3_600_000 : 180_000;

let release: ReleasedState;
let small: string[];
/** 1 where the reader saw that every zero is shown. */
let floor: 0 | 1;

beforeAll(async () => {
  release = await released(state);
  const facts = factsOf(state);
  const known = new Map(readBy(release.figures, people, 0).cells);
  small = [...known.keys()].filter((id) => isSmall(facts.get(id) ?? 0));
  floor = [...known].every(([id, v]) => facts.get(id) !== 0 || v === 0) ? 1 : 0;
}, PATIENCE);

/** A handful of the small counts, spread over all of them: each costs two searches. */
function some(of: readonly string[]): readonly string[] {
  if (long) return of;
  return of.filter((_, at) => at % Math.ceil(of.length / 8) === 0);
}

describe('attacks 1 and 2: a whole release solved at once', { timeout: PATIENCE }, () => {
  it('leaves 1 and 11 possible for small counts, over all tables, quarters and rates together', () => {
    expect(small.length).toBeGreaterThan(5);
    const known = readBy(release.figures, people, floor);
    for (const id of some(small)) expect(leavesOpen(known, id)).toBe(true);
  });

  it('has one marker for everything that is hidden', () => {
    const hidden = release.figures.filter(({ status }) => status === 'hidden');
    const marks = hidden.map(({ numerator, denominator, value, lower, upper, footnotes }) =>
      JSON.stringify([numerator, denominator, value, lower, upper, footnotes[0]]),
    );
    expect(new Set(marks).size).toBe(1);
  });
});

describe('attack 5: filters that differ by a few', () => {
  it('finds no table but the declared ones, and no member that is not in a closed list', () => {
    const declared = new Set(
      [...state.metrics.values()].flatMap(({ id, tables }) =>
        tables.flatMap(({ by, publish }) => (publish === 'public' ? [`${id} ${by.join('+') || 'all'}`] : [])),
      ),
    );
    for (const { metric, tbl, dims } of release.figures) {
      expect(declared).toContain(`${metric} ${tbl}`);
      expect(Object.keys(dims).toSorted()).toEqual(tbl === 'all' ? [] : tbl.split('+').toSorted());
    }
    const ages = new Set(release.figures.flatMap(({ dims }) => dims['age_band'] ?? []));
    expect(ages).toEqual(new Set(['0-12', '13-15', '16-17', 'all']));
  });
});

describe('attack 10: what one county and the public may see, put together', { timeout: PATIENCE }, () => {
  it('tells a county nothing about another', () => {
    for (const at of [0, 3]) {
      const county = fips(at);
      const known = readBy([...release.figures, ...release.twin(county)], people, floor);
      const others = small.filter((id) => !id.includes(county) && id.includes('county is'));
      for (const id of some(others).slice(0, 4)) expect(leavesOpen(known, id)).toBe(true);
    }
  });

  it('has in a twin nothing of any other county', () => {
    for (const { dims } of release.twin(fips(1))) expect(dims['county']).toBe(fips(1));
  });
});

describe('attack 11: the same question asked again, in another order', { timeout: PATIENCE }, () => {
  it('gets the same answer to the byte, in an order that says nothing', async () => {
    const turned = { ...state, candidate: candidateOf(state.candidate.figures.toReversed()) };
    expect(JSON.stringify((await released(turned)).figures)).toBe(JSON.stringify(release.figures));
    const place = ({ metric, tbl, period, cell }: ReleaseFigure): string =>
      `${metric} ${tbl} ${period} ${cell}`;
    expect(release.figures.map(place)).toEqual(release.figures.map(place).toSorted());
  });
});

describe('attack 12: averaging', { timeout: PATIENCE }, () => {
  it('has nothing to average: every number that is shown in several tables is one number, and the count', () => {
    const facts = factsOf(state);
    for (const figure of release.figures)
      if (figure.numerator !== null)
        expect(figure.numerator).toBe(facts.get(numberOf(people(figure), figure)));
  });
});

describe('attack 14: records', () => {
  it('has none to single out: every shown count is zero or of eleven and more', () => {
    for (const { numerator, denominator } of release.figures)
      for (const count of [numerator, denominator]) if (count !== null) expect(isSmall(count)).toBe(false);
  });
});
