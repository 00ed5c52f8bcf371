import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { notifyAfter } from '../../src/app/after-night.ts';
import type { Hub } from '../../src/app/hub.ts';
import { readSettings } from '../../src/config.ts';
import { openRun } from '../../src/runs/ledger.ts';
import { testDatabase } from '../support/database.ts';
import { scratchFolder } from '../support/tessera.ts';

const database = testDatabase();

test('a collector is sent the night with its headers, and one that is away costs the night nothing', async () => {
  const came: { url: string | undefined; key: unknown; body: string }[] = [];
  const collector = createServer((request: IncomingMessage, answer) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      came.push({ url: request.url, key: request.headers['x-key'], body });
      answer.end('{}');
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void collector.close());
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const loader = await database.as('loader');
  const run = await openRun(loader, 'night', 'test');
  await loader.query(
    `INSERT INTO ops.night_stage (run_id, stage, place, outcome, ended_at) VALUES ($1, 'link', 6, 'succeeded', clock_timestamp())`,
    [run],
  );
  const hub = {
    as: (duty: Parameters<Hub['as']>[0]) => database.as(duty),
    database: { dataDir: scratchFolder() },
  } as unknown as Hub;
  const settings = (endpoint: string) => ({
    ...readSettings({ TESSERA_DATA_DIR: scratchFolder() }),
    otlpEndpoint: endpoint,
    otlpHeaders: 'x-key=a%20key',
  });
  const told = await notifyAfter(hub, settings(`http://127.0.0.1:${port}`), []);
  expect(came.map(({ url, key }) => [url, key])).toEqual([['/v1/traces', 'a key']]);
  expect(came[0]?.body).toContain(run.replaceAll('-', ''));
  expect(came[0]?.body).toContain('"name":"night.link"');
  expect(await notifyAfter(hub, settings('http://127.0.0.1:1'), [])).toBe(told - 1);
});
