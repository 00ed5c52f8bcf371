/** Everything that the gap analysis of a place rests on, read together. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { countiesIn } from '../asset-map.ts';
import { directory } from '../directory.ts';
import type { Program } from '../program.ts';
import { countyDemand, demandByCounty } from './county-demand.ts';
import type { Demand } from './demand.ts';
import { enrolled } from './enrolled.ts';
import { type Asked, type CountyShort, gapMatrix, type NeedGap, shortByCounty } from './gap-matrix.ts';
import { type MonthOfPlaces, placesOverTime } from './over-time.ts';
import { stateDemand } from './state-demand.ts';
import { targets } from './targets.ts';

export interface Gaps {
  readonly needs: readonly NeedGap[];
  readonly demand: Demand;
  readonly programs: readonly Program[];
  readonly overTime: readonly MonthOfPlaces[];
  /** Young people enrolled in school there; undefined where the release does not say. */
  readonly enrolled: number | undefined;
  /** Where most is missing; empty where one county was asked about. */
  readonly short: readonly CountyShort[];
}

export async function resourceGaps(source: DataSource, contracts: Contracts, asked: Asked): Promise<Gaps> {
  const [{ programs }, demand, wanted, pupils, unmet] = await Promise.all([
    directory(source),
    demandOf(source, contracts, asked),
    targets(source),
    enrolled(source, contracts),
    asked.county === undefined ? demandByCounty(source, contracts) : undefined,
  ]);
  return {
    needs: gapMatrix(contracts, programs, wanted, demand, asked),
    demand,
    programs,
    overTime: await placesOverTime(source, programs, wanted, asked.county),
    enrolled: pupils.get(asked.county ?? 'all'),
    short:
      asked.county === undefined
        ? shortByCounty(
            contracts,
            programs,
            wanted,
            countiesIn(contracts).map(({ code }) => code),
            unmet,
          )
        : [],
  };
}

/** Of the state, or of a county with what wider places show beside it. */
async function demandOf(
  source: DataSource,
  contracts: Contracts,
  { county, twin = false }: Asked,
): Promise<Demand> {
  const state = await stateDemand(source, contracts);
  return county === undefined ? state : countyDemand(source, contracts, state, county, twin);
}
