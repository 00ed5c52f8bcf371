import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planNight } from '../../etl/night/plan-night.ts';
import type { NightReport } from '../../etl/night/stage-of-night.ts';
import type { NightTerms } from '../../etl/night/stage-terms.ts';
import { NIGHT_STAGES, type NightStage } from '../../etl/night-stages.ts';
import { type Night, plannedStages, runNight } from '../../etl/pipeline.ts';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { Unavailable } from '../../src/errors.ts';
import { holdBack, liftHold } from '../../src/runs/holds.ts';
import { askNightToEnd, lastNights } from '../../src/runs/nights.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tessera-night-'));
const state = join(folder, 'state');
const inbox = join(folder, 'inbox');
const nights = (): string[] => readdirSync(join(state, 'deliveries')).filter((name) => /^\d{4}-/.test(name));

function night(options: Partial<Night> & { readonly releases?: number[] } = {}): Promise<NightReport> {
  const { releases = [], ...rest } = options;
  return runNight({
    as: (duty) => database.as(duty),
    surrogateKey: new Uint8Array(32).fill(7),
    inbox,
    retentionDays: 90,
    requestedBy: 'a test',
    codeVersion: 'test',
    now: new Date('2026-07-04T09:00:00Z'),
    makeReleases: async (until, watch) => {
      watch.count('protect', releases.length);
      if (until === 'release') watch.count('release', releases.length);
      return releases;
    },
    ...rest,
  });
}

const oneAttempt = Object.fromEntries(
  NIGHT_STAGES.map((stage) => [stage, { timeoutMs: 60_000, waitsMs: [] }]),
) as unknown as NightTerms;
const twice = { timeoutMs: 60_000, waitsMs: [10] };

const outcomes = ({ stages }: NightReport): string[] =>
  stages.map(({ stage, outcome }) => `${stage} ${outcome}`);

