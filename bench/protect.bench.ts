import { performance } from 'node:perf_hooks';
import { loadContracts } from '../src/contracts/contracts.ts';
import { declaredHierarchies } from '../src/disclosure/catalogue/declared-hierarchies.ts';
import { levelOf } from '../src/disclosure/catalogue/level.ts';
import { linkedTables, type PlacedFigure } from '../src/disclosure/catalogue/linked-tables.ts';
import { isHeld } from '../src/disclosure/catalogue/periods.ts';
import { namedPolicy } from '../src/disclosure/policy.ts';
import { protect } from '../src/disclosure/protect/protect.ts';
import { auditLeftOut } from '../src/disclosure/release/left-out-audit.ts';
import { planRelease } from '../src/disclosure/release/plan-release.ts';
import { readTable } from '../src/disclosure/table.ts';
import { bar, median, type Result, type Run } from './harness.ts';
import { demoCandidate } from './made-up/demo-candidate.ts';
import { type MadeUpTable, madeUpState, madeUpTwoWay, together } from './made-up/linked-tables.ts';
import { referenceTables } from './protect/reference-tables.ts';
import { safe } from './protect/safe.ts';

const ddg = namedPolicy('calhhs-ddg-2');

/**
 * The bars of protection, each with its figure. CONFORMANCE_DATA adds the reference tables; PROTECT_CELLS sets the size of the
 * largest release (10,000 cells; larger ones grow with their components); PROTECT_ONLY picks parts by a word of their name.
 */
export const run: Run = async () => {
  const cells = Number(process.env.PROTECT_CELLS ?? 10_000);
  const parts: readonly (readonly [name: string, run: () => Promise<Result[]>])[] = [
    ['reference', referenceTables],
    ['two-way', () => againstOptimum('two-way 6 × 5', (seed) => madeUpTwoWay(seed, 6, 5))],
    [
      'hierarchical',
      () =>
        againstOptimum('hierarchical 9 counties × 4', (seed) =>
          madeUpState(seed, { counties: 9, regions: 3, ages: 4, genders: 1, largest: 150 }),
        ),
    ],
    ['test', () => releaseOf('test')],
    ['demo', () => releaseOf('demo')],
    ['release', () => timed(`release of ${cells} cells`, blocks(cells), 1800 * (cells / 10_000))],
  ];
  const only = process.env.PROTECT_ONLY?.split(',');
  const results: Result[] = [];
  for (const [name, part] of parts)
    if (only === undefined || only.includes(name)) results.push(...(await part()));
  return results;
};

/** Linked tables of 1,424 cells each, as many as make up the release. */
function blocks(cells: number): MadeUpTable[] {
  return Array.from({ length: Math.ceil(cells / 1424) }, (_, at) =>
    madeUpState(1000 + at, { counties: 80, regions: 8, ages: 3, genders: 3 }, `year ${at}: `),
  );
}

async function againstOptimum(what: string, make: (seed: number) => MadeUpTable): Promise<Result[]> {
  const ratios: number[] = [];
  let seeds = 0;
  for (let seed = 1; seed <= 25; seed++) {
    const table = readTable(make(seed));
    const order = { policy: ddg, cost: 'values', intervals: false } as const;
    const best = await protect(table, { ...order, effort: { exactCells: 1000 } });
    if (best.refused || best.cost === 0) continue;
    seeds++;
    if (!best.optimal) continue;
    const quick = await safe(table, { ...order, effort: { exactCells: 0 } });
    ratios.push(quick.cost / best.cost);
  }
  const unit = `of ${ratios.length} tables whose optimum was proved, of ${seeds}`;
  const middle = median(ratios);
  return [
    bar({ what: `${what}: heuristic / optimum, median`, value: middle, unit }, 'at most 1.2', middle <= 1.2),
    { what: `${what}: heuristic / optimum, worst`, value: Math.max(...ratios), unit },
  ];
}

/**
 * The release that the first start makes of the made-up state, from the candidate to the proof; its bar is two minutes. One of
 * a few hundred young people, of whom next to nothing can be shown, has to end as well.
 */
async function releaseOf(size: 'test' | 'demo'): Promise<Result[]> {
  const candidate = await demoCandidate(size);
  const contracts = loadContracts();
  const { metrics } = contracts;
  const hierarchies = declaredHierarchies(contracts);
  const due = { period: '2025', closedOn: '2025-12-31' };
  const figures = candidate.figures.filter(({ period }) => isHeld(period, due));
  const began = performance.now();
  const before = process.cpuUsage();
  const plan = await planRelease({
    figures,
    metrics,
    hierarchies,
    policy: ddg,
    earlier: [],
  });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (plan.refused) throw new Error(plan.reason);
  const { certificate, isHidden, leftOut } = plan;
  const hidden = certificate.hidden.length;
  const unit = `s, ${((user + system) / 1e6).toFixed(0)} of the processor, ${figures.length} figures, ${hidden} numbers not shown, ${certificate.tables.length} tables prove it`;
  const catalogue = { metrics, hierarchies, threshold: ddg.threshold, leftOut: new Set<string>() };
  const seen = {
    all: linkedTables(figures, catalogue),
    isHidden,
    isLeftOut: ({ figure }: PlacedFigure) => leftOut.has(levelOf(figure)),
    zeros: certificate.zeros,
  };
  const { small, bounded } = await auditLeftOut(seen, [], ddg);
  return [
    bar({ what: `the release of the ${size} state`, value: seconds, unit }, 'under 120 s', seconds < 120),
    {
      what: `${size}: small counts of what it leaves out that margins may bound`,
      value: bounded.length,
      unit: `of ${small}`,
    },
  ];
}

async function timed(what: string, tables: readonly MadeUpTable[], most: number): Promise<Result[]> {
  const table = readTable(together(tables));
  const before = process.memoryUsage.rss();
  const { primary, complementary, seconds, processor } = await safe(table, {
    policy: ddg,
    cost: 'values',
    intervals: false,
    effort: { threads: 2 },
  });
  // At its highest, threads and solvers included.
  const more = process.resourceUsage().maxRSS / 2 ** 10 - before / 2 ** 20;
  const unit = `s, ${processor.toFixed(0)} of the processor, ${table.cells.length} cells, ${primary.size + complementary.length} hidden`;
  return [
    bar({ what, value: seconds, unit }, `under ${most / 60} min`, seconds < most),
    bar({ what: `${what}: memory`, value: more, unit: 'MiB more' }, 'under 1 GiB', more < 1024),
  ];
}
