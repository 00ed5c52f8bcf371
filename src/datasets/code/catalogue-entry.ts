/** A reviewed query as files of the catalogue: from then on it is a metric like any other. */
import { stringify } from 'yaml';
import type { Contracts } from '../../contracts/contracts.ts';
import { dimensionName, metricSql } from './printed.ts';
import type { Query } from './query.ts';
import { CODED } from './shape.ts';

export interface Entry {
  readonly file: string;
  readonly content: string;
}

interface Proposed {
  readonly id: string;
  readonly metric: string;
  readonly title: string;
  readonly question: string;
  readonly query: Query;
}

/** The group of schema/metrics that holds what researchers proposed. */
const GROUP = 'proposed';

export function catalogueEntry({ id, metric, title, question, query }: Proposed): Entry[] {
  const { dimensions, where, met } = query;
  const by = dimensions.map(dimensionName);
  const described = {
    metric,
    title,
    question,
    statistic: met === undefined ? 'count' : 'share',
    unit: 'young_people',
    numerator: `Young people in a period of whom this holds: ${met === undefined ? where : `${where} and ${met}`}`,
    ...(met === undefined ? {} : { denominator: `Young people in a period of whom this holds: ${where}` }),
    periods: ['year', 'three_years', 'five_years'],
    dimensions: Object.fromEntries(dimensions.map((name) => [dimensionName(name), CODED[name]?.list ?? ''])),
    tables: (by.length === 0 ? [[]] : [[], by]).map((own) => ({ by: own, publish: 'public' })),
    sources: ['identification'],
    authority: {
      citation: `Proposed by a researcher and reviewed by two (${id})`,
      kind: 'project',
      checked: 'read',
    },
    limits: ['Proposed for one study; it counts only what agencies saw.'],
  };
  return [
    { file: `metrics/${GROUP}/${metric}.yaml`, content: stringify(described, { lineWidth: 0 }) },
    { file: `metrics/${GROUP}/${metric}.sql`, content: metricSql(query) },
  ];
}

/** How many cells the table can have, in a band: known from the code lists, whatever is in the data. */
export function cellBand({ dimensions }: Query, contracts: Contracts): string {
  const cells = dimensions.reduce(
    (so, name) => so * (1 + (contracts.codeLists.get(CODED[name]?.list ?? '')?.codes.length ?? 0)),
    1,
  );
  if (cells <= 10) return 'up to 10';
  if (cells <= 100) return '11 to 100';
  return cells <= 1000 ? '101 to 1,000' : 'more than 1,000';
}
