import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { testDatabase } from '../../support/database.ts';
import {
  countRow,
  csv,
  type DeliveryContent,
  registerTestAgency,
  testAgency,
  writeDelivery,
} from '../../support/delivery.ts';
import { type StartedHub, scratchFolder, startedHub } from '../../support/tessera.ts';

const database = testDatabase();
const pieces = 'application/offset+octet-stream';

beforeAll(async () => registerTestAgency(await database.as('loader')));

interface Sender {
  readonly dataDir: string;
  hub: StartedHub;
  restart(): Promise<void>;
  send(method: string, path: string, body?: Uint8Array | string, headers?: object): Promise<Response>;
}

async function sender(): Promise<Sender> {
  const dataDir = scratchFolder();
  const environment = {
    DATABASE_URL: database.target.urlFor('owner'),
    TESSERA_ROLE_SECRET: inject('roleSecret'),
    TESSERA_DATA_DIR: dataDir,
  };
  const by: Sender = {
    dataDir,
    hub: await startedHub(environment),
    async restart() {
      by.hub = await startedHub(environment);
    },
    send(method, path, body, headers = {}) {
      const init = { method, headers: { authorization: bearer(dataDir), ...headers } };
      return fetch(by.hub.url + path, body === undefined ? init : { ...init, body: body as BodyInit });
    },
  };
  return by;
}

const bearer = (dataDir: string): string =>
  `Bearer ${readFileSync(join(dataDir, 'upload-token'), 'utf8').trim()}`;

let number = 0;
function made(rows: number): { manifest: string; file: string; text: Buffer; id: string } {
  const id = `U${number++}`;
  const file = csv(
    'denominator_count',
    Array.from({ length: rows }, (_, i) => countRow(`${id}r${i}`, 1, i)),
  );
  const content: DeliveryContent = { id, files: [file], asOf: `2026-05-${10 + number}T00:00:00Z` };
  const folder = writeDelivery(join(scratchFolder(), id), content);
  return {
    id,
    file: file.file,
    text: Buffer.from(file.text),
    manifest: readFileSync(join(folder, 'manifest.json'), 'utf8'),
  };
}

async function begin(by: Sender, manifest: string): Promise<string> {
  const begun = await by.send('POST', `/deliveries/${testAgency}`, manifest);
  expect(begun.status).toBe(201);
  return begun.headers.get('location') ?? '';
}

function patch(
  by: Sender,
  path: string,
  offset: number,
  body: Uint8Array,
  length?: number,
): Promise<Response> {
  return by.send('PATCH', path, body, {
    'content-type': pieces,
    'upload-offset': String(offset),
    ...(length === undefined ? {} : { 'upload-length': String(length) }),
  });
}

/** A piece whose body does not end until somebody ends it. */
function openPatch(by: Sender, path: string, offset: number, length: number): ClientRequest {
  return httpRequest(by.hub.url + path, {
    method: 'PATCH',
    headers: {
      authorization: bearer(by.dataDir),
      'content-type': pieces,
      'upload-offset': offset,
      'upload-length': length,
    },
  }).on('error', () => {});
}

