import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from '../../src/app/log.ts';
import { composeConsole } from '../../src/app/server/console-ports.ts';
import { type RunningServer, serve } from '../../src/app/server/server.ts';
import { readSettings } from '../../src/config.ts';
import { openRun } from '../../src/runs/ledger.ts';
import { recentRuns } from '../../src/runs/recent-runs.ts';
import { testBrowser } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { partsOf } from '../support/server.ts';
import { readerIn } from './test-console.ts';

const database = testDatabase();
const browser = testBrowser();
let server: RunningServer;

beforeAll(async () => {
  const loader = await database.as('loader');
  const parts = await partsOf(database);
  const real = composeConsole({
    ...parts,
    gate: parts.gatekeeper,
    jobAsked: () => {},
    hubAddress: 'http://hub.test',
  });
  server = await serve(
    parts,
    readSettings({ PORT: '0' }),
    openLog({ logLevel: 'silent', logFormat: 'json' }),
    undefined,
    {
      readerOf: () => readerIn('operator'),
      ports: { ...real.ports, runs: () => recentRuns(loader, 20) },
    },
  );
});
afterAll(() => server.close());

test('a run that begins appears on the page by itself', async () => {
  const page = await browser.open(`${server.url}/runs`);
  await page.getByText('This page follows the runs.').waitFor();
  expect(await page.getByText('Nothing has run yet').count()).toBe(1);
  await openRun(await database.as('loader'), 'deliver', 'a test');
  await page.getByRole('heading', { name: /deliver/ }).waitFor();
  expect(await page.getByText('Brought up to date just now.').count()).toBe(1);
});
