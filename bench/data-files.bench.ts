/**
 * A released table of a million made-up cells as an Arrow file: written once, then served as fast as the disk gives it,
 * with the hub's memory flat. Served and read are compared in turn, over the same file.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  createReadStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { tableFromIPC } from 'apache-arrow';
import { transaction } from '../src/db/transaction.ts';
import { type BenchHub, startBenchHub } from './api/hub.ts';
import { compare, type Result, type Run } from './harness.ts';

const CELLS = 1_000_000;
/** In MiB: less than the file has, whose memory would otherwise be seen to grow with it. */
const MOST_MORE = 32;

export const run: Run = async ({ runs }) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const hub = await startBenchHub(folder);
  try {
    const table = await storeMillion(hub);
    const atRest = memoryOf(hub);
    const url = `${hub.url}/data/identified.arrow?by=${table}`;
    const begun = performance.now();
    const size = await fetched(url);
    const seconds = (performance.now() - begun) / 1000;
    const writing = peakOf(hub);
    const { numRows } = tableFromIPC(await (await fetch(url)).bytes());
    if (numRows !== CELLS) throw new Error(`the file has ${numRows} rows`);
    const files = join(folder, 'cache', 'data');
    const file = join(files, readdirSync(files).find((name) => name.endsWith('.arrow')) ?? '');
    const bare = await serveBare(file);
    const before = memoryOf(hub);
    let sending = before;
    const watch = setInterval(() => (sending = Math.max(sending, memoryOf(hub))), 50);
    const againstDisk = await compare(
      () => fetched(url),
      () => readFromDisk(file),
      runs,
    );
    const againstMemory = await compare(
      () => fetched(url),
      () => readWhole(file),
      runs,
    );
    const againstBare = await compare(
      () => fetched(url),
      () => fetched(bare.url),
      runs,
    );
    clearInterval(watch);
    bare.close();
    const rate = size / 2 ** 20 / againstDisk.a;
    return [
      {
        what: 'first time: written and sent',
        value: seconds,
        unit: `s (${CELLS} cells, ${(size / 2 ** 20).toFixed(0)} MiB)`,
      },
      {
        what: 'from then on',
        value: rate,
        unit: 'MiB/s',
        ratio: 1 / againstDisk.ratio,
        against: 'reading the file from the disk itself',
        bar: { atLeast: 1 },
      },
      {
        what: 'from then on',
        value: rate,
        unit: 'MiB/s',
        ratio: 1 / againstMemory.ratio,
        against: 'reading the file where the system has it in memory',
      },
      {
        what: 'from then on',
        value: rate,
        unit: 'MiB/s',
        ratio: 1 / againstBare.ratio,
        against: 'a bare node:http server that pipes the file',
      },
      { what: 'memory of the hub: at rest', value: atRest, unit: 'MiB' },
      { what: 'memory of the hub: most while it was written', value: writing, unit: 'MiB' },
      { what: 'memory of the hub: most while it was sent', value: sending, unit: 'MiB' },
      {
        what: 'memory of the hub: how much more by sending',
        value: sending - before,
        unit: 'MiB',
        bar: { atMost: MOST_MORE },
      },
    ] satisfies Result[];
  } finally {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The widest declared table of a metric, with as many made-up periods as make a million cells. */
async function storeMillion(hub: BenchHub): Promise<string> {
  const by = ['county', 'age_band'];
  await transaction(
    await hub.as('owner'),
    async ({ client }) => {
      await client.query(`INSERT INTO release.release (number, state, closed_on, published_at, period, known_on)
        VALUES (1, 'final', '2025-12-31', now(), '2025', '2026-03-01')`);
      await client.query(`INSERT INTO release.figure
        SELECT 1, 'identified', 1, 'county+age_band', (1000 + y)::text, 'county=' || c || '|age_band=' || a,
          jsonb_build_object('county', c, 'age_band', a),
          n, 1000 + n, n / 1000.0, n * 0.9, n * 1.1, CASE WHEN n IS NULL THEN 'hidden' ELSE 'shown' END,
          CASE WHEN n IS NULL THEN '{Hidden to protect young people.}'::text[] ELSE '{}' END
        FROM (SELECT y, lpad(c::text, 5, '0') AS c, a::text AS a, CASE WHEN (y + c + a) % 5 = 0 THEN NULL ELSE 11 + (y * 7 + c * 3 + a) % 900 END AS n
          FROM generate_series(0, 999) y, generate_series(1, 100) c, generate_series(1, 10) a) made_up`);
      await client.query('ANALYZE release.figure');
    },
    { county: '*' },
  );
  return by.join(',');
}

/** As much as a reader takes from the network in one go. */
const received = Buffer.allocUnsafe(2 ** 20);

/**
 * How many bytes of the file came. By a reader that counts them and does nothing else: node:http's own takes pieces of
 * 64 kB apart, and would be what is measured.
 */
function fetched(url: string): Promise<number> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let head: string | undefined;
    let length = Number.NaN;
    const socket = connect({
      host: hostname,
      family: 4,
      port: Number(port),
      onread: {
        buffer: received,
        callback(size) {
          bytes += size;
          if (head !== undefined) return true;
          head = received.toString('latin1', 0, size).split('\r\n\r\n')[0] ?? '';
          bytes -= head.length + 4;
          length = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
          return true;
        },
      },
    });
    socket.on('end', () =>
      head?.startsWith('HTTP/1.1 200') === true && bytes === length
        ? resolve(bytes)
        : reject(new Error(`answered ${head?.split('\r\n')[0]} and ${bytes} of ${length} bytes`)),
    );
    socket.on('error', reject);
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
  });
}

/** What sending costs without a hub: no token, no policy, no record. */
async function serveBare(file: string): Promise<{ url: string; close(): void }> {
  const { size } = statSync(file);
  const server = createServer((_request, response) => {
    response.setHeader('content-length', size);
    createReadStream(file, { highWaterMark: 2 ** 20 }).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}

/** Past what the system keeps of it in memory, in pieces as large as the hub's. */
async function readFromDisk(file: string): Promise<void> {
  const reading = spawn('dd', [`if=${file}`, 'of=/dev/null', 'bs=1M', 'iflag=direct'], { stdio: 'ignore' });
  const [code] = (await once(reading, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the disk cannot be read past the memory of the system');
}

async function readWhole(file: string): Promise<void> {
  for await (const _ of createReadStream(file, { highWaterMark: 2 ** 20 }));
}

function memoryOf({ process: hub }: BenchHub): number {
  return inMiB(/VmRSS:\s+(\d+)/, hub.pid);
}

function peakOf({ process: hub }: BenchHub): number {
  return inMiB(/VmHWM:\s+(\d+)/, hub.pid);
}

function inMiB(line: RegExp, pid: number | undefined): number {
  return Number(line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
