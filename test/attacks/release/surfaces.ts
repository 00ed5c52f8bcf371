/**
 * Every surface that exists, as the text that leaves it. A new one (a page, a chart, a bundle) adds a line here, and is
 * searched for what must not leave.
 */

import { annualReport } from '../../../reports/annual/annual-report.ts';
import { openEdition } from '../../../reports/figures/open-release.ts';
import { FORMATS, fileOf } from '../../../reports/formats/formats.ts';
import { openLog } from '../../../src/app/log.ts';
import { serve } from '../../../src/app/server/server.ts';
import { readSettings } from '../../../src/config.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { canonicalJson } from '../../../src/disclosure/release/canonical-json.ts';
import { storedFigures } from '../../../src/disclosure/release/stored-releases.ts';
import type { TestDatabase } from '../../support/database.ts';
import { textOf } from '../../support/reports/text-of.ts';
import { partsOf } from '../../support/server.ts';
import { scratchFolder, tessera } from '../../support/tessera.ts';

export interface Surface {
  readonly name: string;
  readonly text: () => Promise<string>;
}

export function surfaces(database: TestDatabase, release: number): Surface[] {
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
  const served = (path: string, query?: string): Surface => ({
    name: query ?? path,
    async text() {
      const log = openLog({ logLevel: 'silent', logFormat: 'json' });
      const server = await serve(await partsOf(database), readSettings({ PORT: '0' }), log);
      try {
        const asked =
          query === undefined
            ? {}
            : {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({ query }),
              };
        const response = await fetch(`${server.url}${path}`, asked);
        const headers = JSON.stringify([...response.headers]);
        return headers + (await response.text());
      } finally {
        await server.close();
      }
    },
  });
  const cells = 'cells(first: 200) { nodes { period value lower upper numerator denominator footnotes } }';
  return [
    served('/graphql', `{ table(metric: "identified", by: [COUNTY]) { ${cells} } }`),
    served(
      '/graphql',
      '{ compare(metric: "identified", by: [COUNTY], periods: ["2024", "2024-Q1"]) { difference first { value upper } second { value upper } } }',
    ),
    served('/data/identified.csv?by=county'),
    served('/data/identified.json?by=county'),
    served('/data/identified.arrow?by=county'),
    served('/data/identified.csv.metadata.json?by=county'),
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
    ...[undefined, '06001'].flatMap((county) =>
      FORMATS.map((format) => ({
        name: `the annual report of ${county ?? 'the state'} as ${format}`,
        async text() {
          const api = await database.as('api');
          const wanted = { county, year: '2024', language: 'en', report: 'annual', release } as const;
          const report = annualReport(await openEdition(api, loadContracts(), wanted));
          return textOf(format, await fileOf(report, format));
        },
      })),
    ),
    command('release', 'show', String(release), '--json'),
    command('release', 'list', '--json'),
    command('release', 'make', '--period', '2024'),
    command('table', 'identified', '--period', '2024', '--by', 'county', '--json'),
    command('status', '--json'),
  ];
}
