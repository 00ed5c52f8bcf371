import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../etl/receive/limits.ts';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import {
  disturb,
  type Ground,
  haveUntilDone,
  launchNight,
  nightsOf,
  PARTS,
  type PartName,
  putIntoInbox,
  type Struck,
  standing,
  untilAt,
  usualOf,
} from '../support/killed-night.ts';
import { tessera } from '../support/tessera.ts';
import { times as kills, seed } from './extent.ts';
import { type OwnServer, ownServer } from './own-server.ts';
import { keepResults } from './results.ts';

const began = Date.now();
/** Things that a source should not send. */
const FILES = 4;
const folder = mkdtempSync(join(tmpdir(), 'tessera-nights-'));
const state = join(folder, 'state');
let server: OwnServer;
let calm: unknown;
let usual: ReadonlyMap<PartName, number>;
const found: {
  struck: Struck[];
  nights: number;
  fulls?: { stage: string; outcome: string }[];
  restarts: { stage: string; outcome: string }[];
  files: { what: string; outcome: string }[];
} = { struck: [], nights: 0, restarts: [], files: [] };

beforeAll(async () => {
  server = await ownServer();
  synthesize(loadContracts(), { size: sizes.test, seed: 1, out: state });
  const ground = await groundOf('calm');
  putIntoInbox(state, nightsOf(state)[0] ?? '', ground.inbox);
  usual = usualOf(await haveUntilDone(ground));
  calm = await standing(ground);
}, 600_000);

