import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inequalities, readFigures } from '../../src/disclosure/figures.ts';
import { adjusted, namedPolicy, type Policy } from '../../src/disclosure/policy.ts';
import { type Interval, intervals } from '../../src/disclosure/protect/intervals.ts';
import { problemOf } from '../../src/disclosure/protect/problem.ts';
import { type Protection, protect } from '../../src/disclosure/protect/protect.ts';
import { solver } from '../../src/disclosure/protect/solver.ts';
import { codedPercent, printedPercent } from '../../src/disclosure/rules/percent-coding.ts';
import { publicationScore, readScoring } from '../../src/disclosure/rules/publication-score.ts';
import { refusedStatistics } from '../../src/disclosure/rules/reconstruction.ts';
import { readTable, type Table } from '../../src/disclosure/table.ts';
import { verifyCertificate } from '../../src/disclosure/verify.ts';
import { possibleGroups } from '../disclosure/rules/possible-groups.ts';
import { readData } from './data.ts';

const ddg = namedPolicy('calhhs-ddg-2');
const exact = adjusted(ddg, { bar: 'exact' });

/** The reference files each have their own shape; what a test reads of one is said where it reads it. */
function fixture(name: string): unknown {
  return JSON.parse(readData('disclosure', name));
}

interface Given {
  readonly cells: readonly { readonly id: string; readonly v: number }[];
  readonly eqs: readonly (readonly [string, readonly string[]])[];
}

async function protectedTable(table: Table, policy: Policy): Promise<Protection> {
  const result = await protect(table, { policy, cost: 'values' });
  if (result.refused) throw new Error(result.reason);
  expect(verifyCertificate(table, policy, result.certificate)).toEqual([]);
  return result;
}

/** What a reader finds out from a set of hidden cells, whoever chose them. */
async function readersIntervals(
  given: Given,
  hidden: readonly string[],
  floor: 0 | 1,
): Promise<Map<string, Interval>> {
  const table = readTable({ cells: given.cells, eqs: given.eqs });
  const zeros = floor === 1 ? 'shown' : 'hideable';
  const problem = problemOf(table, { policy: ddg, primary: new Map(), cost: 'cells', zeros });
  const gone = new Set(hidden);
  const found = intervals(await solver(), problem, (cell) => gone.has(problem.ids[cell] ?? ''), new Set());
  return new Map([...found].map(([cell, interval]) => [problem.ids[cell] ?? '', interval]));
}

describe('F01', () => {
  it('costs 40 with three more cells, and no choice costs less', async () => {
    const { table, primary, expected } = fixture('F01_sdctable_microdata1.json') as {
      table: Given;
      primary: string[];
      expected: { min_sum_cost: number; n_secondary: number; lp_intervals_for_OPT: Record<string, Interval> };
    };
    const result = await protectedTable(readTable({ ...table, primary }), exact);
    expect(result).toMatchObject({ cost: expected.min_sum_cost, optimal: true });
    expect(result.complementary).toHaveLength(expected.n_secondary);
    expect(Object.fromEntries(result.intervals)).toEqual(expected.lp_intervals_for_OPT);
  });
});

describe('F02', () => {
  const given = fixture('F02_two_per_line_but_recoverable.json') as {
    table: Given;
    primary: string[];
    expected: {
      lp_before: Record<string, Interval>;
      min_sum_fix: string[];
      min_sum_cost: number;
      'w|b_interval_after_min_sum_fix (also asserted by sdcTable test)': Interval;
    };
  };

  it('leaks one cell exactly although every line hides two', async () => {
    const before = await readersIntervals(given.table, given.primary, 0);
    expect(Object.fromEntries(before)).toEqual(given.expected.lp_before);
  });

  it('is mended with one cell', async () => {
    const table = readTable({ ...given.table, primary: given.primary });
    const result = await protectedTable(table, exact);
    expect(result.complementary).toEqual(given.expected.min_sum_fix);
    expect(result.cost).toBe(given.expected.min_sum_cost);
    expect(result.intervals.get('w|b')).toEqual(
      given.expected['w|b_interval_after_min_sum_fix (also asserted by sdcTable test)'],
    );
  });
});

