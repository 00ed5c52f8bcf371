import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectAll } from '../../../etl/collect/collect.ts';
import { waitingDeliveries } from '../../../etl/receive/inbox.ts';
import type { Remote } from '../../../etl/schedule/schedule-file.ts';
import { testDatabase } from '../../support/database.ts';
import { countRow, csv, registerTestAgency, testAgency, writeDelivery } from '../../support/delivery.ts';
import { pem, type SftpServer, sftpServer } from '../../support/sftp-server.ts';

const database = testDatabase();
const base = mkdtempSync(join(tmpdir(), 'tessera-collect-'));
const outbox = join(base, 'outbox');
const clientKey = pem();
const keyFile = join(base, 'client.pem');
let sftp: SftpServer;
let s3: InstanceType<typeof S3rver>;
let endpoint = '';

beforeAll(async () => {
  await registerTestAgency(await database.as('loader'));
  for (const id of ['C1', 'C2'])
    writeDelivery(join(outbox, '2026-03-01', id), {
      id,
      files: [csv('denominator_count', [countRow(id, 1, 5)])],
    });
  mkdirSync(join(outbox, '2026-03-01', 'still-written'));
  writeFileSync(join(outbox, '2026-03-01', 'still-written', 'denominator_count.csv'), 'half');
  writeFileSync(join(outbox, '2026-03-01', 'C1', 'a stray name; rm -rf.csv'), 'stray');
  writeFileSync(keyFile, clientKey);
  sftp = await sftpServer(base, clientKey);
  s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(base, 's3'),
    configureBuckets: [{ name: 'agency', configs: [] }],
  });
  const { port } = await s3.run();
  endpoint = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await sftp.close();
  await s3.close();
  rmSync(base, { recursive: true, force: true });
});

const collect = async (inbox: string, remotes: readonly Remote[], held: readonly string[] = []) =>
  collectAll({
    loader: await database.as('loader'),
    inbox,
    remotes,
    held: new Set(held),
    requestedBy: 'a test',
    signal: new AbortController().signal,
    waitsMs: [10],
  });

const bySftp = (what: Partial<Remote> = {}): Remote => ({
  agency: testAgency,
  from: new URL(`sftp://hub@127.0.0.1:${sftp.port}/outbox`),
  keyFile,
  hostKey: sftp.hostKey,
  endpoint: undefined,
  region: undefined,
  ...what,
});

async function waiting(inbox: string): Promise<string[]> {
  return (await waitingDeliveries(inbox)).flatMap(({ folder }) => readdirSync(folder).toSorted());
}

describe('deliveries are fetched', () => {
  test('by SFTP: each that is whole, once, and no file that its manifest does not name', async () => {
    const inbox = join(base, 'inbox');
    expect(await collect(inbox, [bySftp()])).toEqual({ came: 2, unanswered: [] });
    const whole = ['denominator_count.csv', 'manifest.json'];
    expect(await waiting(inbox)).toEqual([...whole, ...whole]);
    expect(await collect(inbox, [bySftp()])).toEqual({ came: 0, unanswered: [] });
    expect(readdirSync(join(inbox, '.fetching'))).toEqual([]);
  });

  test('from nobody who passes for the source, and not from one that is held back', async () => {
    const inbox = join(base, 'nobody');
    const visits = sftp.visits();
    const stranger = bySftp({ hostKey: `SHA256:${'A'.repeat(43)}` });
    expect((await collect(inbox, [stranger])).unanswered).toEqual([`${testAgency} (HOST_KEY)`]);
    // It is not asked again: a wrong key does not pass.
    expect(sftp.visits()).toBe(visits + 1);
    expect(await collect(inbox, [bySftp()], [testAgency])).toEqual({ came: 0, unanswered: [] });
    expect(sftp.visits()).toBe(visits + 1);
  });

  test('from the others when one does not answer, and only what is the agency’s own', async () => {
    const inbox = join(base, 'others');
    const away = bySftp({ agency: 'ED-1', from: new URL('sftp://hub@127.0.0.1:1/outbox') });
    const found = await collect(inbox, [away, bySftp({ agency: 'PR-1' })]);
    expect(found).toEqual({ came: 0, unanswered: ['ED-1 (SFTP)', 'PR-1 (OTHER_AGENCY)'] });
  });

  test('from a bucket, page by page and whatever its names hold', async () => {
    const inbox = join(base, 'bucket');
    const keys = join(base, 's3.key');
    writeFileSync(keys, 'S3RVER\nS3RVER\n');
    const client = new AwsClient({
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      service: 's3',
      region: 'us-east-1',
    });
    const put = async (key: string, body: Uint8Array | string): Promise<void> => {
      const path = key.split('/').map(encodeURIComponent).join('/');
      const answer = await client.fetch(`${endpoint}/agency/${path}`, {
        method: 'PUT',
        body: body as BodyInit,
      });
      expect(answer.status, await answer.text()).toBe(200);
    };
    const folder = writeDelivery(join(base, 'C3'), {
      id: 'C3',
      files: [csv('denominator_count', [countRow('C3', 1, 5)])],
    });
    for (const file of readdirSync(folder))
      await put(`out & in/C3/${file}`, readFileSync(join(folder, file)));
    await put('out & in/noise/0', '-');
    // More than a page of them: the server's own files of one, a thousand times.
    const noise = join(base, 's3', 'agency', 'out & in', 'noise');
    for (const file of readdirSync(noise))
      for (let i = 1; i <= 1000; i++)
        copyFileSync(join(noise, file), join(noise, file.replace(/^0/, `${i}`)));
    const remote: Remote = {
      agency: testAgency,
      from: new URL('s3://agency/out%20&%20in'),
      keyFile: keys,
      hostKey: undefined,
      endpoint,
      region: undefined,
    };
    expect(await collect(inbox, [remote])).toEqual({ came: 1, unanswered: [] });
    expect(await waiting(inbox)).toEqual(['denominator_count.csv', 'manifest.json']);
    expect(await collect(inbox, [remote])).toEqual({ came: 0, unanswered: [] });
  });
});
