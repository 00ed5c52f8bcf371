import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, inject, test } from 'vitest';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';
import { testDatabase } from '../support/database.ts';
import { launchNight, nightsOf } from '../support/killed-night.ts';
import { LateCorrections } from '../support/late-corrections.ts';
import { startedHub } from '../support/tessera.ts';
import { seed, times } from './extent.ts';
import { keepResults } from './results.ts';

const PER_SECOND = 20;
const SLICE_SECONDS = 10;
const DAY_MS = 86_400_000;

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tessera-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(`a hub that is asked for ${times} minutes while nights run answers everything, in flat memory (seed ${seed})`, async () => {
  const state = join(folder, 'state');
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  synthesize(loadContracts(), { size: sizes.test, seed: 1, out: state });
  const deliveries = join(state, 'deliveries');
  await registerSources(await database.as('loader'), readSourcesFile(join(deliveries, 'sources.yaml')));
  const environment = {
    DATABASE_URL: database.target.urlFor('owner'),
    TESSERA_ROLE_SECRET: inject('roleSecret'),
    TESSERA_SURROGATE_KEY: 'a surrogate key for tests, 32 or more',
    TESSERA_DATA_DIR: folder,
    TESSERA_INBOX: inbox,
    TESSERA_READER_COST: '1000000000',
  };
  const [first = ''] = nightsOf(state);
  const corrections = new LateCorrections(join(deliveries, first), seed);
  cpSync(join(deliveries, first), join(inbox, first), { recursive: true });
  const hub = await startedHub(environment);
  const began = Date.now();
  const end = began + times * 60_000;
  const memory: number[] = [];
  let [questions, nights] = [0, 0];
  const asking = async (): Promise<void> => {
    while (Date.now() < end) {
      questions += await askedFor(hub.url, SLICE_SECONDS);
      memory.push(memoryOf(hub.process.pid ?? 0));
    }
  };
  const having = async (): Promise<void> => {
    while (Date.now() < end) {
      const { code, said } = await launchNight(environment).ended;
      expect(code, said).toBe(0);
      nights++;
      corrections.write(inbox, new Date(Date.UTC(2026, 6, 1) + nights * DAY_MS).toISOString().slice(0, 10));
    }
  };
  await Promise.all([asking(), having()]);
  const third = (part: number): number => {
    const own = memory.slice(
      Math.floor((part * memory.length) / 3),
      Math.floor(((part + 1) * memory.length) / 3),
    );
    return own.toSorted((a, b) => a - b)[own.length >> 1] ?? 0;
  };
  const thirds = [third(0), third(1), third(2)].map(Math.round);
  console.log(`${questions} questions, ${nights} nights, ${thirds.join(', ')} MiB`);
  // A process that was begun a moment ago still grows; later it does not.
  expect(thirds[2]).toBeLessThan(1.25 * (thirds[1] ?? 0));
  expect(nights).toBeGreaterThan(0);
  const minutes = Math.round((Date.now() - began) / 60_000);
  keepResults('load', { seed, minutes, nights, questions, perSecond: PER_SECOND, memory: thirds });
});

/** Answers how many were answered; one that was not ends the torture. */
async function askedFor(url: string, seconds: number): Promise<number> {
  const asked: Promise<boolean>[] = [];
  for (let at = 0; at < seconds * PER_SECOND; at++) {
    asked.push(at % 10 === 0 ? answersPage(url) : answersQuestion(url));
    await sleep(1000 / PER_SECOND);
  }
  const answered = await Promise.all(asked);
  expect(answered.filter((one) => !one)).toHaveLength(0);
  return answered.length;
}

async function answersPage(url: string): Promise<boolean> {
  const answer = await fetch(url);
  return answer.ok && (await answer.text()).includes('</html>');
}

async function answersQuestion(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ hub { version release } metrics(first: 50) { nodes { id title } } }' }),
  });
  return answer.ok && (await answer.text()).startsWith('{"data":{');
}

function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