describe('F03', () => {
  it('leaks across two linked tables, each safe alone, and is mended with the only cell that will do', async () => {
    const { cells, eqs_table1, eqs_table2, primary, expected } = fixture(
      'F03_linked_tables.json',
    ) as Given & {
      eqs_table1: Given['eqs'];
      eqs_table2: Given['eqs'];
      primary: string[];
      expected: Record<'table1_alone' | 'table2_alone' | 'jointly', Record<string, Interval>> & {
        unique_single_fix: string[];
      };
    };
    const within = async (eqs: Given['eqs']): Promise<object> =>
      Object.fromEntries(await readersIntervals({ cells, eqs }, primary, 0));
    expect(await within(eqs_table1)).toEqual(expected.table1_alone);
    expect(await within(eqs_table2)).toEqual(expected.table2_alone);
    expect(await within([...eqs_table1, ...eqs_table2])).toEqual(expected.jointly);
    const table = readTable({ cells, eqs: [...eqs_table1, ...eqs_table2], primary });
    expect((await protectedTable(table, exact)).complementary).toEqual(expected.unique_single_fix);
  });
});

describe('F04', () => {
  it('is mended with one cell where the one young person in a cell could work out the other', async () => {
    const { table, primary, expected } = fixture('F04_singletons.json') as {
      table: Given;
      primary: string[];
      expected: { with_singleton_detection_n_secondary: number; lp_outsider: Record<string, Interval> };
    };
    expect(Object.fromEntries(await readersIntervals(table, primary, 0))).toEqual(expected.lp_outsider);
    const result = await protectedTable(readTable({ ...table, primary }), exact);
    expect(result.complementary).toHaveLength(expected.with_singleton_detection_n_secondary);
  });
});

describe('F05', () => {
  const { table, primary_maxN3, expected } = fixture('F05_gauss_z1.json') as {
    table: Given;
    primary_maxN3: string[];
    expected: {
      gauss_suppressed: string[];
      lp_intervals_gauss: Record<string, Interval>;
      proved_optimal_value_cost_nondegenerate: number;
      optimal_cost_if_every_primary_must_reach_1_to_11: number;
      threshold11: {
        n_primary: number;
        optimal_value_cost_nondegenerate: number;
        optimal_value_cost_reach_1_11: number;
      };
    };
  };
  const listed = readTable({ ...table, primary: primary_maxN3 });
  const small = readTable(table);

  it.each([
    ['listed cells under exact', listed, exact, expected.proved_optimal_value_cost_nondegenerate],
    ['listed cells under B', listed, ddg, expected.optimal_cost_if_every_primary_must_reach_1_to_11],
    ['cells under 11 under exact', small, exact, expected.threshold11.optimal_value_cost_nondegenerate],
    ['cells under 11 under B', small, ddg, expected.threshold11.optimal_value_cost_reach_1_11],
  ])('%s: the proved optimum', async (_, given, policy, cost) => {
    expect(await protectedTable(given, policy)).toMatchObject({ cost, optimal: true });
  });

  it('has the published intervals for the published pattern', async () => {
    const seen = await readersIntervals(table, expected.gauss_suppressed, 0);
    expect(Object.fromEntries(seen)).toEqual(expected.lp_intervals_gauss);
  });
});

interface Example {
  readonly table: Given;
  readonly suppress: readonly string[];
}

