import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import { transaction } from '../../db/transaction.ts';
import { type FeedQuality, qualityOf } from '../../deliveries/quality.ts';
import { Refused } from '../../errors.ts';
import { type Connection, PageArgs, pageOfNamed } from '../connection.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { countFor } from '../operations/operations.type.ts';
import { FeedConnection, FeedDeliveryType, FeedType, trended } from './data-quality.type.ts';

const MOST_DELIVERIES = 60;

@Resolver(() => FeedType)
export class DataQualityResolver {
  @Query(() => FeedConnection, { description: wordsOf('dataQuality') })
  async dataQuality(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
    @Arg('agency', () => String, { nullable: true, description: 'One agency.' }) agency?: string | null,
  ): Promise<Connection<FeedType>> {
    const feeds = await transaction(
      database,
      ({ manager }) => qualityOf(manager, agency ?? undefined, 'counts'),
      permission.claims,
    );
    return pageOfNamed(
      feeds.map((feed) => feedFor(permission, feed)),
      page,
      ({ agency: of, record, kind }) => `${of} ${record} ${kind}`,
    );
  }

  @FieldResolver(() => [FeedDeliveryType], { description: 'Its newest deliveries, oldest first.' })
  deliveries(
    @Root() { source, permission }: FeedType,
    @Arg('last', () => Int, { defaultValue: 5, description: `How many, from 1 to ${MOST_DELIVERIES}.` })
    last: number,
  ): FeedDeliveryType[] {
    if (last < 1 || last > MOST_DELIVERIES)
      throw new Refused('PAGE_SIZE', `\`last\` is a number from 1 to ${MOST_DELIVERIES}.`);
    return source.deliveries.slice(-last).map((delivery) => ({
      delivery: delivery.delivery,
      asOf: delivery.asOf,
      rows: trended(permission, delivery.rows),
      accepted: countFor(permission, delivery.accepted),
      rejected: countFor(permission, delivery.rejected),
      quarantined: countFor(permission, delivery.quarantined),
      rejectedShare: permission.exact ? delivery.rejectedShare.value : null,
      usualRejectedShare: permission.exact ? delivery.rejectedShare.usual : null,
    }));
  }
}

function feedFor(permission: Permission, source: FeedQuality): FeedType {
  const { agency, record, kind, rules } = source;
  return {
    permission,
    source,
    agency,
    record,
    kind,
    rules: rules.flatMap(({ rule, severity, series }) => {
      const newest = series.at(-1);
      return newest === undefined ? [] : [{ rule, severity, rows: trended(permission, newest) }];
    }),
  };
}
