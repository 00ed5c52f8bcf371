/** The report as a page, in a real browser: for everybody, on every screen, without a script or anything from elsewhere. */
import { expect, test } from 'vitest';
import { annualReport } from '../../../reports/annual/annual-report.ts';
import { fileOf } from '../../../reports/formats/formats.ts';
import { testBrowser, violations } from '../../support/browser.ts';
import { madeUpEdition } from '../../support/reports/made-up-edition.ts';

const browser = testBrowser();

test.each([
  ['06037', 'en', 1280],
  ['06037', 'es', 320],
  [undefined, 'en', 1280],
] as const)(
  'the annual report of %s in %s at %i pixels',
  { timeout: 120_000 },
  async (county, language, width) => {
    const html = Buffer.from(await fileOf(annualReport(madeUpEdition(county, language)), 'html')).toString();
    const { page } = await browser.walker({ width });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(html, { waitUntil: 'load' });
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
    expect(await violations(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  },
);
