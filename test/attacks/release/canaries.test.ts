import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { takeDelivery } from '../../../etl/intake.ts';
import { openLog } from '../../../src/app/log.ts';
import { type RunningServer, serve } from '../../../src/app/server/server.ts';
import { readSettings } from '../../../src/config.ts';
import { transaction } from '../../../src/db/transaction.ts';
import type { ReleaseFigure } from '../../../src/disclosure/release/release-figures.ts';
import { storedFigures } from '../../../src/disclosure/release/stored-releases.ts';
import { testDatabase } from '../../support/database.ts';
import { countRow, csv, registerTestAgency, writeDelivery } from '../../support/delivery.ts';
import { candidateOf, madeUpState } from '../../support/made-up-candidate.ts';
import { release, storeCandidate } from '../../support/released.ts';
import { partsOf, testServer } from '../../support/server.ts';
import { surfaces } from './surfaces.ts';

const database = testDatabase();
const tokens = testServer(database);
const plain = madeUpState({
  seed: 33,
  counties: 4,
  largest: 60,
  years: [2024],
  only: ['identified', 'missing_share'],
});
/** Numbers that occur nowhere else, planted in the limits of every figure with a small count in it. */
const planted: string[] = [];
const figures = plain.candidate.figures.map((figure, at) => {
  const counts = [figure.numerator, figure.denominator];
  if (!counts.some((count) => count !== null && count >= 1 && count <= 10)) return figure;
  const canary = `0.${7_310_000_001 + at * 97}`;
  planted.push(canary.slice(2));
  return { ...figure, lower: Number(canary), upper: Number(canary) };
});
/** Who reported and where somebody stayed, in columns and cells of a delivery that should carry neither. */
const identities = ['Quillwoman Zanderbeck', '77 Moonquarry Lane'];
let number: number;
let server: RunningServer;
let steward: string;
const logged: string[] = [];

beforeAll(async () => {
  const stderr = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((line) => logged.push(String(line)) > 0);
  const log = openLog({ logLevel: 'debug', logFormat: 'json' });
  server = await serve(await partsOf(database), readSettings({ PORT: '0', TESSERA_LOG_LEVEL: 'debug' }), log);
  afterAll(async () => {
    await server.close();
    stderr.mockRestore();
  });
  steward = await tokens.token({ role: 'steward' });
  await takeIdentities();
  const candidate = candidateOf(figures);
  await storeCandidate(await database.as('measurer'), candidate);
  number = await release(await database.as('publisher'), { ...plain, candidate }, '2024');
}, 180_000);

/** A delivery with an identity in a column that no contract names, and in a cell; whatever becomes of it is in the ledger. */
async function takeIdentities(): Promise<void> {
  const loader = await database.as('loader');
  await registerTestAgency(loader);
  const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  const [who = '', where = ''] = identities;
  const good = countRow('r1', 1, 31);
  const files = {
    'in-a-cell': [
      good,
      { ...countRow('r2', 1, 32), population: who },
      { ...countRow('r3', 1, 33), period_start: where },
    ],
    'in-a-column': [{ ...good, reporter_name: who }],
  };
  try {
    for (const [id, rows] of Object.entries(files)) {
      const delivery = writeDelivery(join(folder, id), { id, files: [csv('denominator_count', rows)] });
      const intake = {
        loader,
        surrogateKey: new Uint8Array(32),
        requestedBy: 'a test',
        onProgress: () => {},
      };
      const said = await takeDelivery(intake, delivery).then(
        (report) => JSON.stringify(report),
        (error: unknown) => String(error),
      );
      logged.push(said);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('attack 15: what is left over in formats', { timeout: 300_000 }, () => {
  it('finds nothing planted on any surface, in any header, nor in what the hub logged meanwhile', async () => {
    expect(planted.length).toBeGreaterThan(10);
    const canaries = [...planted, ...identities, 'Zanderbeck', 'Moonquarry'];
    for (const { name, text } of surfaces(database, () => ({ url: server.url, steward }), number)) {
      const found = await text();
      expect(found.length, name).toBeGreaterThan(0);
      expect(
        canaries.filter((canary) => found.includes(canary)),
        name,
      ).toEqual([]);
    }
    const log = logged.join('\n');
    expect(log).toContain('/graphql');
    expect(canaries.filter((canary) => log.includes(canary))).toEqual([]);
  });

  it('would find them where they are kept', async () => {
    const publisher = await database.as('publisher');
    const rows = JSON.stringify(await publisher.query('SELECT lower FROM measures.figure'));
    expect(planted.every((canary) => rows.includes(canary.replace(/0+$/, '')))).toBe(true);
  });
});

describe('attack 16: how long, how large', { timeout: 60_000 }, () => {
  const stored = async (): Promise<ReleaseFigure[]> =>
    transaction(await database.as('api'), ({ client }) => storedFigures(client, number));

  it('has hidden figures that differ in nothing but their place', async () => {
    const hidden = (await stored()).filter(({ status }) => status === 'hidden');
    expect(hidden.length).toBeGreaterThan(5);
    const said = hidden.map(({ metric, tbl, period, cell, dims, footnotes, ...other }) => {
      expect({ metric, tbl, period, cell, dims }).toBeDefined();
      return JSON.stringify([other, footnotes[0]]);
    });
    // One marker; a breakdown that is left out as a whole says so, of every cell alike.
    expect(new Set(said).size).toBeLessThanOrEqual(2);
    const level = ({ metric, period, dims }: ReleaseFigure): string =>
      [metric, period, ...Object.keys(dims).filter((name) => dims[name] !== 'all')].join(' ');
    for (const cells of Map.groupBy(await stored(), level).values()) {
      const leftOut = cells.filter(({ footnotes }) => footnotes[0]?.startsWith('Not published') === true);
      expect([0, cells.filter(({ status }) => status !== 'not_available').length]).toContain(leftOut.length);
    }
  });

  it('has one query for every figure, which looks at places only', async () => {
    const api = await database.as('api');
    const plan = async (cell: string): Promise<string> => {
      const rows = await api.query<{ 'QUERY PLAN': string }[]>(
        'EXPLAIN (COSTS OFF) SELECT * FROM release.figure WHERE release_number = $1 AND metric = $2 AND cell = $3',
        [number, 'identified', cell],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const rows = await stored();
    const one = (status: string): string => rows.find((row) => row.status === status)?.cell ?? '';
    const shape = (text: string): string => text.replaceAll(/'[^']*'/g, "'…'");
    expect(shape(await plan(one('hidden')))).toBe(shape(await plan(one('shown'))));
    expect(shape(await plan('county=99999'))).toBe(shape(await plan(one('shown'))));
  });
});
