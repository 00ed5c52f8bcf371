import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { loadContracts } from '../../contracts/contracts.ts';
import type { Metric } from '../../contracts/metric.ts';
import { NotFound } from '../../errors.ts';
import type { PermittedContext } from '../context.ts';
import { wordsOf } from '../enums.ts';
import { PrevalenceType } from './figures.type.ts';
import { askedBy, cellOf, tableFor } from './table-answer.ts';

/** Dimensions that tell one estimate in other ways or under other assumptions; every other one says of whom it is. */
const WAYS = new Set(['method', 'without', 'odds_ratio']);

@Resolver()
export class PrevalenceResolver {
  @Query(() => [PrevalenceType], { description: wordsOf('prevalence') })
  async prevalence(
    @Ctx() context: PermittedContext,
    @Arg('period', () => [String], { defaultValue: [], description: 'Years; all if left out.' })
    period: string[],
    @Arg('release', () => Int, {
      nullable: true,
      description: 'The number of a release; the newest that stands if left out.',
    })
    release?: number | null,
  ): Promise<PrevalenceType[]> {
    const asked = { period, release: release ?? null };
    const tables = await Promise.all(estimates().map((metric) => tablesOf(context, metric, asked)));
    return withWays(tables.flat());
  }
}

function estimates(): Metric[] {
  return [...loadContracts().metrics.values()].filter(({ statistic }) => statistic === 'estimate');
}

interface Asked {
  readonly period: string[];
  readonly release: number | null;
}

type Table = Awaited<ReturnType<typeof tableFor>>;

/** Those of the metric that the release holds. */
async function tablesOf(context: PermittedContext, metric: Metric, asked: Asked): Promise<Table[]> {
  const tables = await Promise.all(
    metric.tables
      .filter(({ publish }) => publish === 'public')
      .map(({ by }) =>
        tableFor(context, askedBy(metric.id, { ...asked, by: [...by], where: [] })).catch(
          (error: unknown) => {
            if (error instanceof NotFound) return [];
            throw error;
          },
        ),
      ),
  );
  return tables.flat();
}

/** Each estimate with what every other way of making it says; those are metrics of their own. */
function withWays(tables: readonly Table[]): PrevalenceType[] {
  const found = tables
    .flatMap((table) => table.figures.map((figure) => ({ table, cell: cellOf(figure) })))
    // The margin of a table by parts or ways is the estimate of all once more.
    .filter(({ cell: { dims } }) => dims.length === 0 || dims.some(({ member }) => member !== 'all'));
  const ofWays = new Set(found.filter(({ cell }) => cell.dims.some(({ dimension }) => WAYS.has(dimension))));
  return found
    .filter((one) => !ofWays.has(one))
    .map(({ table, cell }) => {
      const { numerator: _, denominator: __, ...rest } = cell;
      const place = placeOf(cell.dims);
      const ways = [...ofWays].filter(
        ({ cell: way }) => way.period === cell.period && placeOf(way.dims) === place,
      );
      return {
        ...rest,
        refused: cell.status === 'not_available',
        ways: ways.map(({ cell: way }) => way),
        limits: table.limits,
        release: table.release,
        madeUp: table.madeUp,
      };
    });
}

/** Of whom an estimate is, whatever the way. */
function placeOf(dims: readonly { dimension: string; member: string }[]): string {
  return dims
    .filter(({ dimension }) => !WAYS.has(dimension))
    .map(({ dimension, member }) => `${dimension}=${member}`)
    .join('|');
}
