import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type EmbeddedServer,
  runningEmbeddedTarget,
  startEmbeddedServer,
} from '../../../src/db/embedded/server.ts';
import { scratchFolder } from '../../support/tessera.ts';

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer(folder);
  onTestFinished(() => server.stop());
  return server;
}

async function query(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.target.urlFor('owner') });
  // A server that is stopped under a connection says so on it.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded server', () => {
  test('keeps what was committed when it is started over an orphan of itself', async () => {
    const folder = scratchFolder();
    const first = await start(folder);
    await query(first, 'CREATE TABLE kept AS SELECT 7 AS n');
    // Nobody stops the first: this is what a killed hub leaves behind.
    const second = await start(folder);
    expect(await query(second, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await expect(query(first, 'SELECT 1')).rejects.toThrow();
  });

  test('starts over a pid file whose number now belongs to somebody else', async () => {
    const folder = scratchFolder();
    await (await start(folder)).stop();
    writeFileSync(
      join(folder, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${join(folder, 'postgres')}\n`,
    );
    expect(await query(await start(folder), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('starts over a cluster that was half made when the power went', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'postgres-draft', 'base'), { recursive: true });
    expect(await query(await start(folder), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  test('is found by a command that works beside it, until it stops', async () => {
    const folder = scratchFolder();
    const server = await start(folder);
    expect(runningEmbeddedTarget(folder)?.urlFor('owner')).toBe(server.target.urlFor('owner'));
    await server.stop();
    expect(runningEmbeddedTarget(folder)).toBeUndefined();
  });

  test('writes neither a statement nor the detail of an error into its log', async () => {
    const folder = scratchFolder();
    const server = await start(folder);
    await query(server, 'CREATE TABLE row_of_test (n integer CHECK (n < 10))');
    await expect(query(server, 'INSERT INTO row_of_test VALUES (424242)')).rejects.toThrow();
    const log = readFileSync(join(folder, 'log', 'postgres.log'), 'utf8');
    expect(log).toContain('violates check constraint');
    expect(log).not.toContain('424242');
  });

  test('refuses a data folder of another major version, and says what to do', async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '14\n');
    await expect(startEmbeddedServer(folder)).rejects.toMatchObject({
      code: 'DATABASE_VERSION',
      exitCode: 4,
    });
  });
});
