/** LibreOffice opens the documents and workbooks of reports, lays them out, and shows what the blocks say. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { annualReport } from '../../reports/annual/annual-report.ts';
import type { Report, Table } from '../../reports/blocks/block.ts';
import { fileOf } from '../../reports/formats/formats.ts';
import { madeUpEdition } from '../support/reports/made-up-edition.ts';
import { readPdf } from '../support/reports/read-pdf.ts';
import { headingsOf, readingOf, tight } from '../support/reports/reading.ts';
import { needPackages } from './debian.ts';

beforeAll(() => needPackages('libreoffice-writer', 'libreoffice-calc', 'fonts-liberation'));

describe.each([
  ['06037', 'en'],
  ['06037', 'es'],
  [undefined, 'en'],
] as const)('the annual report of %s in %s', (county, language) => {
  const report = annualReport(madeUpEdition(county, language));

  test('as a document has the pages of the PDF, give or take a third, and every word on them', async () => {
    const laidOut = await readPdf(await asPdf(report, 'docx'));
    const ours = await readPdf(await fileOf(report, 'pdf'));
    expect(laidOut.pages).toBeGreaterThan(ours.pages * 0.67);
    expect(laidOut.pages).toBeLessThan(ours.pages * 1.5);
    const words = runningText(laidOut.drawn);
    for (const heading of headingsOf(report)) expect(words).toContain(tight(heading));
    for (const table of tablesOf(report))
      for (const row of table.rows)
        for (const cell of row)
          expect(words).toContain(
            tight(cell.map((word) => (typeof word === 'string' ? word : word.text)).join('')),
          );
    for (const block of report.blocks)
      if (block.kind === 'paragraph') expect(words).toContain(readingOf([block], undefined, ''));
  });

  test('as a workbook shows every table with its numbers as they are printed', async () => {
    const laidOut = await readPdf(await asPdf(report, 'xlsx'));
    expect(laidOut.pages).toBeGreaterThan(tablesOf(report).length);
    const words = tight(laidOut.drawn.join(''));
    for (const table of tablesOf(report))
      for (const row of table.rows)
        for (const cell of row.slice(1)) {
          const [only] = cell;
          if (typeof only === 'object' && only.kind === 'bound') expect(words).toContain(tight(only.text));
        }
  });
});

/** The words of all pages as one text: what stands at the foot of every page would fall into a paragraph that goes on. */
function runningText(pages: readonly string[]): string {
  const bodies = pages.map((page, at) => tight(page).replace(new RegExp(`${at + 1}$`), ''));
  let foot = bodies[0] ?? '';
  for (const body of bodies) while (!body.endsWith(foot)) foot = foot.slice(1);
  expect(foot).not.toBe('');
  return bodies.map((body) => body.slice(0, body.length - foot.length)).join('');
}

function tablesOf({ blocks }: Report): readonly Table[] {
  return blocks.filter(
    (block): block is Table => block.kind === 'table' && block.columns.some(({ numeric }) => numeric),
  );
}

async function asPdf(report: Report, format: 'docx' | 'xlsx'): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-office-'));
  try {
    const file = join(folder, `report.${format}`);
    writeFileSync(file, await fileOf(report, format));
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        file,
      ],
      { stdio: 'pipe' },
    );
    return readFileSync(join(folder, 'report.pdf'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
