import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { areasOf } from './areas.ts';
import type { Demand, NeedDemand } from './demand.ts';
import { type Told, toldOf, toldTable, valueOf } from './told.ts';

/** Of the whole state: every branch, need by need. */
export async function stateDemand(source: DataSource, contracts: Contracts): Promise<Demand> {
  const [steps, within] = await Promise.all([
    toldTable(source, contracts, { metric: 'needs_by_step', by: ['area', 'step'], kind: 'year' }),
    toldTable(source, contracts, { metric: 'served_within_30_days', by: ['area'], kind: 'year' }),
  ]);
  const of = (members: Readonly<Record<string, string>>): NeedDemand => ({
    found: toldOf(steps, { ...members, step: 'found' }),
    unmet: toldOf(steps, { ...members, step: 'unmet' }),
    late: lateOf(toldOf(within, members)),
  });
  const byArea = new Map(areasOf(contracts).map((area) => [area, of({ area })]));
  return {
    release: (steps ?? within)?.release,
    period: (steps ?? within)?.period,
    byArea,
    all: of({}),
    beside: new Map(),
    notByCounty: new Set(),
    weight: new Map([...byArea].map(([area, { unmet }]) => [area, valueOf(unmet) ?? -1])),
    twin: false,
  };
}

function lateOf(began: Told): Told {
  if (!('value' in began)) return began;
  return { status: began.status, value: Math.round((1 - began.value) * 1000) / 10 };
}
