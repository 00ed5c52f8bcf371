import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { allReleases, oneRelease } from '../../disclosure/release/stored-releases.ts';
import { NotFound, Refused } from '../../errors.ts';
import { type Connection, PageArgs, pageOfNamed } from '../connection.ts';
import type { ApiContext, PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { CountyScalar } from '../scalars.ts';
import {
  CellConnection,
  type CellType,
  ComparisonType,
  CutArgs,
  PeriodArgs,
  ReleaseConnection,
  ReleaseType,
  TableType,
} from './figures.type.ts';
import { askedBy, cellOf, tableFor } from './table-answer.ts';

@Resolver(() => TableType)
export class FiguresResolver {
  @Query(() => TableType, { description: wordsOf('table') })
  table(
    @Arg('metric', () => String, { description: 'The id of a metric.' }) metric: string,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: PermittedContext,
  ): Promise<TableType> {
    return tableFor(context, askedBy(metric, args));
  }

  @Query(() => TableType, { description: wordsOf('countyTable') })
  countyTable(
    @Arg('county', () => CountyScalar, { description: "The reader's own county." }) county: string,
    @Arg('metric', () => String, { description: 'The id of a metric.' }) metric: string,
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: PermittedContext,
  ): Promise<TableType> {
    return tableFor(context, askedBy(metric, args, county));
  }

  @FieldResolver(() => CellConnection, { description: 'Its cells, by period and place.' })
  cells(@Root() { figures }: TableType, @Args(() => PageArgs) page: PageArgs): Connection<CellType> {
    const cells = pageOfNamed(figures, page, ({ period, cell }) => `${period} ${cell}`);
    return { ...cells, nodes: cells.nodes.map(cellOf) };
  }

  @Query(() => [ComparisonType], { description: wordsOf('compare') })
  async compare(
    @Arg('metric', () => String, { description: 'The id of a metric.' }) metric: string,
    @Args(() => CutArgs) args: CutArgs,
    @Arg('periods', () => [String], {
      description: 'Two periods, or the one in which two counties are compared.',
    })
    periods: string[],
    @Arg('counties', () => [CountyScalar], { defaultValue: [], description: 'None, or two counties.' })
    counties: string[],
    @Ctx() context: PermittedContext,
  ): Promise<ComparisonType[]> {
    const ofCounties = counties.length === 2 && periods.length === 1;
    if (!ofCounties && !(counties.length === 0 && periods.length === 2))
      throw new Refused('COMPARE_TWO', 'Compare two periods, or two counties in one period.');
    const by = ofCounties ? [...new Set([...args.by, 'county'])] : args.by;
    const { figures } = await tableFor(context, askedBy(metric, { ...args, by, period: periods }));
    const side = (at: number): typeof figures =>
      figures.filter(({ dims, period }) =>
        ofCounties ? dims['county'] === counties[at] : period === periods[at],
      );
    const key = (dims: Readonly<Record<string, string>>): string =>
      by.map((name) => (ofCounties && name === 'county' ? '' : dims[name])).join('|');
    const seconds = new Map(side(1).map((figure) => [key(figure.dims), figure]));
    const pairs = side(0).flatMap((first) => {
      const second = seconds.get(key(first.dims));
      if (second === undefined) return [];
      const both = first.value !== null && second.value !== null;
      const difference = both ? Number(second.value) - Number(first.value) : null;
      return { first: cellOf(first), second: cellOf(second), difference };
    });
    if (pairs.length === 0) throw nothingHere();
    return pairs;
  }
}

@Resolver()
export class ReleasesResolver {
  @Query(() => ReleaseConnection, { description: wordsOf('releases') })
  async releases(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { database }: ApiContext,
  ): Promise<Connection<ReleaseType>> {
    const newestFirst = (await allReleases(database)).toReversed();
    return pageOfNamed(newestFirst, page, ({ number }) => String(number));
  }

  @Query(() => ReleaseType, { description: wordsOf('release') })
  async release(
    @Arg('number', () => Int, { description: 'Its number.' }) number: number,
    @Ctx() context: ApiContext,
  ): Promise<ReleaseType> {
    const found = await oneRelease(context.database, number).catch((error: unknown) => {
      throw error instanceof NotFound ? nothingHere() : error;
    });
    context.reads(found.number);
    return found;
  }
}

/** Views over the declared metrics of their groups: a metric that is added to a group appears in its view. */
@Resolver()
export class GroupsResolver {
  @Query(() => [TableType], { description: wordsOf('crossover') })
  crossover(
    @Args(() => PeriodArgs) args: PeriodArgs,
    @Ctx() context: PermittedContext,
  ): Promise<TableType[]> {
    return groupTables(context, ['crossover'], args);
  }

  @Query(() => [TableType], { description: wordsOf('cascade') })
  cascade(@Args(() => PeriodArgs) args: PeriodArgs, @Ctx() context: PermittedContext): Promise<TableType[]> {
    return groupTables(context, ['cascade'], args);
  }

  @Query(() => [TableType], { description: wordsOf('clocks') })
  clocks(@Args(() => PeriodArgs) args: PeriodArgs, @Ctx() context: PermittedContext): Promise<TableType[]> {
    return groupTables(context, ['clocks'], args);
  }

  @Query(() => [TableType], { description: wordsOf('gaps') })
  gaps(@Args(() => PeriodArgs) args: PeriodArgs, @Ctx() context: PermittedContext): Promise<TableType[]> {
    return groupTables(context, ['services', 'missing'], args);
  }
}

/** Metrics of the group that have no such table in the release are left out. */
async function groupTables(
  context: PermittedContext,
  groups: readonly string[],
  args: PeriodArgs,
): Promise<TableType[]> {
  const metrics = [...loadContracts().metrics.values()].filter(({ group }) => groups.includes(group));
  const tables = await Promise.all(
    metrics.map(({ id }) =>
      tableFor(context, askedBy(id, args)).catch((error: unknown) => {
        if (error instanceof NotFound) return [];
        throw error;
      }),
    ),
  );
  return tables.flat();
}