beforeAll(async () => {
  synthesize(loadContracts(), { size: sizes.test, seed: 1, out: state });
  await registerSources(
    await database.as('loader'),
    readSourcesFile(join(state, 'deliveries', 'sources.yaml')),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a night', { timeout: 300_000 }, () => {
  test('without a delivery ends where there is nothing to link, and says so', async () => {
    const report = await night();
    expect(outcomes(report)).toEqual([
      'collect unchanged',
      ...['agree', 'verify', 'validate', 'load'].map((stage) => `${stage} unchanged`),
      'destroy unchanged',
      'link refused',
      'notify unchanged',
    ]);
    expect(report.stages.find(({ stage }) => stage === 'link')?.reason).toContain('NOTHING_TO_LINK');
  });

  test('takes in what waits, links it, measures it, and leaves the inbox empty', async () => {
    const [first = ''] = nights();
    cpSync(join(state, 'deliveries', first), join(inbox, first), { recursive: true });
    mkdirSync(join(inbox, first, 'still-being-written'));
    const waits = readdirSync(join(inbox, first)).length - 1;
    const looked = await planNight({
      as: (duty) => database.as(duty),
      surrogateKey: new Uint8Array(32).fill(7),
      inbox,
      requestedBy: 'a test',
      dueReleases: async () => 2,
    });
    const report = await night();
    expect(outcomes(report)).toEqual([
      ...['collect', 'agree', 'verify', 'validate', 'load'].map((stage) => `${stage} succeeded`),
      'destroy unchanged',
      'link succeeded',
      'scope succeeded',
      'purge unchanged',
      ...['measure', 'estimate', 'candidate'].map((stage) => `${stage} succeeded`),
      ...['protect', 'release', 'reports', 'notify'].map((stage) => `${stage} unchanged`),
    ]);
    const counts = (from: NightReport, name: NightStage) => {
      const { rows_in, accepted, rejected } = from.stages.find(({ stage }) => stage === name) ?? {};
      return { rows_in, accepted, rejected };
    };
    expect(counts(report, 'agree')).toEqual({ rows_in: waits, accepted: waits, rejected: 0 });
    expect(counts(report, 'validate').accepted).toBeGreaterThan(500);
    expect(counts(report, 'load').accepted).toBe(counts(report, 'validate').accepted);
    expect(readdirSync(join(inbox, first))).toEqual(['still-being-written']);
    expect(report.release).toBeNull();
    // What it would do was judged before as it was done then, and nothing of it was stored.
    expect(looked.run).toBeNull();
    for (const stage of ['agree', 'verify'] as const)
      expect(counts(looked, stage)).toEqual(counts(report, stage));
    expect(counts(looked, 'validate').rows_in).toBe(counts(report, 'validate').rows_in);
    expect(counts(looked, 'release').rows_in).toBe(2);
    // The estimates were made before the candidate, and their figures are of this night's linkage.
    const [figures] = await (await database.as('measurer')).query(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE reason LIKE 'no estimate was made%'
         OR reason LIKE '%has to be made again')::int AS missing
       FROM measures.figure f JOIN measures.candidate c ON c.id = f.candidate_id AND c.current
       WHERE metric = 'prevalence' AND tbl = 'all'`,
    );
    expect(figures.all).toBeGreaterThan(0);
    expect(figures.missing).toBe(0);
  });

  test('that is had again changes nothing', async () => {
    // Who was of concern before is part of what the scope is found from, so it is found once more.
    await night({ until: 'scope' });
    const again = outcomes(await night({ until: 'candidate' }));
    expect(again).toEqual(plannedStages({ until: 'candidate' }).map((stage) => `${stage} unchanged`));
  });

  test('takes in the other agencies when one is refused', async () => {
    const [, second = ''] = nights();
    const from = join(state, 'deliveries', second);
    cpSync(from, join(inbox, second), { recursive: true });
    const [agency = ''] = readdirSync(from);
    const manifest = join(inbox, second, agency, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"rows":\s*\d+/, '"rows": 999999'));
    const report = await night({ until: 'load' });
    const load = report.stages.at(-1);
    expect(outcomes(report).filter((one) => one.endsWith('refused'))).toEqual(['validate refused']);
    expect(load?.accepted).toBeGreaterThan(0);
    expect(existsSync(join(inbox, second))).toBe(false);
  });

  test('is had by one process at a time', async () => {
    const both = await Promise.allSettled([night({ from: 'measure' }), night({ from: 'measure' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'NIGHT_RUNNING' },
    });
  });

  test('answers the release that it made', async () => {
    const report = await night({ from: 'protect', releases: [4, 5] });
    expect(report.release).toBe(5);
    expect(outcomes(report)).toEqual([
      'protect succeeded',
      'release succeeded',
      'reports unchanged',
      'notify unchanged',
    ]);
    const drafts = await night({ from: 'protect', releases: [6], makeReports: async (made) => made.length });
    expect(drafts.stages.find(({ stage }) => stage === 'reports')).toMatchObject({ accepted: 1 });
  });

  test('that a stage ends tells so, and is taken up from there', async () => {
    const told: string[] = [];
    const failing = await night({
      from: 'candidate',
      makeReleases: async () => {
        throw new Unavailable('SIGNING_KEY', 'The key is not there.');
      },
      terms: oneAttempt,
      notify: async (stages) => told.push(...stages.map(({ stage, outcome }) => `${stage} ${outcome}`)),
    });
    expect(outcomes(failing)).toEqual(['candidate unchanged', 'protect failed', 'notify succeeded']);
    expect(told).toEqual(['candidate unchanged', 'protect failed']);
    const [last] = await lastNights(await database.as('loader'));
    expect(last).toMatchObject({ outcome: 'failed', stage: 'protect', code: 'SIGNING_KEY' });
  });

  test('is held back by hand, as a whole or for one source, and says why', async () => {
    const loader = await database.as('loader');
    await holdBack(loader, { held: 'night', because: 'the building moves', by: 'a test' });
    await expect(night()).rejects.toMatchObject({ code: 'NIGHT_HELD', exitCode: 5 });
    await liftHold(loader, 'night', 'a test');
    await holdBack(loader, { held: 'releases', because: 'counsel reads', by: 'a test' });
    const report = await night({ from: 'protect', releases: [9] });
    expect(report.stages[0]).toMatchObject({ outcome: 'unchanged', reason: 'HELD: counsel reads' });
    expect(report.release).toBeNull();
    await liftHold(loader, 'releases', 'a test');
  });

  test('ends where it is when it takes too long, is cancelled, or is asked to end from elsewhere', async () => {
    const loader = await database.as('loader');
    const publisher = await database.as('publisher');
    const slow = { from: 'protect', terms: oneAttempt } as const;
    const forever = async () => {
      await publisher.query('SELECT pg_sleep(600)');
      return [];
    };
    const ended = async (report: Promise<NightReport>): Promise<string | undefined> =>
      (await report).stages[0]?.reason?.split(':')[0];
    const hurried = {
      ...oneAttempt,
      protect: { timeoutMs: 300, waitsMs: [] },
      release: { timeoutMs: 1, waitsMs: [] },
    };
    expect(await ended(night({ ...slow, terms: hurried, makeReleases: forever }))).toBe('STAGE_TIMED_OUT');
    const stop = new AbortController();
    const cancelled = night({ ...slow, signal: stop.signal, makeReleases: forever });
    stop.abort();
    expect(await ended(cancelled)).toBe('NIGHT_CANCELLED');
    const asked = night({
      ...slow,
      makeReleases: async () => {
        await askNightToEnd(loader, 'a test');
        return forever();
      },
    });
    expect(await ended(asked)).toBe('NIGHT_CANCELLED');
  });

  test('tries again what can pass, on a connection of its own when the server cut the one that held its lock', async () => {
    let times = 0;
    const report = await night({
      from: 'protect',
      until: 'release',
      terms: { ...oneAttempt, protect: twice, release: twice },
      makeReleases: async () => {
        if (++times === 1) {
          await (await database.as('loader')).query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()`,
          );
          throw Object.assign(new Error('cut'), { code: '57P01' });
        }
        return [7];
      },
    });
    expect(report).toMatchObject({ release: 7, stages: [{ attempts: 2 }, { attempts: 2 }] });
  });
});

test('stages are asked for in their order', () => {
  expect(plannedStages({ from: 'link', until: 'measure' })).toEqual(['link', 'scope', 'purge', 'measure']);
  expect(() => plannedStages({ from: 'measure', until: 'link' })).toThrow('comes after');
});
