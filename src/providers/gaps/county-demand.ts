/**
 * Of a county, in the years that are pooled for it; where it is hidden, or told of no county, what the region or the state
 * shows stands beside it.
 */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { regionsOf } from '../../contracts/regions.ts';
import type { County } from '../program.ts';
import { areasNotByCounty, areasOf } from './areas.ts';
import type { Demand, NeedDemand, StandIn, StandIns } from './demand.ts';
import { ABSENT, type Told, type ToldTable, toldOf, toldTable, valueOf } from './told.ts';

const METRIC = { metric: 'needs_by_county', kind: 'three_years' } as const;

export async function countyDemand(
  source: DataSource,
  contracts: Contracts,
  state: Demand,
  county: County,
  twin: boolean,
): Promise<Demand> {
  const [own, regions] = await Promise.all([
    toldTable(source, contracts, {
      ...METRIC,
      by: ['county', 'area', 'answer'],
      county: twin ? county : undefined,
    }),
    toldTable(source, contracts, { ...METRIC, by: ['region', 'area', 'answer'] }),
  ]);
  return { ...withStandIns(contracts, state, own, regions, county), twin };
}

/** Of each county, all its branches together. */
export async function demandByCounty(
  source: DataSource,
  contracts: Contracts,
): Promise<ReadonlyMap<County, NeedDemand>> {
  const table = await toldTable(source, contracts, { ...METRIC, by: ['county', 'area', 'answer'] });
  const counties = new Set((table?.figures ?? []).flatMap(({ dims }) => dims['county'] ?? []));
  return new Map([...counties].map((county) => [county, demandIn(table, { county })]));
}

/** Of tables as they were read: pure. */
export function withStandIns(
  contracts: Contracts,
  state: Demand,
  own: ToldTable | undefined,
  regions: ToldTable | undefined,
  county: County,
): Demand {
  const region = regionsOf(contracts).get(county);
  const notByCounty = areasNotByCounty(contracts);
  const here = (area?: string): NeedDemand => demandIn(own, { county, ...(area && { area }) });
  const wider = [...(region === undefined ? [] : [region]), undefined].map((of) => ({
    of: of ?? 'state',
    at: (area?: string): NeedDemand =>
      demandIn(regions, { ...(of && { region: of }), ...(area && { area }) }),
  }));
  const stateOf = (area: string): NeedDemand | undefined => state.byArea.get(area);

  const areas = areasOf(contracts).map((area) => {
    const demand = here(area);
    const standIn = (measure: keyof NeedDemand): StandIn | undefined => {
      if (valueOf(demand[measure]) !== undefined) return undefined;
      const places = [
        ...(notByCounty.has(area) ? [] : wider.map(({ of, at }) => ({ of, told: at(area)[measure] }))),
        { of: 'state', told: stateOf(area)?.[measure] ?? ABSENT },
      ];
      return places.find(({ told }) => valueOf(told) !== undefined);
    };
    const standIns = {
      found: standIn('found'),
      unmet: standIn('unmet'),
      late: standIn('late'),
    };
    return { area, demand, standIns };
  });
  const ordinary = areas.filter(({ area }) => !notByCounty.has(area));
  const stateUnmet = sumOf(ordinary.map(({ area }) => stateOf(area)?.unmet ?? ABSENT));
  return {
    release: own?.release ?? regions?.release ?? state.release,
    period: own?.period ?? regions?.period ?? state.period,
    byArea: new Map(areas.map(({ area, demand }) => [area, demand])),
    all: here(),
    beside: new Map(areas.map(({ area, standIns }) => [area, present(standIns)])),
    notByCounty,
    weight: new Map(
      areas.map(({ area, demand }) => {
        const parts = [
          partOf(demand.unmet, valueOf(here().unmet)),
          ...wider.map(({ at }) => partOf(at(area).unmet, valueOf(at().unmet))),
          partOf(stateOf(area)?.unmet ?? ABSENT, stateUnmet),
        ];
        return [area, parts.find((part) => part !== undefined) ?? -1];
      }),
    ),
    twin: false,
  };
}

/** Of how many a need was found, and of how many one was unmet. */
function demandIn(table: ToldTable | undefined, members: Readonly<Record<string, string>>): NeedDemand {
  return {
    found: toldOf(table, members),
    unmet: toldOf(table, { ...members, answer: 'unmet' }),
    late: ABSENT,
  };
}

function partOf(told: Told, whole: number | undefined): number | undefined {
  const value = valueOf(told);
  return value === undefined || whole === undefined || whole === 0 ? undefined : value / whole;
}

/** Undefined as soon as one of them is not shown. */
function sumOf(all: readonly Told[]): number | undefined {
  return all.reduce<number | undefined>((sum, told) => {
    const value = valueOf(told);
    return sum === undefined || value === undefined ? undefined : sum + value;
  }, 0);
}

function present(standIns: Readonly<Record<keyof NeedDemand, StandIn | undefined>>): StandIns {
  return Object.fromEntries(Object.entries(standIns).filter(([, one]) => one !== undefined));
}
