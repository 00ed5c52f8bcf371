/**
 * What the hub publishes, in DCAT-US 3.0 (resources.data.gov/dcat-us/3.0.0): a dataset for each metric of the newest release, its tables
 * as distributions, and one dataset of all figures.
 */
import type { Metric } from '../contracts/metric.ts';
import type { PublishedTable } from '../disclosure/published-tables.ts';
import type { ReleaseEntity } from '../disclosure/release.entity.ts';
import { CATALOGUE, CHANGES, databaseLink, tableLink } from './stable-links.ts';

export interface Publisher {
  readonly name: string;
  readonly email: string;
}

export interface Published {
  /** Where browsers reach the hub. */
  readonly at: string;
  readonly publisher: Publisher;
  readonly release: ReleaseEntity;
  readonly tables: readonly PublishedTable[];
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Says that the data are made up, where they are. */
  readonly note: string | undefined;
}

const MEDIA = {
  csv: 'text/csv',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
  duckdb: 'application/vnd.duckdb',
} as const;
/** Others are had at the same address with another ending. */
const OFFERED = ['csv', 'parquet'] as const;
const MARKER =
  'Counts from 1 to 10, and whatever else would let somebody work them out, are hidden to protect young people.';

export function catalogueOf(published: Published): object {
  const { at, publisher, release, note, tables, metrics } = published;
  const byMetric = Map.groupBy(tables, ({ metric }) => metric);
  return {
    '@id': `${at}${CATALOGUE}`,
    '@type': 'Catalog',
    conformsTo: {
      '@type': 'Standard',
      title: 'DCAT-US 3.0',
      identifier: 'https://resources.data.gov/dcat-us/3.0.0',
    },
    title: 'Published figures about young people who experienced commercial sexual exploitation',
    description: [note, MARKER].filter((line) => line !== undefined).join(' '),
    publisher: { '@type': 'Agent', name: publisher.name },
    language: ['en'],
    modified: dayOf(release.publishedAt),
    dataset: [
      everything(published),
      ...[...byMetric].flatMap(([id, own]) => {
        const metric = metrics.get(id);
        // A table that the catalogue no longer declares is still in the database, and at no address of its own.
        const offered = own.filter(({ tbl }) => metric?.tables.some(({ name }) => name === tbl));
        return metric === undefined || offered.length === 0 ? [] : [datasetOf(published, metric, offered)];
      }),
    ],
  };
}

function everything({ at, publisher, release, tables, note }: Published): object {
  return {
    '@id': `${at}/data/newest`,
    ...common(publisher, release, note),
    title: 'All published figures',
    description: `Every figure of release ${release.number} in one file, and what changed from release to release. ${MARKER}`,
    identifier: `${at}/data/newest`,
    keyword: ['commercial sexual exploitation of children', 'aggregated data'],
    temporal: periodsOf(tables),
    distribution: [
      distribution(
        at,
        databaseLink(release.number),
        'duckdb',
        `Figures, metrics and the release, as a DuckDB database to be read`,
      ),
      distribution(at, CHANGES, 'json', 'Releases, and what changed between them'),
    ],
  };
}

function datasetOf(
  { at, publisher, release, note }: Published,
  metric: Metric,
  tables: readonly PublishedTable[],
): object {
  const address = `${at}/definitions/metrics/${metric.id}`;
  return {
    '@id': address,
    ...common(publisher, release, note),
    title: metric.title,
    description: [metric.question, ...metric.limits, MARKER].join(' '),
    identifier: address,
    landingPage: { '@type': 'Document', title: metric.title, accessURL: address },
    keyword: ['commercial sexual exploitation of children', metric.group, ...metric.dimensions.keys()],
    version: `v${metric.version}`,
    temporal: periodsOf(tables),
    describedBy: distribution(
      at,
      tableLink(metric.id, 'csv.metadata.json', tables[0]?.tbl ?? 'all', release.number),
      'json',
      'What the figures are',
    ),
    distribution: tables.flatMap(({ tbl }) =>
      OFFERED.map((format) =>
        distribution(at, tableLink(metric.id, format, tbl, release.number), format, tableTitle(metric, tbl)),
      ),
    ),
  };
}

function common(publisher: Publisher, release: ReleaseEntity, note: string | undefined): object {
  return {
    '@type': 'Dataset',
    publisher: { '@type': 'Organization', name: publisher.name },
    contactPoint: [{ '@type': 'Kind', fn: publisher.name, hasEmail: `mailto:${publisher.email}` }],
    issued: dayOf(release.publishedAt),
    modified: dayOf(release.publishedAt),
    language: ['en'],
    ...(note === undefined ? {} : { scopeNote: note }),
  };
}

function distribution(at: string, link: string, format: keyof typeof MEDIA, title: string): object {
  return {
    '@type': 'Distribution',
    title,
    downloadURL: `${at}${link}`,
    mediaType: MEDIA[format],
    format: format.toUpperCase(),
  };
}

function tableTitle({ title }: Metric, tbl: string): string {
  return tbl === 'all' ? title : `${title} by ${tbl.replaceAll('_', ' ').split('+').join(', ')}`;
}

/** The first and the last day that any of the figures is about. */
function periodsOf(tables: readonly PublishedTable[]): object[] {
  const years = tables
    .flatMap(({ periods }) => periods)
    .flatMap((period) => period.split('/').map((part) => Number(part.slice(0, 4))));
  if (years.length === 0) return [];
  return [
    {
      '@type': 'PeriodOfTime',
      startDate: `${Math.min(...years)}-01-01`,
      endDate: `${Math.max(...years)}-12-31`,
    },
  ];
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
