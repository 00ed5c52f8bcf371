import { Ctx, Query, Resolver } from 'type-graphql';
import { standing } from '../../disclosure/standing.ts';
import { version } from '../../package-root.ts';
import type { ApiContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { HubType } from './hub.type.ts';

@Resolver(() => HubType)
export class HubResolver {
  @Query(() => HubType, { description: wordsOf('hub') })
  async hub(@Ctx() context: ApiContext): Promise<HubType> {
    const { current, madeUp } = await standing(context.database);
    return { version, release: current?.number ?? null, madeUp };
  }
}
