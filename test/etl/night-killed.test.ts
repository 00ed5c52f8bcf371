import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import {
  disturb,
  type Ground,
  haveUntilDone,
  nightsOf,
  putIntoInbox,
  standing,
  usualOf,
} from '../support/killed-night.ts';

const disturbed = testDatabase();
const undisturbed = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tessera-killed-night-'));
const state = join(folder, 'state');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function groundOf(database: TestDatabase, name: string): Promise<Ground> {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  await registerSources(
    await database.as('loader'),
    readSourcesFile(join(state, 'deliveries', 'sources.yaml')),
  );
  const owner = await database.as('owner');
  const inbox = join(dataDir, 'inbox');
  return {
    environment: {
      DATABASE_URL: database.target.urlFor('owner'),
      TESSERA_ROLE_SECRET: inject('roleSecret'),
      TESSERA_SURROGATE_KEY: 'a surrogate key for tests, 32 or more',
      TESSERA_DATA_DIR: dataDir,
      TESSERA_INBOX: inbox,
    },
    inbox,
    query: (sql) => owner.query(sql),
    blows: {
      night: { killsNight: true, strike: async () => {} },
      // As a server that restarts does to whoever is connected: the night tries again, and is killed when it does.
      connections: {
        killsNight: false,
        strike: async () => {
          for (const duty of ['loader', 'linker', 'measurer', 'publisher'] as const)
            await (await database.as(duty)).query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()`,
            );
        },
      },
    },
  };
}

test('a night that is struck twenty times on its way comes to the candidate of an undisturbed one', {
  timeout: 900_000,
}, async () => {
  synthesize(loadContracts(), { size: sizes.test, seed: 1, out: state });
  const [calm, rough] = [await groundOf(undisturbed, 'calm'), await groundOf(disturbed, 'rough')];
  const [first = ''] = nightsOf(state);
  for (const { inbox } of [calm, rough]) putIntoInbox(state, first, inbox);
  const usual = usualOf(await haveUntilDone(calm));
  console.log(JSON.stringify([...usual]));
  const struck = await disturb(rough, { kills: 20, seed: 1, usual }, (line) => console.log(line));
  expect(await standing(rough)).toEqual(await standing(calm));
  expect(struck.length).toBeGreaterThanOrEqual(15);
});
