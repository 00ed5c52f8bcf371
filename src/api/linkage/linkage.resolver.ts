import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { nothingHere } from '../../access/permit.ts';
import { type Connection, PageArgs, pageOfNamed } from '../connection.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { signedIn } from '../idempotency.ts';
import { countFor } from '../operations/operations.type.ts';
import { LinkageQualityType, ReviewPairConnection, ReviewPairType } from './linkage.type.ts';

@Resolver()
export class LinkageResolver {
  @Query(() => LinkageQualityType, { nullable: true, description: wordsOf('linkageQuality') })
  async linkageQuality(@Ctx() { linkage, permission }: PermittedContext): Promise<LinkageQualityType | null> {
    const found = await linkage.quality(permission);
    if (found === undefined) return null;
    return {
      ...found,
      records: countFor(permission, found.records),
      persons: countFor(permission, found.persons),
      reviewed: found.reviewed.pairs === 0 ? null : found.reviewed,
      thresholds: found.thresholds.map((one) => ({ ...one, links: countFor(permission, one.links) })),
    };
  }

  @Query(() => ReviewPairConnection, { description: wordsOf('reviewQueue') })
  async reviewQueue(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { linkage, permission }: PermittedContext,
  ): Promise<Connection<ReviewPairType>> {
    return pageOfNamed(await linkage.queue(permission), page, ({ pair }) => pair);
  }

  /** Each steward speaks under the name of their account; the same word again changes nothing. */
  @Mutation(() => ReviewPairType, { description: wordsOf('decideReviewPair') })
  async decideReviewPair(
    @Arg('pair', () => ID, { description: 'The pair.' }) pair: string,
    @Arg('same', () => Boolean, { description: 'Whether the two records are one person.' }) same: boolean,
    @Ctx() { linkage, permission, reader }: PermittedContext,
  ): Promise<ReviewPairType> {
    signedIn(reader);
    const { name } = reader;
    if (name === null) throw nothingHere();
    await linkage.decide(permission, pair, { same, by: name });
    const found = (await linkage.queue(permission)).find((one) => one.pair === pair);
    if (found === undefined) throw nothingHere();
    return found;
  }
}