describe('F07', () => {
  const { ex1, ex2, ex4, three_category, rule6_vectors } = fixture('F07_calhhs_ddg_examples.json') as {
    ex1: Example & { after: Record<string, Interval> };
    ex2: Example;
    ex4: Example & { labels_hidden: Record<string, Interval> };
    three_category: {
      feasible_count_given_1pct_of_1100: Interval;
      feasible_given_0pct_of_1100: Interval;
    };
    rule6_vectors: { suppressed: number[]; extra_needed: boolean }[];
  };

  it('example 1: three tens need another cell under the one marker', async () => {
    const result = await protectedTable(readTable(ex1.table), ddg);
    expect(Object.fromEntries(result.intervals)).toEqual(ex1.after);
  });

  it('examples 2 and 4: one marker for all hides what a label would tell', async () => {
    const second = await protectedTable(readTable(ex2.table), ddg);
    expect([...second.primary.keys()]).toEqual(ex2.suppress);
    expect(second.intervals.get('A1')?.[1]).toBeGreaterThanOrEqual(11);
    const fourth = await protectedTable(readTable(ex4.table), ddg);
    expect(Object.fromEntries(fourth.intervals)).toEqual(ex4.labels_hidden);
  });

  it('whole percents of 1,100 tell what the guidelines overlook', () => {
    const bounds = (count: number): Interval => {
      const [figure] = readFigures([{ id: 'p', kind: 'ratio', num: 'n', den: 1100, decimals: 0 }]);
      if (figure === undefined) throw new Error('no figure');
      const [known] = inequalities(figure, () => count);
      return [Math.max(0, known?.lo ?? 0), known?.hi ?? null];
    };
    expect(bounds(10)).toEqual(three_category.feasible_count_given_1pct_of_1100);
    expect(bounds(2)).toEqual(three_category.feasible_given_0pct_of_1100);
  });

  it.each(rule6_vectors)(
    'rule 6: $suppressed needs another: $extra_needed',
    ({ suppressed, extra_needed }) => {
      const parts = [...suppressed, 50].map((v, at) => ({ id: `p${at}`, v }));
      const total = { id: 'all', v: parts.reduce((so, { v }) => so + v, 0) };
      const table = readTable({ cells: [...parts, total], eqs: [['all', parts.map(({ id }) => id)]] });
      const findings = verifyCertificate(table, ddg, {
        format: 'tessera-certificate/1',
        policy: ddg.id,
        threshold: 11,
        bar: 'B',
        singletons: ddg.singletons,
        zeros: 'shown',
        hidden: parts.slice(0, -1).map(({ id }) => id),
        hiddenFigures: [],
        tables: [],
      });
      expect(findings.some(({ code }) => code === 'LINE_RULE')).toBe(extra_needed);
    },
  );
});

describe('F08', () => {
  const scoring = readScoring(
    parse(readFileSync(`${import.meta.dirname}/../../schema/policies/scoring/calhhs-ddg-2.yaml`, 'utf8')),
  );
  const { tables, vectors } = fixture('F08_ddg_scoring_vectors.json') as {
    tables: Record<string, Record<string, number> | number>;
    vectors: { score?: number; mask_by_score?: boolean; age_score?: number }[];
  };

  it.each([
    ['events', 'events'],
    ['age_range_years', 'age-range-years'],
    ['residence_geo', 'residence'],
    ['service_geo', 'service'],
    ['time', 'time'],
    ['interactions', 'interactions'],
    ['other_variable_groups', 'other'],
    ['race', 'race'],
  ])('the scores of %s are those of the guidelines', (theirs, ours) => {
    expect(Object.values(scoring.variables[ours] ?? {})).toEqual(Object.values(tables[theirs] ?? {}));
  });

  it.each([
    [
      0,
      40,
      {
        residence: ['over-2000000'],
        time: ['one-year'],
        events: ['11-99'],
        'age-range-years': ['6-10'],
        sex: ['two'],
        race: ['eight-groups'],
        interactions: ['plus-three'],
      },
    ],
    [
      1,
      4,
      {
        residence: ['1000001-2000000'],
        time: ['quarter'],
        events: ['under-11'],
        'age-range-years': ['3-5'],
        'gender-identity': ['three'],
        race: ['eight-groups'],
        interactions: ['plus-three'],
      },
    ],
    [2, 2, { residence: ['20001-50000'], time: ['one-year'], events: ['under-11'] }],
  ])('vector %i', (at, numerator, levels) => {
    const asked = { numerator, denominator: 15_000, levels, highRisk: true };
    const scored = publicationScore(scoring, asked);
    expect(scored).toMatchObject({ score: vectors[at]?.score, maskByScore: vectors[at]?.mask_by_score });
    expect(scored.mask).toBe(numerator < 11);
  });

  it('the finest band of a variable decides', () => {
    const levels = { 'age-range-years': ['11-29', '3-5', '3-5'] };
    const asked = { numerator: 40, denominator: 100, levels, highRisk: false };
    expect(publicationScore(scoring, asked).score).toBe(vectors[3]?.age_score);
  });
});

