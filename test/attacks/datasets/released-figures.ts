/** What everybody may read of a made-up year, protected as any release is: in the tables that the catalogue declares. */
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric } from '../../../src/contracts/metric.ts';
import { MADE_FROM } from '../../../src/datasets/synthetic/synthetic-people.ts';
import type { CandidateFigure } from '../../../src/disclosure/catalogue/candidate.ts';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { planRelease } from '../../../src/disclosure/release/plan-release.ts';
import { publicFigures, type ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { type MadeUpPerson, MEMBERS } from './made-up-people.ts';

export const YEAR = '2024';

export async function releasedFigures(
  people: readonly MadeUpPerson[],
  metrics: readonly string[] = MADE_FROM,
): Promise<readonly ReleaseFigure[]> {
  const declared = new Map(metrics.map((id) => [id, loadContracts().metrics.get(id) as Metric] as const));
  const figures = [...declared.values()].flatMap((metric) => exactFigures(metric, people));
  const plan = await planRelease({
    figures,
    metrics: declared,
    hierarchies: [],
    policy: namedPolicy('calhhs-ddg-2'),
    earlier: [],
    // Little is spent on looking for fewer blanks: what is owed does not depend on it.
    effort: { improve: 3000, exactCells: 0 },
  });
  if (plan.refused) throw new Error(plan.reason);
  return publicFigures(plan.linked.placed, plan.isHidden, undefined, plan.leftOut);
}

/** The public tables of a metric as counted, with every margin; of others than the first those of the state, as the file needs them. */
function exactFigures(metric: Metric, people: readonly MadeUpPerson[]): CandidateFigure[] {
  const share = metric.id === 'agencies_differ';
  return metric.tables
    .filter(
      ({ by, publish }) => publish === 'public' && (metric.id === 'identified' || !by.includes('county')),
    )
    .flatMap(({ by, name }) =>
      combinations(by.map((dimension) => [...MEMBERS[dimension as keyof typeof MEMBERS], 'all'])).map(
        (chosen): CandidateFigure => {
          const dims = Object.fromEntries(by.map((dimension, at) => [dimension, chosen[at] ?? 'all']));
          const inside = people.filter((one) => isIn(one, dims));
          const met = inside.filter(({ agree }) => !agree).length;
          const none = share && inside.length === 0;
          return {
            metric: metric.id,
            version: metric.version,
            tbl: name,
            period: YEAR,
            cell:
              by.length === 0 ? 'all' : by.map((dimension) => `${dimension}=${dims[dimension]}`).join('|'),
            dims,
            numerator: none ? null : share ? met : inside.length,
            denominator: share && !none ? inside.length : null,
            value: none ? null : share ? met / inside.length : inside.length,
            lower: null,
            upper: null,
            status: none ? 'not_available' : 'counted',
            reason: none ? 'the denominator is zero' : null,
          };
        },
      ),
    );
}

function isIn(one: MadeUpPerson, dims: Readonly<Record<string, string>>): boolean {
  return Object.entries(dims).every(([name, member]) =>
    member === 'all'
      ? true
      : name === 'system'
        ? one.systems.includes(member)
        : one[name as 'county'] === member,
  );
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (so, list) => so.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
}