afterAll(async () => {
  const minutes = Math.round((Date.now() - began) / 60_000);
  // A run that broke off reports nothing.
  const whole =
    found.files.length === FILES && found.restarts.length === PARTS.length && found.struck.length >= kills;
  if (whole) keepResults('night', { seed, kills, minutes, ...found });
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

async function groundOf(name: string): Promise<Ground> {
  await server.makeDatabase(name);
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  const environment = {
    DATABASE_URL: server.urlOf(name),
    TESSERA_ROLE_SECRET: server.roleSecret,
    TESSERA_SURROGATE_KEY: 'a surrogate key for tests, 32 or more',
    TESSERA_DATA_DIR: dataDir,
    TESSERA_INBOX: join(dataDir, 'inbox'),
  };
  const applied = await tessera(['sources', 'apply', join(state, 'deliveries', 'sources.yaml')], environment);
  expect(applied.code, applied.stderr).toBe(0);
  return {
    environment,
    inbox: environment.TESSERA_INBOX,
    query: (sql) => server.query(name, sql),
    blows: {
      night: { killsNight: true, strike: async () => {} },
      database: { killsNight: false, strike: () => server.kill() },
      everything: { killsNight: true, strike: () => server.kill() },
    },
  };
}

test(`nights that are struck ${kills} times come to the candidate of an undisturbed one (seed ${seed})`, async () => {
  for (let night = 0; found.struck.length < kills && night < kills; night++) {
    const ground = await groundOf(`struck_${night}`);
    putIntoInbox(state, nightsOf(state)[0] ?? '', ground.inbox);
    const wanted = Math.min(20, Math.max(9, kills - found.struck.length));
    const struck = await disturb(ground, { kills: wanted, seed: seed + night, usual }, (line) =>
      console.log(line),
    );
    expect(await standing(ground)).toEqual(calm);
    found.struck.push(...struck);
    found.nights++;
  }
  expect(found.struck.length).toBeGreaterThanOrEqual(kills);
});

/** One stage after the other is disturbed in one night each; what stands in the end is what an undisturbed one made. */
async function atEveryStage(
  name: string,
  disturbance: (ground: Ground) => Promise<void>,
): Promise<{ stage: string; outcome: string }[]> {
  const outcomes: { stage: string; outcome: string }[] = [];
  for (const part of PARTS) {
    const ground = await groundOf(`${name}_${part}`);
    putIntoInbox(state, nightsOf(state)[0] ?? '', ground.inbox);
    const { ended } = launchNight(ground.environment);
    const over = { yes: false };
    void ended.then(() => (over.yes = true));
    await untilAt(ground, part, over);
    await disturbance(ground);
    const { code, report } = await ended;
    const again = report?.stages.find(({ attempts = 1 }) => attempts > 1);
    const failed = report?.stages.find(({ outcome }) => outcome === 'failed');
    outcomes.push({
      stage: part,
      outcome:
        code === 0
          ? again === undefined
            ? 'went on'
            : `went on by itself, ${again.stage} at attempt ${again.attempts}`
          : `ended in order${failed === undefined ? '' : ` at ${failed.stage}`}, and was taken up`,
    });
    await server.ensure();
    await haveUntilDone(ground);
    expect(await standing(ground)).toEqual(calm);
  }
  return outcomes;
}

test('a database that restarts in any stage costs a night nothing but time', async () => {
  found.restarts = await atEveryStage('restarted', () => server.restart());
});

test('a disk that is full in any stage costs a night nothing but time', async () => {
  const { leaveFree } = server;
  if (leaveFree === undefined) return console.log('no disk of its own: not tried');
  found.fulls = await atEveryStage('full', async () => {
    leaveFree(1);
    await sleep(4000);
    leaveFree(2000);
    await server.ensure();
  });
});

test('what a source should not send is refused or changes nothing', async () => {
  const ground = await groundOf('files');
  const [first = '', second = ''] = nightsOf(state);
  putIntoInbox(state, first, ground.inbox);
  await haveUntilDone(ground);
  const before = await standing(ground);
  const night = async () => (await launchNight(ground.environment).ended).report;
  putIntoInbox(state, first, ground.inbox);
  const twice = await night();
  expect(await standing(ground)).toEqual(before);
  found.files.push({
    what: 'yesterday’s files again',
    outcome: `nothing changed; ${twice?.stages.find(({ stage }) => stage === 'candidate')?.outcome}`,
  });
  const agency = readdirSync(join(state, 'deliveries', second)).toSorted()[0] ?? '';
  mkdirSync(join(ground.inbox, second), { recursive: true });
  const half = join(ground.inbox, second, agency);
  cpSync(join(state, 'deliveries', second, agency), half, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(half, 'manifest.json'), 'utf8')) as {
    files: { file: string }[];
  };
  const file = join(half, manifest.files[0]?.file ?? '');
  truncateSync(file, Math.floor(readFileSync(file).length / 2));
  const halved = await night();
  expect(halved?.stages.find(({ stage }) => stage === 'verify')?.outcome).toBe('refused');
  expect(await standing(ground)).toEqual(before);
  found.files.push({
    what: 'half a file',
    outcome: 'refused when it was verified (Q002); nothing of it was kept',
  });
  const huge = join(ground.inbox, second, agency);
  cpSync(join(state, 'deliveries', second, agency), huge, { recursive: true });
  // Of nothing but holes: what it takes on the disk is next to nothing, and what it says is past every limit.
  truncateSync(join(huge, manifest.files[0]?.file ?? ''), LIMITS.contentBytes + 1);
  const swollen = await night();
  expect(swollen?.stages.find(({ stage }) => stage === 'agree')?.outcome).toBe('refused');
  expect(await standing(ground)).toEqual(before);
  found.files.push({
    what: 'a file of more than 64 GiB',
    outcome: 'refused by its size, before a byte of it was read (TOO_LARGE)',
  });
  const writing = join(ground.inbox, second, agency);
  cpSync(join(state, 'deliveries', second, agency), writing, { recursive: true });
  rmSync(join(writing, 'manifest.json'));
  await night();
  expect(readdirSync(writing).length).toBeGreaterThan(0);
  expect(await standing(ground)).toEqual(before);
  found.files.push({
    what: 'a delivery that is still being written',
    outcome: 'left where it is until its manifest is there',
  });
});