describe('F09', () => {
  const { secondary_disclosure, differencing } = fixture('F09_opensafely_examples.json') as {
    secondary_disclosure: Example & { lp: Record<string, Interval> };
    differencing: Record<'total' | 'male', Record<string, number[]>>;
  };

  it('one hidden cell of a line is no secret', async () => {
    const { table, suppress, lp } = secondary_disclosure;
    expect(Object.fromEntries(await readersIntervals(table, suppress, 0))).toEqual(lp);
    const result = await protectedTable(readTable(table), ddg);
    for (const id of result.primary.keys()) expect(result.intervals.get(id)?.[1]).toBeGreaterThanOrEqual(11);
  });

  it('all minus boys is not left to be worked out', async () => {
    const { total, male } = differencing;
    const cells = Object.keys(total).flatMap((band) => {
      const [all = 0, boys = 0] = [total[band]?.[0], male[band]?.[0]];
      return [
        { id: `all ${band}`, v: all },
        { id: `boys ${band}`, v: boys },
        { id: `others ${band}`, v: all - boys, withheld: true },
      ];
    });
    const bands = Object.keys(total).filter((band) => band !== 'Total');
    const eqs = [
      ...Object.keys(total).map((band) => [`all ${band}`, [`boys ${band}`, `others ${band}`]]),
      ...['all', 'boys', 'others'].map((who) => [`${who} Total`, bands.map((band) => `${who} ${band}`)]),
    ];
    const result = await protectedTable(readTable({ cells, eqs }), ddg);
    const [lo, hi] = result.intervals.get('others 21-30') ?? [0, 0];
    expect(lo).toBeLessThanOrEqual(1);
    expect(hi ?? Infinity).toBeGreaterThanOrEqual(11);
  });
});

describe('F12', () => {
  const { published, male_only } = fixture('F12_reconstruction_7person_block.json') as {
    published: Record<string, { n: number } | string[]>;
    male_only: { consistent_with_median30_mean44: number };
  };

  it('is refused: no mean and no median of so few is published', () => {
    const groups = Object.entries(published).flatMap(([group, value]) =>
      'n' in value ? [{ group, n: value.n }] : [],
    );
    expect(groups).toHaveLength(7);
    expect(refusedStatistics(groups, ddg.threshold)).toEqual(
      groups.map(({ group }) => ({ group, why: 'small' })),
    );
  });

  it('leaves as few possibilities for three people as were published', () => {
    const three = { n: 3, median: 30, mean: 44, decimals: 1, least: 1, most: 125 };
    expect(possibleGroups(three)).toBe(male_only.consistent_with_median30_mean44);
  });
});

describe('F13', () => {
  const { rules } = fixture('F13_nces_percent_coding.json') as {
    rules: { n: string; bottom?: string; top?: string; out?: string }[];
  };

  it.each(rules)('groups of $n', ({ n, bottom, top, out }) => {
    const sizes = n.startsWith('<') ? [1, 9] : n.startsWith('>=') ? [300, 5000] : n.split('-').map(Number);
    for (const size of sizes) {
      const none = printedPercent(codedPercent(0, size)).replace('≤', '<=');
      const all = printedPercent(codedPercent(size, size)).replace('≥', '>=');
      expect([none, all]).toEqual(out === undefined ? [bottom, top] : ['suppressed', 'suppressed']);
    }
  });
});

describe('58 counties by age and gender', () => {
  const given = fixture('scale_58cty_age_gender.json') as Given & {
    naive_two_per_line_suppression: string[];
    primary: string[];
  };

  it('two hidden cells a line leave 3 counts known, 21 nearly so and 242 known to be under 11', async () => {
    const seen = await readersIntervals(given, given.naive_two_per_line_suppression, 0);
    const primary = given.primary.map((id) => seen.get(id) as [number, number]);
    expect(primary.filter(([lo, hi]) => lo === hi)).toHaveLength(3);
    expect(primary.filter(([lo, hi]) => hi - lo <= 2)).toHaveLength(21);
    expect(primary.filter(([, hi]) => hi < 11)).toHaveLength(242);
  });

  it('is protected and audited, and every small count may be 1 and 11', async () => {
    const result = await protectedTable(readTable({ cells: given.cells, eqs: given.eqs }), ddg);
    expect([...result.primary.keys()].toSorted()).toEqual(given.primary.toSorted());
    for (const id of given.primary) {
      const [lo, hi] = result.intervals.get(id) as Interval;
      expect(lo).toBeLessThanOrEqual(1);
      expect(hi ?? Infinity).toBeGreaterThanOrEqual(11);
    }
  });
});
