/**
 * Every surface that exists, as the text that leaves it. A new one (a page, a chart, a bundle) adds a line here, and is
 * searched for what must not leave.
 */

import { transaction } from '../../../src/db/transaction.ts';
import { canonicalJson } from '../../../src/disclosure/release/canonical-json.ts';
import { storedFigures } from '../../../src/disclosure/release/stored-releases.ts';
import { routes } from '../../../web/routes.tsx';
import type { TestDatabase } from '../../support/database.ts';
import { scratchFolder, tessera } from '../../support/tessera.ts';
import { reportSurfaces } from './report-surfaces.ts';

export interface Surface {
  readonly name: string;
  readonly text: () => Promise<string>;
}

/** Doors of a server that runs: headers with their ETags and lengths are part of what leaves. */
interface Doors {
  readonly url: string;
  /** A token of a steward, to whom every page is open. */
  readonly steward: string;
}

const cells =
  'cells(first: 200) { nodes { period value lower upper numerator denominator footnotes trace } }';
const QUESTIONS = [
  `{ table(metric: "identified", by: [COUNTY]) { ${cells} } }`,
  '{ compare(metric: "identified", by: [COUNTY], periods: ["2024", "2024-Q1"]) { difference first { value } second { value upper } } }',
  `{ crossover { metric ${cells} } cascade { metric ${cells} } gaps { metric ${cells} } }`,
  '{ releases { nodes { number state withdrawnBecause } } }',
  // Questions that fail: what is said of them is a surface too.
  '{ table(metric: "identified", by: [COUNTY], where: [{dimension: COUNTY, member: "3"}]) { metric } }',
  '{ countyTable(county: "06001", metric: "identified") { metric } }',
  '{ table(metric: "identified", period: ["2024\' OR 1=1"]) { metric } }',
  '{ runs { nodes { kind } } deliveries { nodes { id } } dataQuality { nodes { rule } } }',
];
const FILES = ['csv', 'json', 'arrow', 'parquet', 'csv.metadata.json', 'exe'].map(
  (format) => `/data/identified.${format}?by=county`,
);
/** Pages with a figure in words, as a picture and as the picture's description. */
const VIEWS = ['/tables', '/tables/chart.svg', '/tables/data.csv'].flatMap((path) =>
  ['place=each&period=2024', 'place=each&by=sex&period=2024', 'place=06001&period=2024'].map(
    (query) => `${path}?metric=identified&${query}`,
  ),
);

export function surfaces(database: TestDatabase, doors: () => Doors, release: number): Surface[] {
  const command = (...args: string[]): Surface => ({
    name: `tessera ${args.join(' ')}`,
    async text() {
      const { stdout, stderr } = await tessera(args, {
        DATABASE_URL: database.target.urlFor('owner'),
        TESSERA_ROLE_SECRET: database.target.roleSecret,
        TESSERA_DATA_DIR: scratchFolder(),
        TESSERA_LOG_LEVEL: 'debug',
        TESSERA_LOG_FORMAT: 'json',
      });
      return stdout + stderr;
    },
  });
  const read = async (path: string, init: RequestInit): Promise<string> => {
    const response = await fetch(`${doors().url}${path}`, init);
    return `${path} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
  };
  const served = (path: string, init: RequestInit = {}): Surface => ({
    name: path,
    text: () => read(path, init),
  });
  const asked = (query: string): Surface => ({
    name: query,
    text: () =>
      read('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
  });
  const pages = routes
    .filter(({ path, method }) => method === undefined && !path.includes(':'))
    .map(({ path }) => path);
  return [
    ...QUESTIONS.map(asked),
    ...[...FILES, ...VIEWS].map((path) => served(path)),
    ...[...pages, `/releases/${release}`, '/metrics', '/health', '/no/such/page'].flatMap((path) => [
      served(path, { headers: { accept: 'text/html' } }),
      {
        name: `${path} for a steward`,
        text: () =>
          read(path, { headers: { accept: 'text/html', authorization: `Bearer ${doors().steward}` } }),
      },
    ]),
    {
      name: 'the public payload as JSON',
      async text() {
        const api = await database.as('api');
        return canonicalJson(await transaction(api, ({ client }) => storedFigures(client, release)));
      },
    },
    {
      name: 'every row that the api may read',
      async text() {
        const api = await database.as('api');
        const tables = ['release', 'audience', 'figure', 'suppression'];
        const rows = await Promise.all(tables.map((table) => api.query(`SELECT * FROM release.${table}`)));
        return JSON.stringify(rows);
      },
    },
    {
      name: 'errors of the database',
      async text() {
        const api = await database.as('api');
        const error = await api
          .query('SELECT * FROM release.evidence WHERE content::int = 1')
          .catch((thrown: unknown) => String(thrown));
        return String(error);
      },
    },
    ...reportSurfaces(database, release),
    command('release', 'show', String(release), '--json'),
    command('release', 'list', '--json'),
    command('release', 'make', '--period', '2024'),
    command('table', 'identified', '--period', '2024', '--by', 'county', '--json'),
    command('status', '--json'),
  ];
}
