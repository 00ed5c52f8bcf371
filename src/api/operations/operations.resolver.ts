import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { deliveriesSeen, type FileSeen, filesOf } from '../../deliveries/deliveries-seen.ts';
import { refusalsSeen } from '../../deliveries/refusals.ts';
import { runsSeen, type StageSeen, stagesOf } from '../../runs/runs-seen.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { CountyScalar } from '../scalars.ts';
import {
  countFor,
  DeliveryConnection,
  DeliveryFileType,
  DeliveryType,
  RefusedDeliveryConnection,
  type RefusedDeliveryType,
  RunConnection,
  RunType,
  StageType,
} from './operations.type.ts';

@Resolver(() => RunType)
export class RunsResolver {
  @Query(() => RunConnection, { description: wordsOf('runs') })
  async runs(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<Connection<RunType>> {
    const page = pageOf(args);
    const rows = await runsSeen(database, permission.claims, { most: page.most, after: uuidKey(page) });
    return connection(
      rows.map((run) => ({ ...run, permission })),
      page,
      (row) => row.id,
    );
  }

  @FieldResolver(() => [StageType], { description: 'Its stages, in order.' })
  async stages(
    @Root() { id, permission }: RunType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<StageType[]> {
    const byRun = loaders.of<string, StageSeen>(
      'stages',
      permission,
      (runs) => stagesOf(database, permission.claims, runs),
      (stage) => stage.run,
    );
    return (await byRun.load(id)).map((stage) => ({
      ...stage,
      rowsIn: countFor(permission, stage.rowsIn),
      accepted: countFor(permission, stage.accepted),
      rejected: countFor(permission, stage.rejected),
    }));
  }
}

@Resolver(() => DeliveryType)
export class DeliveriesResolver {
  @Query(() => DeliveryConnection, { description: wordsOf('deliveries') })
  async deliveries(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
    @Arg('agency', () => String, { nullable: true, description: 'One agency.' }) agency?: string | null,
    @Arg('county', () => CountyScalar, { nullable: true, description: 'Agencies of one county.' }) county?:
      | string
      | null,
  ): Promise<Connection<DeliveryType>> {
    const page = pageOf(args);
    const after = page.after !== undefined && /^\d{1,18}$/.test(page.after) ? page.after : undefined;
    const rows = await deliveriesSeen(database, permission.claims, {
      agency,
      county,
      after,
      most: page.most,
    });
    return connection(
      rows.map((delivery) => ({ ...delivery, permission })),
      page,
      (row) => row.key,
    );
  }

  @Query(() => RefusedDeliveryConnection, { description: wordsOf('refusedDeliveries') })
  async refusedDeliveries(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
    @Arg('agency', () => String, { nullable: true, description: 'One agency.' }) agency?: string | null,
  ): Promise<Connection<RefusedDeliveryType>> {
    const page = pageOf(args);
    const after = page.after !== undefined && /^\d{1,18}$/.test(page.after) ? page.after : undefined;
    const rows = await refusalsSeen(database, permission.claims, { agency, after, most: page.most });
    return connection(
      rows.map((row) => ({ ...row, words: permission.exact ? row.words : null, permission })),
      page,
      (row) => row.key,
    );
  }

  @FieldResolver(() => [DeliveryFileType], { description: 'Its files.' })
  async files(
    @Root() { key, permission }: DeliveryType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<DeliveryFileType[]> {
    const byDelivery = loaders.of<string, FileSeen>(
      'files',
      permission,
      (deliveries) => filesOf(database, permission.claims, deliveries),
      (file) => file.delivery,
    );
    return (await byDelivery.load(key)).map((file) => ({
      ...file,
      rows: countFor(permission, file.rows),
      accepted: countFor(permission, file.accepted),
      rejected: countFor(permission, file.rejected),
      quarantined: countFor(permission, file.quarantined),
    }));
  }
}