/** The answer to a path exactly as it is written: `fetch` would take its dots away before they are sent. */
async function asWritten(by: Sender, method: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(by.hub.url);
  const headers = {
    authorization: bearer(by.dataDir),
    'content-type': pieces,
    'upload-offset': 0,
    'upload-length': 3,
  };
  const asking = httpRequest({ hostname, port, method, path, headers });
  asking.end(method === 'PATCH' ? 'abc' : undefined);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

async function offsetOf(by: Sender, path: string): Promise<number> {
  const head = await by.send('HEAD', path);
  expect([head.status, head.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return Number(head.headers.get('upload-offset'));
}

async function answered(by: Sender, upload: string): Promise<{ outcome: string; reason?: { code: string } }> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const described = (await (await by.send('GET', upload)).json()) as { state: string; answer: never };
    if (described.state === 'answered') return described.answer;
    await sleep(100);
  }
  throw new Error('the intake never answered');
}

async function loadedRows(id: string): Promise<number> {
  const [row] = await (await database.as('loader')).query<{ n: string }[]>(
    'SELECT count(*) AS n FROM events.denominator_count WHERE starts_with(source_record_id, $1)',
    [`${id}r`],
  );
  return Number(row?.n);
}

describe('a delivery over HTTP', { timeout: 180_000 }, () => {
  test('comes in pieces, is loaded as from a folder, and its rows do not stay on disk', async () => {
    const by = await sender();
    const { id, manifest, file, text } = made(500);
    const upload = await begin(by, manifest);
    const again = await by.send('POST', `/deliveries/${testAgency}`, manifest);
    expect([again.status, again.headers.get('location')]).toEqual([200, upload]);
    const early = await by.send('POST', `${upload}/finish`);
    expect([early.status, await codeOf(early)]).toEqual([409, 'FILES_MISSING']);
    const path = `${upload}/files/${file}`;
    for (let offset = 0; offset < text.length; offset += 10_000) {
      const sent = await patch(by, path, offset, text.subarray(offset, offset + 10_000), text.length);
      expect([sent.status, sent.headers.get('upload-offset')]).toEqual([
        204,
        String(Math.min(text.length, offset + 10_000)),
      ]);
    }
    expect((await by.send('POST', `${upload}/finish`)).status).toBe(202);
    expect(await answered(by, upload)).toMatchObject({
      outcome: 'loaded',
      delivery: id,
      files: [{ accepted: 500 }],
    });
    expect(await loadedRows(id)).toBe(500);
    const left = readdirSync(join(by.dataDir, 'uploads', testAgency, upload.split('/').at(-1)!), {
      recursive: true,
    });
    expect(left.map(String).toSorted((a, b) => a.localeCompare(b, 'en'))).toEqual([
      'answer.json',
      'asked-by',
      'manifest.json',
      'parts',
    ]);
    const [run] = await (await database.as('loader')).query<{ requested_by: string }[]>(
      'SELECT requested_by FROM ledger.run ORDER BY started_at DESC LIMIT 1',
    );
    expect(run).toEqual({ requested_by: 'upload from the hub' });
  });

  test('goes on after kill -9, in the middle of a file and again between its end and the intake', async () => {
    const by = await sender();
    const { id, manifest, file, text } = made(3000);
    const upload = await begin(by, manifest);
    const path = `${upload}/files/${file}`;
    const writing = openPatch(by, path, 0, text.length);
    writing.write(text.subarray(0, 100_000));
    while ((await offsetOf(by, path)) === 0) await sleep(20);
    await by.hub.kill('SIGKILL');
    await by.restart();
    const offset = await offsetOf(by, path);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(100_000);
    expect((await patch(by, path, offset, text.subarray(offset))).status).toBe(204);
    expect((await by.send('POST', `${upload}/finish`)).status).toBe(202);
    await by.hub.kill('SIGKILL');
    await by.restart();
    expect(await answered(by, upload)).toMatchObject({ files: [{ file, rows: 3000, accepted: 3000 }] });
    expect(await loadedRows(id)).toBe(3000);
  });

  test('is held to its offsets, lengths and hashes, and to one writer at a time', async () => {
    const by = await sender();
    const { id, manifest, file, text } = made(300);
    const upload = await begin(by, manifest);
    const path = `${upload}/files/${file}`;
    const wrong = await patch(by, path, 7, text, text.length);
    expect([wrong.status, wrong.headers.get('upload-offset')]).toEqual([409, '0']);
    expect((await patch(by, path, 0, text)).status).toBe(400);
    expect((await patch(by, path, 0, text, LIMITS.contentBytes + 1)).status).toBe(413);
    expect(
      (await by.send('PATCH', path, text, { 'content-type': 'text/csv', 'upload-offset': '0' })).status,
    ).toBe(415);

    const first = openPatch(by, path, 0, text.length);
    first.write(text.subarray(0, 50));
    while ((await offsetOf(by, path)) < 50) await sleep(20);
    const second = await patch(by, path, 50, text.subarray(50), text.length);
    expect([second.status, await codeOf(second)]).toEqual([423, 'FILE_HELD']);
    const done = once(first, 'response');
    first.end(text.subarray(50, 60));
    await done;
    expect(await offsetOf(by, path)).toBe(60);

    const beyond = await patch(by, path, 60, Buffer.concat([text.subarray(60), Buffer.from('more')]));
    expect([beyond.status, await codeOf(beyond)]).toEqual([413, 'TOO_LARGE']);
    const spoiled = Buffer.from(text);
    spoiled[spoiled.length - 2] = 0x41;
    const from = await offsetOf(by, path);
    const bad = await patch(by, path, from, spoiled.subarray(from));
    expect([bad.status, await codeOf(bad)]).toEqual([460, 'Q002']);
    expect(await offsetOf(by, path)).toBe(0);
    expect((await by.send('POST', `${upload}/finish`)).status).toBe(409);
    expect(await loadedRows(id)).toBe(0);
    expect((await patch(by, path, 0, text, text.length)).status).toBe(204);
    expect((await by.send('POST', `${upload}/finish`)).status).toBe(202);
    expect(await answered(by, upload)).toMatchObject({ outcome: 'loaded' });
  });

  test('is for whoever carries the token, and no name leads out of its folder', async () => {
    const by = await sender();
    const { manifest } = made(5);
    for (const authorization of ['', 'Bearer ', 'Bearer guessed', `${bearer(by.dataDir)}x`]) {
      const refused = await by.send('POST', `/deliveries/${testAgency}`, manifest, { authorization });
      expect([refused.status, await codeOf(refused)]).toEqual([401, 'NOT_PERMITTED']);
    }
    expect(existsSync(join(by.dataDir, 'uploads', testAgency))).toBe(false);
    const other = await by.send('POST', '/deliveries/CW-1', manifest);
    expect([other.status, await codeOf(other)]).toEqual([422, 'MANIFEST']);
    const upload = await begin(by, manifest);
    for (const name of [
      '..%2f..%2fsecrets.json',
      '..%2f',
      '%2e%2e',
      '%2e%2e%2f%2e%2e%2fsecrets.json',
      '..%5c..%5csecrets.json',
      '%252e%252e%252fsecrets.json',
      'manifest.json',
      'other.csv',
      '-denominator_count.csv-',
    ]) {
      const climbing = await asWritten(by, 'PATCH', `${upload}/files/${name}`);
      expect([name, climbing]).toEqual([name, 404]);
    }
    for (const path of [
      `/deliveries/..%2f..%2f/${'0'.repeat(32)}`,
      `/deliveries/${testAgency}/..%2f..`,
      `/deliveries/%2e%2e/${'0'.repeat(32)}`,
      `/deliveries/${testAgency}/%2e%2e`,
      `/deliveries/${testAgency}/%2e%2e%2f%2e%2e`,
    ]) {
      const climbing = await asWritten(by, 'GET', path);
      expect([path, climbing]).toEqual([path, 404]);
    }
    // No upload's path: whoever asks there signs in first, and an upload's token is no sign-in.
    expect(await asWritten(by, 'GET', `${upload}/files/../../../../secrets.json`)).toBe(401);
    expect((await by.send('DELETE', upload)).status).toBe(204);
    expect((await by.send('GET', upload)).status).toBe(404);
  });

  test('that the intake refuses says why in the same form, and is not kept', async () => {
    const by = await sender();
    const { manifest, file, text } = made(5);
    const lying = JSON.parse(manifest) as { agreement_id: string };
    lying.agreement_id = 'AG-2';
    const upload = await begin(by, JSON.stringify(lying));
    await patch(by, `${upload}/files/${file}`, 0, text, text.length);
    expect((await by.send('POST', `${upload}/finish`)).status).toBe(202);
    expect(await answered(by, upload)).toMatchObject({
      outcome: 'refused',
      reason: { code: 'NO_AGREEMENT' },
    });
    // The answer is written first, so that a crash between the two asks nobody twice.
    const content = join(by.dataDir, 'uploads', testAgency, upload.split('/').at(-1)!, 'content');
    await expect.poll(() => existsSync(content), { timeout: 10_000 }).toBe(false);
  });
});

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}
