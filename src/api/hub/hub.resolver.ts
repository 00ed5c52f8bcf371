import { Ctx, Query, Resolver } from 'type-graphql';
import { currentRelease } from '../../disclosure/current-release.ts';
import { version } from '../../package-root.ts';
import type { ApiContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { HubType } from './hub.type.ts';

@Resolver(() => HubType)
export class HubResolver {
  @Query(() => HubType, { description: wordsOf('hub') })
  async hub(@Ctx() context: ApiContext): Promise<HubType> {
    const release = await currentRelease(context.database);
    return { version, release: release?.number ?? null };
  }
}
