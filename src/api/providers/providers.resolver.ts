import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { loadContracts } from '../../contracts/contracts.ts';
import { assetMap } from '../../providers/asset-map.ts';
import { directoryFields } from '../../providers/checked-program.ts';
import { directory } from '../../providers/directory.ts';
import { capacitiesOf, earlierOf } from '../../providers/past.ts';
import { type Situation, search } from '../../providers/search.ts';
import { todayText } from '../../providers/stale.ts';
import { offeredBy } from '../../register/content.ts';
import { type Connection, PageArgs, pageOfNamed } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { RegisterFieldType } from '../register/register.type.ts';
import { programAnswer } from './program-answer.ts';
import {
  AssetMapType,
  CapacityType,
  EarlierProgramType,
  MatchConnection,
  type MatchType,
  ProgramType,
  SituationArgs,
} from './providers.type.ts';

@Resolver(() => ProgramType)
export class ProvidersResolver {
  @Query(() => [RegisterFieldType], { description: wordsOf('programFields') })
  programFields(): RegisterFieldType[] {
    const contracts = loadContracts();
    return directoryFields(contracts).map((field) => ({
      ...field,
      choices: [...(offeredBy(contracts, field) ?? [])].map(([value, label]) => ({ value, label })),
    }));
  }

  @Query(() => MatchConnection, { description: wordsOf('providers') })
  async providers(
    @Args(() => SituationArgs) asked: SituationArgs,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<Connection<MatchType>> {
    const { programs } = await directory(database);
    const found = search(programs, situationOf(asked), todayText());
    const matches = pageOfNamed(found, page, ({ program }) => program.id);
    return {
      ...matches,
      nodes: matches.nodes.map(({ program, serves, free, miles }) => ({
        program: programAnswer(program, permission),
        serves,
        free: free ?? null,
        miles: miles === undefined ? null : Math.round(miles * 10) / 10,
      })),
    };
  }

  @Query(() => AssetMapType, { description: wordsOf('assetMap') })
  async assetMap(
    @Arg('need', () => String, { nullable: true, description: 'Only programs that answer this need.' })
    need: string | null,
    @Ctx() { database }: PermittedContext,
  ): Promise<AssetMapType> {
    const { programs } = await directory(database);
    return assetMap(loadContracts(), programs, need ?? undefined);
  }

  @FieldResolver(() => [CapacityType], { description: 'Its places by month, newest first.' })
  async capacity(
    @Root() program: ProgramType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<CapacityType[]> {
    return loaders
      .of<string, CapacityType>(
        'capacity',
        program.permission,
        (ids) => capacitiesOf(database, ids),
        (row) => row.programId,
      )
      .load(program.id);
  }

  @FieldResolver(() => [EarlierProgramType], { description: 'Its earlier versions, newest first.' })
  async history(
    @Root() program: ProgramType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<EarlierProgramType[]> {
    return loaders
      .of<string, EarlierProgramType>(
        'history',
        program.permission,
        (ids) => earlierOf(database, ids),
        (row) => row.programId,
      )
      .load(program.id);
  }
}

function situationOf(asked: SituationArgs): Situation {
  return {
    county: asked.near ?? undefined,
    needs: asked.need,
    age: asked.age ?? undefined,
    gender: asked.gender ?? undefined,
    system: asked.system ?? undefined,
    language: asked.language ?? undefined,
    pregnantParenting: asked.pregnantParenting ?? undefined,
    kind: asked.kind ?? undefined,
    free: asked.free ?? undefined,
    words: asked.words ?? undefined,
  };
}
