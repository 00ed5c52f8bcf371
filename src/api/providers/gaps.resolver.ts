import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { loadContracts } from '../../contracts/contracts.ts';
import type { StandIn } from '../../providers/gaps/demand.ts';
import { supplyOf } from '../../providers/gaps/gap-matrix.ts';
import { resourceGaps } from '../../providers/gaps/gaps.ts';
import type { Told } from '../../providers/gaps/told.ts';
import { countiesOf } from '../../providers/program.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { CountyScalar } from '../scalars.ts';
import { ResourceGapsType, type StandInType, type ToldType, WhatIfInput } from './gaps.type.ts';

@Resolver()
export class GapsOfResourcesResolver {
  @Query(() => ResourceGapsType, { description: wordsOf('resourceGaps') })
  async resourceGaps(
    @Arg('county', () => CountyScalar, { nullable: true, description: 'One county; the state, if none.' })
    county: string | null,
    @Arg('gender', () => String, { nullable: true, description: 'Only programs that take this gender.' })
    gender: string | null,
    @Arg('age', () => Int, { nullable: true, description: 'Only programs that take this age.' })
    age: number | null,
    @Arg('system', () => String, { nullable: true, description: 'Only programs that take from this system.' })
    system: string | null,
    @Arg('language', () => String, { nullable: true, description: 'Only programs that speak it.' })
    language: string | null,
    @Arg('whatIf', () => WhatIfInput, { nullable: true, description: 'Supply that is thought of.' })
    whatIf: WhatIfInput | null,
    @Ctx() context: PermittedContext,
  ): Promise<ResourceGapsType> {
    const found = await resourceGaps(context.database, loadContracts(), {
      county: county ?? undefined,
      for: {
        age: age ?? undefined,
        gender: gender ?? undefined,
        system: system ?? undefined,
        language: language ?? undefined,
      },
      whatIf: whatIf ?? undefined,
    });
    if (found.demand.release !== undefined) context.reads(found.demand.release);
    const there = supplyOf(
      found.programs.filter(({ place }) => county === null || countiesOf(place).includes(county)),
    );
    return {
      period: found.demand.period ?? null,
      release: found.demand.release ?? null,
      placesPerThousand:
        found.enrolled === undefined ? null : Math.round((there.places / found.enrolled) * 100_000) / 100,
      needs: found.needs.map(({ supply, target, demand, beside, sufficiency, ...gap }) => ({
        ...gap,
        ...supply,
        found: toldType(demand?.found),
        unmet: toldType(demand?.unmet),
        late: toldType(demand?.late),
        foundAround: standInType(beside.found),
        unmetAround: standInType(beside.unmet),
        lateAround: standInType(beside.late),
        targetPrograms: target?.programs ?? null,
        targetPlaces: target?.places ?? null,
        sufficiency: sufficiency ?? null,
        nearestMiles: gap.nearest === undefined ? null : Math.round(gap.nearest),
      })),
    };
  }
}

function toldType(told: Told | undefined): ToldType {
  return {
    status: told?.status ?? 'not_available',
    value: told !== undefined && 'value' in told ? told.value : null,
  };
}

function standInType(standIn: StandIn | undefined): StandInType | null {
  return standIn === undefined ? null : { of: standIn.of, figure: toldType(standIn.told) };
}
