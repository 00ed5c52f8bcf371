/** The fixed pictures of the console, from the statewide figures of a release. */
import { type Cell, isKnown } from '../../../../reports/charts/cell.ts';
import type { Headline, Pictures } from '../../../../web/pictures.ts';
import type { MetricSummary } from '../../../../web/released-table.ts';
import { estimatePictures } from './estimate-pictures.ts';
import { groupFigures, pictureOf } from './group-figures.ts';
import { byMember, inGroups, type Statewide, tableAddress, totalOf } from './statewide.ts';

export function picturesOf(all: Statewide, changed: readonly string[]): Pictures {
  const [combined, ordered] = [withDimension(all, 'system_combination'), withDimension(all, 'system_order')];
  const steps = inGroups(all, ['cascade']).find(({ breakdowns }) => breakdowns.includes('step'));
  const drawn = (used: readonly (Found | undefined)[]): Set<string> =>
    new Set(used.flatMap((one) => (one === undefined ? [] : [one.metric.id])));
  return {
    headlines: headlinesOf(all),
    changed,
    combinations: combined && pictureOf(all, combined.metric, combined.by, upsetOf(all, combined)),
    flows: ordered && pictureOf(all, ordered.metric, ordered.by, flowOf(all, ordered)),
    crossover: groupFigures(all, ['crossover'], drawn([combined, ordered])),
    prevalence: estimatePictures(all),
    funnel: steps && pictureOf(all, steps, 'step', byMember(all, steps, 'step')),
    cascade: groupFigures(all, ['cascade'], new Set(steps === undefined ? [] : [steps.id])),
    clocks: groupFigures(all, ['clocks']),
    gaps: groupFigures(all, ['services', 'gaps', 'needs']),
  };
}

interface Found {
  readonly metric: MetricSummary;
  readonly by: string;
}

/** A metric that is told by a code list, whatever it and its dimension are called. */
function withDimension(all: Statewide, list: string): Found | undefined {
  for (const metric of inGroups(all, ['crossover'])) {
    const dimensions = all.contracts.metrics.get(metric.id)?.dimensions ?? new Map<string, string>();
    const by = metric.breakdowns.find((dimension) => dimensions.get(dimension) === list);
    if (by !== undefined) return { metric, by };
  }
  return undefined;
}

const HEADLINE_GROUPS = ['identified', 'crossover', 'clocks', 'services', 'cascade', 'missing'];
const HEADLINES = 4;

/**
 * One figure of each of the first groups that have one, and then a second of each: the one that a group is named for
 * before all others, and those that are shown before those that are hidden.
 */
function headlinesOf(all: Statewide): readonly Headline[] {
  const rankIn = (group: string, metric: MetricSummary): number => {
    const total = totalOf(all, metric);
    return metric.id === group ? 0 : total !== undefined && isKnown(total) ? 1 : 2;
  };
  const byGroup = HEADLINE_GROUPS.map((group) =>
    inGroups(all, [group])
      .filter((metric) => totalOf(all, metric) !== undefined)
      .toSorted((a, b) => rankIn(group, a) - rankIn(group, b)),
  );
  const inTurn = [0, 1, 2, 3].flatMap((turn) => byGroup.flatMap((metrics) => metrics[turn] ?? []));
  return inTurn.slice(0, HEADLINES).map((metric) => headlineOf(all, metric));
}

function headlineOf(all: Statewide, metric: MetricSummary): Headline {
  const { period, before } = all;
  return {
    label: `${metric.title}, ${period}`,
    unit: metric.unit,
    cell: totalOf(all, metric) ?? { status: 'not_available' },
    takeaway: comparedWith(all, before, before === undefined ? undefined : totalOf(all, metric, before)),
    href: tableAddress(metric, 'each'),
  };
}

function comparedWith({ say }: Statewide, before: string | undefined, cell: Cell | undefined): string {
  if (before === undefined || cell === undefined || !isKnown(cell)) return say('says.no_earlier');
  return say('says.earlier', { period: before, value: Math.round(cell.value * 10) / 10 });
}

/** Combinations by how many systems are in them, never by size; each system has its own margin where it is told. */
function upsetOf(all: Statewide, { metric, by }: Found) {
  const members = byMember(all, metric, by);
  const singles = members.filter(({ member }) => !member.includes('+') && member !== 'none');
  const codes = [...new Set(members.flatMap(({ member }) => (member === 'none' ? [] : member.split('+'))))];
  return {
    sets: codes.map((code) => ({
      label: singles.find(({ member }) => member === code)?.label ?? code,
      // How many a system knows in all would be a figure of its own, and is never added up here.
      cell: { status: 'not_available' } as const,
    })),
    combinations: members
      .filter(({ member }) => member !== 'none')
      .map(({ member, cell }) => ({ of: member.split('+').map((code) => codes.indexOf(code)), cell }))
      .toSorted((a, b) => a.of.length - b.of.length),
  };
}

function flowOf(all: Statewide, { metric, by }: Found) {
  const members = byMember(all, metric, by).filter(({ member }) => member.includes('>'));
  const names = new Map(
    members.map(({ member, label }) => [member.split('>')[0] ?? '', label.split(', then ')[0] ?? member]),
  );
  const codes = [...new Set(members.flatMap(({ member }) => member.split('>')))];
  const words = codes.map((code) => names.get(code) ?? code);
  return {
    from: words,
    to: words,
    fromWords: all.say('crossover.first'),
    toWords: all.say('crossover.then'),
    flows: members.map(({ member, cell }) => {
      const [from = '', to = ''] = member.split('>');
      return { from: codes.indexOf(from), to: codes.indexOf(to), cell };
    }),
  };
}
