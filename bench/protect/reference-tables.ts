/** The reference tables with known answers, where they are at hand: what each must come to is read from the files themselves. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjusted, namedPolicy, type Policy } from '../../src/disclosure/policy.ts';
import type { Interval } from '../../src/disclosure/protect/intervals.ts';
import { codedPercent, printedPercent } from '../../src/disclosure/rules/percent-coding.ts';
import { refusedStatistics } from '../../src/disclosure/rules/reconstruction.ts';
import { readTable } from '../../src/disclosure/table.ts';
import { bar, type Result } from '../harness.ts';
import { safe } from './safe.ts';

const ddg = namedPolicy('calhhs-ddg-2');
const exact = adjusted(ddg, { bar: 'exact' });

interface Given {
  readonly cells: readonly { readonly id: string; readonly v: number }[];
  readonly eqs: readonly (readonly [string, readonly string[]])[];
}

export async function referenceTables(): Promise<Result[]> {
  const folder = process.env.CONFORMANCE_DATA;
  if (folder === undefined || !existsSync(folder)) return [];
  const file = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, 'disclosure', name), 'utf8')) as unknown;
  return [
    ...(await costs(file)),
    ...(await markers(file)),
    ...(await differences(file)),
    ...groups(file),
    ...(await scale(file)),
  ];
}

type File = (name: string) => unknown;

async function costs(file: File): Promise<Result[]> {
  const cost = async (
    what: string,
    table: Given,
    primary: readonly string[] | undefined,
    policy: Policy,
    owed: { readonly cost?: number; readonly more?: number },
  ): Promise<Result> => {
    const given = readTable({ ...table, ...(primary === undefined ? {} : { primary }) });
    const { cost, complementary, optimal } = await safe(given, { policy, cost: 'values' });
    const met =
      optimal && (owed.cost ?? cost) === cost && (owed.more ?? complementary.length) === complementary.length;
    const unit = `value cost, ${complementary.length} more cells, ${optimal ? 'proved' : 'not proved'}`;
    const says = owed.cost === undefined ? `${owed.more} more` : `${owed.cost} and proved`;
    return bar({ what, value: cost, unit }, says, met);
  };
  const f01 = file('F01_sdctable_microdata1.json') as {
    table: Given;
    primary: string[];
    expected: { min_sum_cost: number; n_secondary: number };
  };
  const f02 = file('F02_two_per_line_but_recoverable.json') as typeof f01 & {
    expected: { n_secondary_needed: number };
  };
  const f03 = file('F03_linked_tables.json') as Given & {
    eqs_table1: Given['eqs'];
    eqs_table2: Given['eqs'];
    primary: string[];
    expected: { n_secondary: number };
  };
  const f04 = file('F04_singletons.json') as {
    table: Given;
    primary: string[];
    expected: { with_singleton_detection_n_secondary: number };
  };
  const f05 = file('F05_gauss_z1.json') as {
    table: Given;
    primary_maxN3: string[];
    expected: {
      proved_optimal_value_cost_nondegenerate: number;
      optimal_cost_if_every_primary_must_reach_1_to_11: number;
      threshold11: { optimal_value_cost_nondegenerate: number; optimal_value_cost_reach_1_11: number };
    };
  };
  const linked = { cells: f03.cells, eqs: [...f03.eqs_table1, ...f03.eqs_table2] };
  const five = f05.expected;
  return [
    await cost('F01 exact', f01.table, f01.primary, exact, {
      cost: f01.expected.min_sum_cost,
      more: f01.expected.n_secondary,
    }),
    await cost('F02 exact', f02.table, f02.primary, exact, {
      cost: f02.expected.min_sum_cost,
      more: f02.expected.n_secondary_needed,
    }),
    await cost('F03 exact', linked, f03.primary, exact, { more: f03.expected.n_secondary }),
    await cost('F04 exact', f04.table, f04.primary, exact, {
      more: f04.expected.with_singleton_detection_n_secondary,
    }),
    await cost('F05 exact', f05.table, f05.primary_maxN3, exact, {
      cost: five.proved_optimal_value_cost_nondegenerate,
    }),
    await cost('F05 B', f05.table, f05.primary_maxN3, ddg, {
      cost: five.optimal_cost_if_every_primary_must_reach_1_to_11,
    }),
    await cost('F05 under 11, exact', f05.table, undefined, exact, {
      cost: five.threshold11.optimal_value_cost_nondegenerate,
    }),
    await cost('F05 under 11, B', f05.table, undefined, ddg, {
      cost: five.threshold11.optimal_value_cost_reach_1_11,
    }),
  ];
}

async function markers(file: File): Promise<Result[]> {
  const { ex1, ex4 } = file('F07_calhhs_ddg_examples.json') as {
    ex1: { table: Given; after: Record<string, Interval> };
    ex4: { table: Given; labels_hidden: Record<string, Interval> };
  };
  const example = async (what: string, table: Given, owed: Record<string, Interval>): Promise<Result> => {
    const { intervals } = await safe(readTable(table), { policy: ddg, cost: 'values' });
    const met = Object.entries(owed).every(
      ([id, [lo, hi]]) => intervals.get(id)?.[0] === lo && intervals.get(id)?.[1] === hi,
    );
    return bar({ what, value: intervals.size, unit: 'hidden' }, 'intervals of the guidelines', met);
  };
  return [
    await example('F07 example 1, three tens', ex1.table, ex1.after),
    await example('F07 example 4, labels hidden', ex4.table, ex4.labels_hidden),
  ];
}

async function differences(file: File): Promise<Result[]> {
  const { secondary_disclosure } = file('F09_opensafely_examples.json') as {
    secondary_disclosure: { table: Given };
  };
  const { primary, intervals } = await safe(readTable(secondary_disclosure.table), {
    policy: ddg,
    cost: 'values',
  });
  const open = [...primary.keys()].filter((id) => {
    const [lo, hi] = intervals.get(id) ?? [99, 0];
    return lo <= 1 && (hi ?? Infinity) >= 11;
  });
  return [
    bar(
      { what: 'F09 secondary disclosure', value: open.length, unit: `of ${primary.size} may be 1 and 11` },
      'all',
      open.length === primary.size,
    ),
  ];
}

function groups(file: File): Result[] {
  const { published } = file('F12_reconstruction_7person_block.json') as {
    published: Record<string, { n: number } | string[]>;
  };
  const sizes = Object.entries(published).flatMap(([group, value]) =>
    'n' in value ? [{ group, n: value.n }] : [],
  );
  const refused = refusedStatistics(sizes, ddg.threshold).length;
  const { rules } = file('F13_nces_percent_coding.json') as {
    rules: { n: string; bottom?: string; out?: string }[];
  };
  const coded = rules.filter(({ n, bottom, out }) => {
    const size = Number(/\d+/.exec(n)?.[0]) - (n.startsWith('<') ? 1 : 0);
    const none = printedPercent(codedPercent(0, size)).replace('≤', '<=');
    return none === (out === undefined ? bottom : 'suppressed');
  });
  return [
    bar(
      { what: 'F12 statistics of seven people', value: refused, unit: `of ${sizes.length} refused` },
      'all',
      refused === sizes.length,
    ),
    bar(
      { what: 'F13 percentages by size of the group', value: coded.length, unit: `of ${rules.length} coded` },
      'all',
      coded.length === rules.length,
    ),
  ];
}

async function scale(file: File): Promise<Result[]> {
  const { cells, eqs } = file('scale_58cty_age_gender.json') as Given;
  const { seconds, processor, primary, complementary } = await safe(readTable({ cells, eqs }), {
    policy: ddg,
    cost: 'values',
  });
  const hidden = primary.size + complementary.length;
  const what = `the set of ${cells.length} cells`;
  return [
    bar(
      { what, value: seconds, unit: `s, ${processor.toFixed(0)} of the processor, ${hidden} hidden` },
      'under 60 s',
      seconds < 60,
    ),
  ];
}
