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
import type { NightStage } from '../../etl/night-stages.ts';
import { type NightReport, plannedStages, runNight } from '../../etl/pipeline.ts';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tessera-night-'));
const state = join(folder, 'state');
const inbox = join(folder, 'inbox');
const nights = (): string[] => readdirSync(join(state, 'deliveries')).filter((name) => /^\d{4}-/.test(name));

function night(
  options: { from?: NightStage; until?: NightStage; releases?: number[] } = {},
): Promise<NightReport> {
  return runNight({
    as: (duty) => database.as(duty),
    surrogateKey: new Uint8Array(32).fill(7),
    inbox,
    retentionDays: 90,
    requestedBy: 'a test',
    codeVersion: 'test',
    now: new Date('2026-07-04T09:00:00Z'),
    makeReleases: async () => options.releases ?? [],
    from: options.from,
    until: options.until,
  });
}

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
    expect(outcomes(report)).toEqual(['collect unchanged', 'destroy unchanged', 'link refused']);
    expect(report.stages[2]?.reason).toContain('NOTHING_TO_LINK');
  });

  test('takes in what waits, links it, measures it, and leaves the inbox empty', async () => {
    const [first = ''] = nights();
    cpSync(join(state, 'deliveries', first), join(inbox, first), { recursive: true });
    mkdirSync(join(inbox, first, 'still-being-written'));
    const report = await night();
    expect(outcomes(report)).toEqual([
      'collect succeeded',
      'destroy unchanged',
      'link succeeded',
      'scope succeeded',
      'purge unchanged',
      'measure succeeded',
      'release unchanged',
    ]);
    const collected = report.stages[0];
    expect(collected?.accepted).toBeGreaterThan(500);
    expect(collected?.rows_in).toBe((collected?.accepted ?? 0) + (collected?.rejected ?? 0));
    expect(readdirSync(join(inbox, first))).toEqual(['still-being-written']);
    expect(report.release).toBeNull();
  });

  test('that is had again changes nothing', async () => {
    // Who was of concern before is part of what the scope is found from, so it is found once more.
    await night({ until: 'scope' });
    expect(outcomes(await night({ until: 'measure' }))).toEqual([
      'collect unchanged',
      'destroy unchanged',
      'link unchanged',
      'scope unchanged',
      'purge unchanged',
      'measure unchanged',
    ]);
  });

  test('takes in the other agencies when one is refused', async () => {
    const [, second = ''] = nights();
    const from = join(state, 'deliveries', second);
    cpSync(from, join(inbox, second), { recursive: true });
    const [agency = ''] = readdirSync(from);
    const manifest = join(inbox, second, agency, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"rows":\s*\d+/, '"rows": 999999'));
    const report = await night({ until: 'collect' });
    expect(outcomes(report)).toEqual(['collect refused']);
    expect(report.stages[0]?.accepted).toBeGreaterThan(0);
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
    expect(await night({ from: 'release', releases: [4, 5] })).toMatchObject({
      release: 5,
      stages: [{ stage: 'release', outcome: 'succeeded', accepted: 2 }],
    });
  });
});

test('stages are asked for in their order', () => {
  expect(plannedStages({ from: 'link', until: 'measure' })).toEqual(['link', 'scope', 'purge', 'measure']);
  expect(() => plannedStages({ from: 'measure', until: 'link' })).toThrow('comes after');
});
