import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Permission } from '../../access/permit.ts';
import { Refused } from '../../errors.ts';
import type { ReportKind as Kind, ReportEdition } from '../../reports/edition.ts';
import { editionsSeen, filesOf, stepsOf } from '../../reports/editions-seen.ts';
import { type Connection, connection, PageArgs, pageOf, uuidKey } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { ReportKind, wordsOf } from '../enums.ts';
import {
  ReportEditionConnection,
  ReportEditionType,
  ReportFileType,
  ReportStepType,
} from './reports.type.ts';

@Resolver(() => ReportEditionType)
export class ReportsResolver {
  @Query(() => ReportEditionConnection, { description: wordsOf('reports') })
  async reports(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { database, permission }: PermittedContext,
    @Arg('place', () => String, { nullable: true, description: 'A county by its FIPS code, or `state`.' })
    place?: string | null,
    @Arg('report', () => ReportKind, { nullable: true, description: 'One report.' }) report?: Kind | null,
    @Arg('year', () => String, { nullable: true, description: 'One year.' }) year?: string | null,
  ): Promise<Connection<ReportEditionType>> {
    const page = pageOf(args);
    if (place && !/^(\d{5}|state)$/.test(place))
      throw new Refused('PLACE', 'A place is a county by its FIPS code, such as 06037, or `state`.');
    const rows = await editionsSeen(database, permission.claims, {
      county: place,
      report,
      year,
      after: uuidKey(page),
      most: page.most,
    });
    return connection(
      rows.map((edition) => editionFor(permission, edition)),
      page,
      (row) => row.id,
    );
  }

  @FieldResolver(() => [ReportFileType], { description: 'Its files; none before it was put to review.' })
  async files(
    @Root() { id, permission }: ReportEditionType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<ReportFileType[]> {
    const byEdition = loaders.of(
      'report files',
      permission,
      (editions: readonly string[]) => filesOf(database, permission.claims, editions),
      ({ edition }) => edition,
    );
    return (await byEdition.load(id)).map((file) => ({ ...file, address: `/reports/${id}/${file.name}` }));
  }

  @FieldResolver(() => [ReportStepType], {
    description: 'What happened to it, in order; for those who work on it.',
  })
  async steps(
    @Root() { id, permission }: ReportEditionType,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<ReportStepType[]> {
    const byEdition = loaders.of(
      'report steps',
      permission,
      (editions: readonly string[]) => stepsOf(database, permission.claims, editions),
      ({ edition }) => edition,
    );
    return byEdition.load(id);
  }
}

export function editionFor(permission: Permission, edition: ReportEdition): ReportEditionType {
  return { ...edition, county: edition.county === 'state' ? null : edition.county, permission };
}
