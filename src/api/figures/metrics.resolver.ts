import { Arg, Args, Query, Resolver } from 'type-graphql';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import type { Metric } from '../../contracts/metric.ts';
import { type Connection, PageArgs, pageOfNamed } from '../connection.ts';
import { wordsOf } from '../enums.ts';
import { MetricConnection, MetricType } from './metrics.type.ts';

@Resolver()
export class MetricsResolver {
  @Query(() => MetricConnection, { description: wordsOf('metrics') })
  metrics(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('group', () => String, { nullable: true, description: 'One group.' }) group?: string | null,
  ): Connection<MetricType> {
    const metrics = [...loadContracts().metrics.values()].filter((one) => !group || one.group === group);
    return pageOfNamed(metrics.map(metricOf), page, ({ id }) => id);
  }

  @Query(() => MetricType, { description: wordsOf('metric') })
  metric(@Arg('id', () => String, { description: 'Its id.' }) id: string): MetricType {
    const found = loadContracts().metrics.get(id);
    if (found === undefined) throw nothingHere();
    return metricOf(found);
  }
}

function metricOf(metric: Metric): MetricType {
  return {
    ...metric,
    denominator: metric.denominator ?? null,
    definition: metric.sql.get(metric.version) ?? null,
    notAvailable: metric.notAvailable ?? null,
    versions: metric.changes,
    tables: metric.tables.filter(({ publish }) => publish !== 'steward'),
    authority: metric.authority.citation,
  };
}
