import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjusted, namedPolicy, type Policy } from '../src/disclosure/policy.ts';
import { type Order, type Protection, protect } from '../src/disclosure/protect/protect.ts';
import { readTable, type Table } from '../src/disclosure/table.ts';
import { verifyCertificate } from '../src/disclosure/verify.ts';
import { median, type Result, type Run } from './harness.ts';
import { type MadeUpTable, madeUpState, madeUpTwoWay, together } from './made-up/linked-tables.ts';

const ddg = namedPolicy('calhhs-ddg-2');

/**
 * Cost against the proved optimum, and the time that releases of growing size take. PROTECT_CELLS sets the size of
 * the largest (10,000 cells; 50,000 takes about five times as long); CONFORMANCE_DATA adds the reference tables.
 */
export const run: Run = async () => {
  const cells = Number(process.env.PROTECT_CELLS ?? 10_000);
  return [
    ...(await referenceCosts()),
    ...(await againstOptimum('two-way 6 × 5', (seed) => madeUpTwoWay(seed, 6, 5))),
    ...(await againstOptimum('hierarchical 9 counties × 4', (seed) =>
      madeUpState(seed, { counties: 9, regions: 3, ages: 4, genders: 1, largest: 150 }),
    )),
    ...(await timed('58 counties × age × gender', [
      madeUpState(58, { counties: 58, regions: 8, ages: 3, genders: 3 }),
    ])),
    ...(await timed(`release of ${cells} cells`, blocks(cells))),
  ];
};

/** Linked tables of 1,424 cells each, as many as make up the release. */
function blocks(cells: number): MadeUpTable[] {
  return Array.from({ length: Math.ceil(cells / 1424) }, (_, at) =>
    madeUpState(1000 + at, { counties: 80, regions: 8, ages: 3, genders: 3 }, `year ${at}: `),
  );
}

async function safe(table: Table, order: Order): Promise<Protection> {
  const result = await protect(table, order);
  if (result.refused) throw new Error(`refused: ${result.reason}`);
  const findings = verifyCertificate(table, order.policy, result.certificate);
  if (findings.length > 0) throw new Error(`the certificate does not hold: ${findings[0]?.code}`);
  return result;
}

async function againstOptimum(what: string, make: (seed: number) => MadeUpTable): Promise<Result[]> {
  const ratios: number[] = [];
  for (let seed = 1; seed <= 25; seed++) {
    const table = readTable(make(seed));
    const order = { policy: ddg, cost: 'values' } as const;
    const best = await protect(table, { ...order, effort: { exactCells: 1000 } });
    if (best.refused || !best.optimal || best.cost === 0) continue;
    const quick = await safe(table, { ...order, effort: { exactCells: 0 } });
    ratios.push(quick.cost / best.cost);
  }
  return [
    {
      what: `${what}: heuristic / optimum, median`,
      value: median(ratios),
      unit: `of ${ratios.length} tables`,
    },
    {
      what: `${what}: heuristic / optimum, worst`,
      value: Math.max(...ratios),
      unit: `of ${ratios.length} tables`,
    },
  ];
}

async function timed(what: string, tables: readonly MadeUpTable[]): Promise<Result[]> {
  const table = readTable(together(tables));
  const before = process.memoryUsage.rss();
  const result = await safe(table, { policy: ddg, cost: 'values' });
  const hidden = result.primary.size + result.complementary.length;
  return [
    { what, value: result.seconds, unit: `s (${table.cells.length} cells, ${hidden} hidden)` },
    { what: `${what}: memory`, value: (process.memoryUsage.rss() - before) / 2 ** 20, unit: 'MiB more' },
  ];
}

/** The costs of the reference tables, where they are at hand. */
async function referenceCosts(): Promise<Result[]> {
  const folder = process.env.CONFORMANCE_DATA;
  if (folder === undefined || !existsSync(folder)) return [];
  const exact = adjusted(ddg, { bar: 'exact' });
  const cost = async (
    what: string,
    file: string,
    list: string | undefined,
    policy: Policy,
  ): Promise<Result> => {
    const given = JSON.parse(readFileSync(join(folder, 'disclosure', file), 'utf8')) as Record<
      string,
      unknown
    >;
    const shape = (given['table'] ?? given) as Record<string, unknown>;
    const eqs = shape['eqs'] ?? [...(given['eqs_table1'] as []), ...(given['eqs_table2'] as [])];
    const primary = list === undefined ? {} : { primary: given[list] };
    const result = await safe(readTable({ cells: shape['cells'], eqs, ...primary }), {
      policy,
      cost: 'values',
    });
    const unit = `${result.complementary.length} more cells${result.optimal ? ', proved' : ''}`;
    return { what: `${what}: value cost`, value: result.cost, unit };
  };
  return [
    await cost('F01 exact', 'F01_sdctable_microdata1.json', 'primary', exact),
    await cost('F02 exact', 'F02_two_per_line_but_recoverable.json', 'primary', exact),
    await cost('F03 exact', 'F03_linked_tables.json', 'primary', exact),
    await cost('F04 exact', 'F04_singletons.json', 'primary', exact),
    await cost('F05 exact', 'F05_gauss_z1.json', 'primary_maxN3', exact),
    await cost('F05 B', 'F05_gauss_z1.json', 'primary_maxN3', ddg),
    await cost('F05 under 11, exact', 'F05_gauss_z1.json', undefined, exact),
    await cost('F05 under 11, B', 'F05_gauss_z1.json', undefined, ddg),
  ];
}
