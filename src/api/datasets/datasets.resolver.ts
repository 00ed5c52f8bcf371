import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import type { DatasetRequest } from '../../datasets/request.ts';
import { bundlesOf, givenDatasets, requestsSeen, stepsOf } from '../../datasets/requests-seen.ts';
import { waitedFor } from '../../datasets/review-workflow.ts';
import { previewTables } from '../../datasets/table-preview.ts';
import { valuesOf } from '../../register/field-values.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import {
  DatasetBundleType,
  DatasetRequestConnection,
  DatasetRequestType,
  DatasetStepType,
  DatasetTableType,
  DatasetType,
} from './datasets.type.ts';

const MOST = 500;

@Resolver(() => DatasetRequestType)
export class DatasetsResolver {
  @Query(() => [DatasetType], { description: wordsOf('datasets') })
  async datasets(@Ctx() { database }: PermittedContext): Promise<DatasetType[]> {
    return [...(await givenDatasets(database, MOST))];
  }

  @Query(() => [DatasetTableType], { description: wordsOf('datasetTables') })
  async datasetTables(@Ctx() context: PermittedContext): Promise<DatasetTableType[]> {
    const { release, tables } = await previewTables(context.database, loadContracts());
    if (release !== undefined) context.reads(release.number);
    return [...tables];
  }

  @Query(() => DatasetRequestConnection, { description: wordsOf('requests') })
  async requests(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
  ): Promise<Connection<DatasetRequestType>> {
    const page = pageOf(args);
    const rows = await requestsSeen(database, permission.claims, { after: uuidKey(page), most: page.most });
    return connection(
      rows.map((request) => requestFor(permission, request)),
      page,
      (row) => row.id,
    );
  }

  @FieldResolver(() => [DatasetStepType], { description: 'What happened to it, in order.' })
  async steps(@Root() root: DatasetRequestType, @Ctx() context: ApiContext): Promise<DatasetStepType[]> {
    return stepsFor(root, context);
  }

  @FieldResolver(() => [String])
  async waitsFor(@Root() root: DatasetRequestType, @Ctx() context: ApiContext): Promise<readonly string[]> {
    if (root.state !== 'submitted' && root.state !== 'in_review') return [];
    return waitedFor(await stepsFor(root, context));
  }

  @FieldResolver(() => [DatasetBundleType], { description: 'What was given under it, the newest first.' })
  async bundles(
    @Root() { id, permission }: DatasetRequestType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<DatasetBundleType[]> {
    const byRequest = loaders.of(
      'dataset bundles',
      permission,
      (requests: readonly string[]) => bundlesOf(database, permission.claims, requests),
      ({ request }) => request,
    );
    return byRequest.load(id);
  }
}

function stepsFor({ id, permission }: DatasetRequestType, { database, loaders }: ApiContext) {
  const byRequest = loaders.of(
    'dataset steps',
    permission,
    (requests: readonly string[]) => stepsOf(database, permission.claims, requests),
    ({ request }) => request,
  );
  return byRequest.load(id);
}

export function requestFor(permission: Permission, request: DatasetRequest): DatasetRequestType {
  const { id, county, state, version, content, tables, proposals, dueOn, openedAt } = request;
  const contracts = loadContracts();
  return {
    id,
    county: county === 'state' ? null : county,
    state,
    version,
    fields: valuesOf(contracts, contracts.datasets.fields, content),
    tables,
    proposals,
    dueOn,
    waitsFor: [],
    openedAt,
    asked: request,
    permission,
  };
}
