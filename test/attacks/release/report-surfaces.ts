/** Every report that the hub writes, in every format, as the text that can be read out of its files. */
import { printedDirectory } from '../../../reports/asset-map/directory.ts';
import type { Report } from '../../../reports/blocks/block.ts';
import { openEdition } from '../../../reports/figures/open-release.ts';
import { FORMATS, fileOf } from '../../../reports/formats/formats.ts';
import { agencyQuality } from '../../../reports/quality/agency-quality.ts';
import { REPORTS, type ReportName } from '../../../src/app/make-report.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { qualityOf } from '../../../src/deliveries/quality.ts';
import { directory } from '../../../src/providers/directory.ts';
import type { TestDatabase } from '../../support/database.ts';
import { testAgency } from '../../support/delivery.ts';
import { textOf } from '../../support/reports/text-of.ts';
import type { Surface } from './surfaces.ts';

const year = '2024';
const language = 'en';

/** Of the state and of one county; what an agency is told of its own deliveries; the asset map to print. */
export function reportSurfaces(database: TestDatabase, release: number): Surface[] {
  const contracts = loadContracts();
  const released = (report: ReportName, county?: string): [string, () => Promise<Report>] => [
    `the ${report} report of ${county ?? 'the state'}`,
    async () => {
      const wanted = { county, year, language, report, release } as const;
      return REPORTS[report](await openEdition(await database.as('api'), contracts, wanted));
    },
  ];
  const names = Object.keys(REPORTS) as ReportName[];
  return [
    ...names.flatMap((name) => [released(name), released(name, '06001')]),
    [
      'the data-quality report',
      async () => {
        const feeds = await qualityOf(await database.as('loader'), testAgency);
        return agencyQuality({
          contracts,
          agency: testAgency,
          name: 'An agency',
          language,
          madeUp: true,
          feeds,
        });
      },
    ] as const,
    [
      'the asset map',
      async () => {
        const { programs } = await directory(await database.as('api'));
        const about = {
          contracts,
          programs,
          county: undefined,
          language,
          madeUp: true,
          day: '2026-11-01',
        } as const;
        return printedDirectory(about);
      },
    ] as const,
  ].flatMap(([name, write]) => {
    let written: Promise<Report> | undefined;
    return FORMATS.map((format) => ({
      name: `${name} as ${format}`,
      async text() {
        // Read once, for all the files that are made of it.
        written ??= write();
        return textOf(format, await fileOf(await written, format));
      },
    }));
  });
}
