import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Night, runNight } from '../../etl/pipeline.ts';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { nightsOf, standing } from '../support/killed-night.ts';
import { LateCorrections } from '../support/late-corrections.ts';
import { seed, times } from './extent.ts';
import { keepResults } from './results.ts';

/** Simulated months that the nights are spread over. */
const MONTHS = 24;
const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 6, 1, 9);

const nightly = testDatabase();
const atOnce = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tessera-months-'));
const state = join(folder, 'state');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function having(database: TestDatabase, inbox: string, more: Partial<Night>): Promise<unknown> {
  return runNight({
    as: (duty) => database.as(duty),
    surrogateKey: new Uint8Array(32).fill(7),
    inbox,
    // Nothing is forgotten on the way: what a purge takes could not come again.
    retentionDays: 36_500,
    requestedBy: 'a torture',
    codeVersion: 'torture',
    now: new Date(FIRST),
    until: 'candidate',
    makeReleases: async () => [],
    ...more,
  });
}

test(`${times} nights of ${MONTHS} months with late corrections come to the candidate of one night with all of them (seed ${seed})`, async () => {
  const began = Date.now();
  synthesize(loadContracts(), { size: sizes.test, seed: 1, out: state });
  const deliveries = join(state, 'deliveries');
  const [first = ''] = nightsOf(state);
  const inboxes = { nightly: join(folder, 'nightly'), atOnce: join(folder, 'at-once') };
  for (const [name, database] of [
    ['nightly', nightly],
    ['atOnce', atOnce],
  ] as const) {
    await registerSources(await database.as('loader'), readSourcesFile(join(deliveries, 'sources.yaml')));
    mkdirSync(inboxes[name]);
    cpSync(join(deliveries, first), join(inboxes[name], first), { recursive: true });
  }
  await having(nightly, inboxes.nightly, {});
  const corrections = new LateCorrections(join(deliveries, first), seed);
  const memory: number[] = [];
  for (let night = 1; night <= times; night++) {
    const now = new Date(FIRST + Math.floor((night * MONTHS * 30.44 * DAY_MS) / times));
    corrections.write(inboxes.nightly, now.toISOString().slice(0, 10));
    cpSync(inboxes.nightly, inboxes.atOnce, { recursive: true });
    await having(nightly, inboxes.nightly, { now });
    memory.push(process.memoryUsage.rss() / 2 ** 20);
    console.log(`night ${night} of ${times}, as of ${now.toISOString().slice(0, 10)}`);
  }
  // The other hub has everything in one night, and nothing of a night before to build on.
  const last = new Date(FIRST + Math.floor(MONTHS * 30.44 * DAY_MS));
  await having(atOnce, inboxes.atOnce, { now: last });
  const asked = async (database: TestDatabase) => {
    const owner = await database.as('owner');
    return standing({ query: (sql) => owner.query(sql) });
  };
  const [found, expected] = [await asked(nightly), await asked(atOnce)];
  expect(found).toEqual(expected);
  const third = (part: number): number => {
    const own = memory.slice(Math.floor((part * times) / 3), Math.floor(((part + 1) * times) / 3));
    return own.toSorted((a, b) => a - b)[own.length >> 1] ?? 0;
  };
  expect(third(2)).toBeLessThan(1.25 * third(1));
  const { figures = 0 } = (found as { candidate?: { figures: number } }).candidate ?? {};
  keepResults('months', {
    seed,
    nights: times,
    months: MONTHS,
    figures,
    minutes: Math.round((Date.now() - began) / 60_000),
    memory: [third(0), third(1), third(2)].map(Math.round),
  });
});
