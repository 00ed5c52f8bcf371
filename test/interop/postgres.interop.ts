/** The hub on a PostgreSQL that it did not start: Debian's own. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchFolder, startedHub, tessera } from '../support/tessera.ts';
import { needPackages } from './debian.ts';

const port = '54329';
const folder = '/tmp/tessera-interop-postgres';
const environment = { DATABASE_URL: `postgres://hub_owner:interop-only@127.0.0.1:${port}/hub` };
let binaries: string;
let major: string;

function asPostgres(command: string): void {
  execFileSync('su', ['postgres', '-s', '/bin/sh', '-c', command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: '/tmp',
  });
}

beforeAll(() => {
  needPackages('postgresql');
  major = readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a))[0] ?? '';
  binaries = join('/usr/lib/postgresql', major, 'bin');
  asPostgres(`rm -rf ${folder} && ${binaries}/initdb -D ${folder} --auth=trust -U postgres`);
  asPostgres(`${binaries}/pg_ctl -D ${folder} -w -l ${folder}/log -o "-p ${port} -k ${folder}" start`);
  asPostgres(
    `${binaries}/psql -h 127.0.0.1 -p ${port} -U postgres -c "CREATE ROLE hub_owner LOGIN CREATEROLE PASSWORD 'interop-only'" -c "CREATE DATABASE hub OWNER hub_owner"`,
  );
});

afterAll(() => asPostgres(`${binaries}/pg_ctl -D ${folder} -m immediate stop && rm -rf ${folder}`));

test('the hub starts on it, with roles of its own, and the doctor finds nothing wrong', async () => {
  const TESSERA_DATA_DIR = scratchFolder();
  const hub = await startedHub({ ...environment, TESSERA_DATA_DIR });
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  const status = await tessera(['status', '--json'], { ...environment, TESSERA_DATA_DIR });
  expect(JSON.parse(status.stdout)).toMatchObject({
    hub: { running: true },
    database: {
      embedded: false,
      at: `127.0.0.1:${port}/hub`,
      version: expect.stringMatching(new RegExp(`^${major}\\.`)),
    },
  });
  const doctor = await tessera(['doctor', '--json'], { ...environment, TESSERA_DATA_DIR });
  expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
});

test('every migration can be undone on it', async () => {
  const TESSERA_DATA_DIR = scratchFolder();
  for (;;) {
    const { applied } = JSON.parse(
      (await tessera(['migrate', '--down', '--json'], { ...environment, TESSERA_DATA_DIR })).stdout,
    ) as { applied: string[] };
    if (applied.length === 0) break;
  }
  const up = await tessera(['migrate', '--json'], { ...environment, TESSERA_DATA_DIR });
  expect(JSON.parse(up.stdout)).toMatchObject({ pending: [] });
});
