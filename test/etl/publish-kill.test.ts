/** A process that makes a release is killed where it hurts most; what everybody may read is then nothing, or all of it. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { madeUpState } from '../support/made-up-candidate.ts';
import { storeCandidate } from '../support/released.ts';
import { launchTessera, scratchFolder, tessera } from '../support/tessera.ts';

const database = testDatabase();
const state = madeUpState({ seed: 17, counties: 5, largest: 70, years: [2024], only: ['identified'] });
const order = ['release', 'make', '--period', '2024', '--json'];

/** What a reader can find of any release. */
async function readable(publisher: DataSource): Promise<number[]> {
  const tables = ['release', 'audience', 'figure', 'suppression', 'certificate'];
  const counts = await Promise.all(
    tables.map((table) =>
      publisher.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM release.${table}`),
    ),
  );
  return counts.map(([row]) => row?.n ?? -1);
}

test('a release that is killed while it is made leaves nothing to read, and is made again to the same bytes', {
  timeout: 300_000,
}, async () => {
  await storeCandidate(await database.as('measurer'), state.candidate);
  const publisher = await database.as('publisher');
  const environment = {
    DATABASE_URL: database.target.urlFor('owner'),
    TESSERA_ROLE_SECRET: database.target.roleSecret,
    TESSERA_DATA_DIR: scratchFolder(),
  };
  const moments = [
    // While it is being protected, and once that is proved and nothing is signed yet.
    `SELECT FROM ledger.stage WHERE name = 'protect'`,
    'SELECT FROM release.evidence',
  ];
  for (const moment of moments) {
    const child = launchTessera(order, environment);
    const exit = once(child, 'exit');
    while (child.exitCode === null && (await publisher.query<unknown[]>(moment)).length === 0) await sleep(2);
    child.kill('SIGKILL');
    await exit;
    const [releases = 0, ...others] = await readable(publisher);
    // All of it, if the process was faster than the hand that killed it; never a part.
    expect(others.every((count) => count > 0)).toBe(releases === 1);
    expect(others.some((count) => count > 0)).toBe(releases === 1);
  }
  const again = await tessera(order, environment);
  expect([0, 2], again.stderr + again.stdout).toContain(again.code);
  const [releases, ...others] = await readable(publisher);
  expect([releases, others.every((count) => count > 0)]).toEqual([1, true]);
  const verified = await tessera(['release', 'verify', '1', '--again', '--json'], environment);
  expect(verified.code, verified.stderr).toBe(0);
  expect(JSON.stringify(await publisher.query('SELECT DISTINCT state FROM release.release'))).toContain(
    'final',
  );
});
