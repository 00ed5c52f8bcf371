import { type Change, readChanges } from './change.ts';
import type { Entry } from './entry.ts';
import { type MetricExample, readExamples } from './metric-example.ts';
import type { Place } from './problem.ts';
import { type Authority, readAuthority } from './term.ts';

/**
 * What is made of a metric's rows in each cell.
 * count: things counted once. distribution: the same, cut by a bin. share: those that met it among all.
 * rate: things counted once, per so many of a population. median: of the values, or of the time to an end that may not
 * have come yet. survival: the share whose end came within a horizon, where it may not have come yet.
 */
export const STATISTICS = [
  'count',
  'distribution',
  'share',
  'rate',
  'median',
  'survival',
  'estimate',
] as const;
export type Statistic = (typeof STATISTICS)[number];

export const PERIOD_KINDS = ['year', 'quarter', 'three_years', 'five_years'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** public: may be released to everybody. secure: to a county's own analysts. steward: never leaves the hub. */
export const PUBLISH = ['public', 'secure', 'steward'] as const;
export type Publish = (typeof PUBLISH)[number];

export interface MetricTable {
  /** In the order of the metric's dimensions; none for the total. */
  readonly by: readonly string[];
  /** The dimensions joined by '+', or 'all'. */
  readonly name: string;
  readonly publish: Publish;
  readonly periods: readonly PeriodKind[];
}

/** Where the denominator of a share or rate comes from, when it is not the metric's own rows. */
export interface Denominator {
  /** A population of the code list `denominator_population`, counted by agencies, or `child_population`. */
  readonly population: string | undefined;
  readonly metric: string | undefined;
  /** Whether the denominator itself counts young people of this hub and must be protected with the figure. */
  readonly protected: boolean;
}

/** A share that others found among a wider population, to hold a figure against; never the hub's own. */
interface ExpectedShare {
  readonly low: number;
  readonly high: number;
  /** Of whom it is the share. */
  readonly of: string;
  readonly citation: string;
}

export interface Metric {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** The question that it answers, in one sentence. */
  readonly question: string;
  readonly version: number;
  readonly changes: readonly Change[];
  readonly statistic: Statistic;
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string | undefined;
  readonly denominatorOf: Denominator | undefined;
  /** For a rate: per how many. */
  readonly per: number;
  /** For survival: within how many days. */
  readonly horizonDays: number | undefined;
  readonly periods: readonly PeriodKind[];
  /** Dimension to the code list that holds its members. */
  readonly dimensions: ReadonlyMap<string, string>;
  readonly tables: readonly MetricTable[];
  readonly exclusions: readonly string[];
  /** Record types without which there is no figure. */
  readonly sources: readonly string[];
  /** For members of a dimension, record types without which that member has no figure: dimension, member, record types. */
  readonly sourcesOf: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly authority: Authority;
  /** What must be known beside a figure, in sentences; every surface shows them. */
  readonly limits: readonly string[];
  readonly meets: readonly string[];
  readonly minorConsent: boolean;
  /** The rows are counts that agencies sent, of staff or schools for instance: they are added up, not counted. */
  readonly sums: boolean;
  /** Disjoint cells sum to their margin; false where one thing counted may lie in several cells. */
  readonly additive: boolean;
  /** Why no figure can be given at all, where no agency sends what it would need. */
  readonly notAvailable: string | undefined;
  /** The definition in SQL, by version; empty where the metric is not available, or is an estimate. */
  readonly sql: ReadonlyMap<number, string>;
  readonly examples: readonly MetricExample[];
  readonly place: Place;
}

/** `file` is `metrics/<group>/<metric>.yaml`; `readText` gives the SQL beside it, if it is there, and so are `examples`. */
export function readMetric(
  file: Entry,
  group: string,
  readText: (name: string) => string | undefined,
  examples: Entry | undefined,
): Metric {
  file.only(
    'metric',
    'title',
    'question',
    'version',
    'changes',
    'statistic',
    'unit',
    'numerator',
    'denominator',
    'denominator_of',
    'per',
    'horizon_days',
    'periods',
    'dimensions',
    'tables',
    'exclusions',
    'sources',
    'sources_of',
    'expected',
    'authority',
    'limits',
    'meets',
    'minor_consent',
    'additive',
    'sums',
    'not_available',
  );
  const id = file.text('metric');
  const version = file.optionalNumber('version') ?? 1;
  const dimensions = readDimensions(file);
  const periods = file.list('periods').map((_, at) => file.at('periods').choice(String(at), PERIOD_KINDS));
  const notAvailable = file.optionalText('not_available');
  const statistic = file.choice('statistic', STATISTICS);
  const sums = file.flag('sums');
  if (!file.place.file.endsWith(`/${id}.yaml`))
    file.at('metric').report('SHAPE', 'expects the name of its file');
  if (statistic === 'survival' && !file.has('horizon_days'))
    file.report('SHAPE', 'survival needs horizon_days');
  if (sums && !['count', 'distribution', 'share'].includes(statistic))
    file.at('sums').report('SHAPE', 'counts that agencies sent make counts and shares, and nothing else');
  if (statistic === 'rate' && !file.has('denominator_of'))
    file.report('SHAPE', 'a rate needs denominator_of');
  return {
    id,
    group,
    title: file.text('title'),
    question: file.text('question'),
    version,
    changes: readChanges(file),
    statistic,
    unit: file.text('unit'),
    numerator: file.text('numerator'),
    denominator: file.optionalText('denominator'),
    denominatorOf: file.has('denominator_of') ? readDenominator(file.at('denominator_of')) : undefined,
    per: file.optionalNumber('per') ?? 1,
    horizonDays: file.optionalNumber('horizon_days'),
    periods,
    dimensions,
    tables: file.list('tables').map((entry) => readTable(entry, [...dimensions.keys()], periods)),
    exclusions: file.texts('exclusions'),
    sources: file.texts('sources'),
    sourcesOf: readSourcesOf(file.at('sources_of')),
    authority: readAuthority(file.at('authority')),
    limits: [...file.texts('limits'), ...file.list('expected').map(readExpected).map(inWords)],
    meets: file.texts('meets'),
    minorConsent: file.flag('minor_consent'),
    additive: file.flag('additive', true),
    sums,
    notAvailable,
    sql:
      notAvailable === undefined && statistic !== 'estimate' ? readSql(file, version, readText) : new Map(),
    examples: examples === undefined ? [] : readExamples(examples),
    place: file.place,
  };
}

function readDimensions(file: Entry): ReadonlyMap<string, string> {
  const entry = file.at('dimensions');
  return new Map(entry.keys().map((name) => [name, entry.text(name)]));
}

function readSourcesOf(entry: Entry): Metric['sourcesOf'] {
  return new Map(
    entry.keys().map((dimension) => {
      const members = entry.at(dimension);
      return [dimension, new Map(members.keys().map((member) => [member, members.texts(member)]))];
    }),
  );
}

function readExpected(entry: Entry): ExpectedShare {
  entry.only('low', 'high', 'of', 'citation');
  const low = entry.number('low');
  const share = {
    low,
    high: entry.optionalNumber('high') ?? low,
    of: entry.text('of'),
    citation: entry.text('citation'),
  };
  if (!(0 <= share.low && share.low <= share.high && share.high <= 1))
    entry.report('SHAPE', 'expects shares between 0 and 1, the lower one first');
  return share;
}

function inWords({ low, high, of, citation }: ExpectedShare): string {
  const percent = (share: number): string => String(Math.round(share * 100));
  const range = low === high ? percent(low) : `${percent(low)} to ${percent(high)}`;
  return `To hold beside it: ${range} percent of ${of} (${citation}). It is a share that others found, of another population, and no goal.`;
}

function readDenominator(entry: Entry): Denominator {
  entry.only('population', 'metric', 'protected');
  if (entry.has('population') === entry.has('metric'))
    entry.report('SHAPE', 'names a population or a metric');
  return {
    population: entry.optionalText('population'),
    metric: entry.optionalText('metric'),
    protected: entry.flag('protected'),
  };
}

function readTable(entry: Entry, dimensions: readonly string[], periods: readonly PeriodKind[]): MetricTable {
  entry.only('by', 'publish', 'periods');
  const asked = entry.texts('by');
  const by = dimensions.filter((name) => asked.includes(name));
  for (const name of asked)
    if (!dimensions.includes(name))
      entry.at('by').report('REFERENCE', `${name} is no dimension of the metric`);
  if (by.length === asked.length && by.join() !== asked.join())
    entry.at('by').report('SHAPE', 'expects the order of the dimensions');
  return {
    by,
    name: by.length === 0 ? 'all' : by.join('+'),
    publish: entry.choice('publish', PUBLISH),
    periods: entry.has('periods')
      ? entry.list('periods').map((_, at) => entry.at('periods').choice(String(at), PERIOD_KINDS))
      : periods,
  };
}

/** The version in force is `<metric>.sql`; an earlier one stays beside it as `<metric>.v<version>.sql`. */
function readSql(
  file: Entry,
  version: number,
  readText: (name: string) => string | undefined,
): ReadonlyMap<number, string> {
  const stem = file.place.file.slice(0, -'.yaml'.length);
  const sql = new Map<number, string>();
  for (let step = 1; step <= version; step++) {
    const name = step === version ? `${stem}.sql` : `${stem}.v${step}.sql`;
    const text = readText(name);
    if (text === undefined) file.report('REFERENCE', `version ${step} has no ${name}`);
    else sql.set(step, text.trim());
  }
  return sql;
}
