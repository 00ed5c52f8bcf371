import type { Contracts } from '../contracts.ts';
import type { Metric } from '../metric.ts';
import { type Place, type Problem, problem } from '../problem.ts';

/** What a metric names must be there, and what it declares must be used. The SQL itself is held to the database by `etl/measure`. */
export function checkMetrics(contracts: Contracts): Problem[] {
  return [...contracts.metrics.values()].flatMap((metric) => [
    ...namesKnown(contracts, metric),
    ...tablesMakeSense(contracts, metric),
  ]);
}

function namesKnown(contracts: Contracts, metric: Metric): Problem[] {
  const unknown = (what: string, name: string): Problem =>
    problem('REFERENCE', metric.place, `there is no ${what} ${name}`);
  const { denominatorOf } = metric;
  return [
    ...[...metric.dimensions.values()]
      .filter((list) => !contracts.codeLists.has(list))
      .map((list) => unknown('code list', list)),
    ...[
      ...metric.sources,
      ...[...metric.sourcesOf.values()].flatMap((members) => [...members.values()].flat()),
    ]
      .filter((name) => !contracts.records.has(name))
      .map((name) => unknown('record type', name)),
    ...[...metric.sourcesOf].flatMap(([name, members]) => {
      const list = contracts.codeLists.get(metric.dimensions.get(name) ?? '');
      if (list === undefined) return [unknown('dimension', name)];
      const codes = new Set(list.codes.map(({ code }) => code));
      return [...members.keys()].filter((code) => !codes.has(code)).map((code) => unknown('member', code));
    }),
    ...(denominatorOf?.metric !== undefined && !contracts.metrics.has(denominatorOf.metric)
      ? [unknown('metric', denominatorOf.metric)]
      : []),
    ...(denominatorOf?.population !== undefined && !isPopulation(contracts, denominatorOf.population)
      ? [unknown('population', denominatorOf.population)]
      : []),
  ];
}

/** Dimensions that say where. */
const GEOGRAPHY = /county|region/;

function isPopulation(contracts: Contracts, name: string): boolean {
  const codes = contracts.codeLists.get('denominator_population')?.codes ?? [];
  return name === 'child_population' || codes.some(({ code }) => code === name);
}

function tablesMakeSense(contracts: Contracts, metric: Metric): Problem[] {
  const problems: Problem[] = [];
  const say = (
    defect: 'SHAPE' | 'ORPHAN' | 'DUPLICATE',
    message: string,
    place: Place = metric.place,
  ): void => {
    problems.push(problem(defect, place, message));
  };
  if (metric.tables.length === 0 && metric.notAvailable === undefined) say('ORPHAN', 'declares no table');
  for (const { record } of metric.examples.flatMap((example) => example.rows))
    if (!contracts.records.has(record))
      problems.push(
        problem('REFERENCE', metric.place, `an example has rows of ${record}, which is no record type`),
      );
  const used = new Set(metric.tables.flatMap(({ by }) => by));
  for (const name of metric.dimensions.keys())
    if (!used.has(name)) say('ORPHAN', `no table uses the dimension ${name}`);
  const seen = new Set<string>();
  for (const { name, by, publish, periods } of metric.tables) {
    // By county it could come back to a family; what a release would leave out is not to be promised either.
    if (metric.minorConsent && publish !== 'steward' && by.some((dimension) => GEOGRAPHY.test(dimension)))
      say(
        'SHAPE',
        `the table ${name} of a service to which a minor may consent alone is the steward's alone`,
      );
    if (seen.has(name)) say('DUPLICATE', `the table ${name} is declared already`);
    seen.add(name);
    for (const kind of periods)
      if (!metric.periods.includes(kind))
        say('SHAPE', `the table ${name} has periods that the metric has not: ${kind}`);
  }
  return problems;
}
