import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { useHubDatabase } from '../../src/db/hub-database.ts';
import { scratchFolder, sharedFolder, startedHub, tessera } from '../support/tessera.ts';

/** Made once: making a database takes longer than starting over one that is there. */
const folder = sharedFolder();

describe('tessera start', () => {
  test('answers, and stops cleanly with its database when it is asked to', async () => {
    const hub = await startedHub({ TESSERA_DATA_DIR: folder });
    expect(await (await fetch(`${hub.url}/healthz`)).json()).toEqual({ ok: true });
    expect(await (await fetch(`${hub.url}/readyz`)).json()).toEqual({ ok: true });
    expect(await (await fetch(`${hub.url}/metrics`)).text()).toContain(
      'tessera_request_seconds_count{method="GET",route="/readyz",status="200"} 1',
    );
    const missing = await fetch(`${hub.url}/nowhere`);
    expect([missing.status, await missing.text()]).toEqual([404, 'Not found\n']);
    await hub.kill('SIGTERM');
    expect(hub.process.exitCode).toBe(0);
    const { stdout } = await tessera(['status', '--json'], { TESSERA_DATA_DIR: folder });
    expect(JSON.parse(stdout)).toMatchObject({
      hub: { running: false },
      database: { migrations: { pending: 0 } },
    });
  });

  test('connects as whoever serves, asks who somebody is, or adds to the log, and as nobody else', async () => {
    const hub = await startedHub({ TESSERA_DATA_DIR: folder });
    const link = await tessera(['signin', '--role', 'steward', '--json'], { TESSERA_DATA_DIR: folder });
    const entered = await fetch((JSON.parse(link.stdout) as { url: string }).url, { redirect: 'manual' });
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    for (const page of ['/linkage', '/runs', '/quality', '/agreements', '/people', '/audit', '/tables'])
      expect([page, (await fetch(`${hub.url}${page}`, { headers: { cookie } })).status]).toEqual([page, 200]);
    const database = await useHubDatabase(readSettings({ TESSERA_DATA_DIR: folder }), 'a test');
    onTestFinished(() => database.close());
    const client = new Client({ connectionString: database.target.urlFor('recorder') });
    await client.connect();
    onTestFinished(() => client.end());
    const { rows } = await client.query<{ role: string }>(
      `SELECT DISTINCT usename::text AS role FROM pg_stat_activity
       WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()`,
    );
    expect(rows.map(({ role }) => role).toSorted()).toEqual([
      'tessera_api',
      'tessera_gatekeeper',
      'tessera_recorder',
    ]);
  });

  test('a second time on one data folder says who holds it, and leaves the first alone', async () => {
    const hub = await startedHub({ TESSERA_DATA_DIR: folder });
    const second = await tessera(['start'], { TESSERA_DATA_DIR: folder, PORT: '0' });
    expect(second.code).toBe(5);
    expect(second.stderr).toMatch(
      `DATA_FOLDER_HELD: The data folder ${folder} is held by process ${hub.process.pid}`,
    );
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
    const { stdout } = await tessera(['status', '--json'], { TESSERA_DATA_DIR: folder });
    expect(JSON.parse(stdout)).toMatchObject({ hub: { running: true, pid: hub.process.pid } });
  });

  test('works after kill -9, ten times in a row', { timeout: 240_000 }, async () => {
    for (let time = 0; time < 10; time++) {
      const hub = await startedHub({ TESSERA_DATA_DIR: folder });
      expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
      await hub.kill('SIGKILL');
    }
    const hub = await startedHub({ TESSERA_DATA_DIR: folder });
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  });

  test('on a port in use says so, stops its database and can be started again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const failed = await tessera(['start'], { TESSERA_DATA_DIR: folder, PORT: port });
    expect(failed).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/PORT: Port \d+ on 127.0.0.1 cannot be opened \(EADDRINUSE\)/),
    });
    expect(failed.stderr).not.toMatch(/\n\s+at /);
    await startedHub({ TESSERA_DATA_DIR: folder });
  });

  test('in a folder that cannot be written says so', async () => {
    const file = join(scratchFolder(), 'a-file');
    writeFileSync(file, '');
    const failed = await tessera(['start'], { TESSERA_DATA_DIR: join(file, 'data') });
    expect(failed).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/DATA_FOLDER: .*cannot be written.\n→ Give your account/),
    });
  });

  test('with a database that does not answer says which, and never the password', async () => {
    const DATABASE_URL = 'postgres://hub:the-password@127.0.0.1:1/hub';
    const failed = await tessera(['start'], { TESSERA_DATA_DIR: scratchFolder(), DATABASE_URL });
    expect(failed).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(
        /DATABASE_UNREACHABLE: 127.0.0.1:1\/hub .*ECONNREFUSED.*\n→ Start the server/,
      ),
    });
    expect(failed.stderr).not.toContain('the-password');
  });
});
