/**
 * A bundle of a million made-up cells: made, signed and kept by the command that a steward uses, in a process of its own,
 * whose memory is held to what the same command takes for a tenth of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { transaction } from '../src/db/transaction.ts';
import { packageRoot } from '../src/package-root.ts';
import { type BenchHub, startBenchHub } from './api/hub.ts';
import { median, type Result, type Run } from './harness.ts';

const CELLS = 1_000_000;
const MOST_SECONDS = 20;
/** In MiB: far less than the files have, whose memory would otherwise be seen to grow with them. */
const MOST_MORE = 64;
const YEARS = { 1: [2000, 2000 + CELLS / 10_000 - 1], 2: [2000, 2000 + CELLS / 100_000 - 1] } as const;

export const run: Run = async ({ runs }) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const hub = await startBenchHub(folder);
  try {
    for (const release of [1, 2] as const) await storeRelease(hub, release);
    const seconds: number[] = [];
    const peaks: number[] = [];
    const fewer: number[] = [];
    let bytes = 0;
    for (let turn = 0; turn < runs; turn++) {
      fewer.push((await released(folder, 2)).peak);
      const made = await released(folder, 1);
      if (made.cells !== CELLS) throw new Error(`the bundle has ${made.cells} cells`);
      seconds.push(made.seconds);
      peaks.push(made.peak);
      bytes = made.bytes;
    }
    const more = median(peaks) - median(fewer);
    return [
      {
        what: 'a bundle of a million cells: made, signed, kept',
        value: median(seconds),
        unit: `s of the whole command (${CELLS} cells, ${(bytes / 2 ** 20).toFixed(0)} MiB)`,
        bar: { atMost: MOST_SECONDS },
      },
      { what: 'memory of the command: most, a tenth of them', value: median(fewer), unit: 'MiB' },
      { what: 'memory of the command: most, all of them', value: median(peaks), unit: 'MiB' },
      { what: 'how much more for ten times the cells', value: more, unit: 'MiB', bar: { atMost: MOST_MORE } },
    ] satisfies Result[];
  } finally {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Of a declared table, with as many made-up periods as make the cells. */
async function storeRelease(hub: BenchHub, release: 1 | 2): Promise<void> {
  const [first, last] = YEARS[release];
  await transaction(
    await hub.as('owner'),
    async ({ client }) => {
      await client.query(
        `INSERT INTO release.release (number, state, closed_on, published_at, period, known_on)
         VALUES ($1, 'final', '2025-12-31', now(), '2025', '2026-03-01')`,
        [release],
      );
      await client.query(
        `INSERT INTO release.audience (release_number, audience, figures, hidden, sha256, signature)
         VALUES ($1, 'public', 1, 0, repeat('0', 64), 'none')`,
        [release],
      );
      await client.query(
        `INSERT INTO release.figure
         SELECT $1, 'identified', 1, 'county+age_band', y::text, 'county=' || c || '|age_band=' || a,
           jsonb_build_object('county', c, 'age_band', a),
           n, 1000 + n, n / 1000.0, n * 0.9, n * 1.1, CASE WHEN n IS NULL THEN 'hidden' ELSE 'shown' END,
           CASE WHEN n IS NULL THEN '{Hidden to protect young people.}'::text[] ELSE '{}' END
         FROM (SELECT y, lpad(c::text, 5, '0') AS c, a::text AS a,
             CASE WHEN (y + c + a) % 5 = 0 THEN NULL ELSE 11 + (y * 7 + c * 3 + a) % 900 END AS n
           FROM generate_series($2::int, $3::int) y, generate_series(1, 1000) c, generate_series(1, 10) a) made_up`,
        [release, first, last],
      );
      await client.query('ANALYZE release.figure');
      await client.query(`INSERT INTO governance.agency (id, name, system, county_fips, made_up)
        VALUES ('CW-9', 'An agency (made-up data)', 'child_welfare', '06001', true) ON CONFLICT DO NOTHING`);
      await client.query(`INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
        VALUES ('R-1', '{CW-9}', '{}', '{research}', false, false, '2020-01-01') ON CONFLICT DO NOTHING`);
    },
    { county: '*' },
  );
}

interface Made {
  readonly seconds: number;
  readonly peak: number;
  readonly cells: number;
  readonly bytes: number;
}

/** A request of its own each time: a release gives a request one bundle. */
async function released(folder: string, release: 1 | 2): Promise<Made> {
  const file = join(folder, 'request.json');
  const [first, last] = YEARS[release];
  writeFileSync(file, JSON.stringify(requestOf(first, last)));
  const { id } = (await tessera(folder, 'dataset', 'request', file, '--json')).answer as { id: string };
  await tessera(folder, 'dataset', 'review', id, '--approve');
  await tessera(
    folder,
    'dataset',
    'review',
    id,
    '--approve',
    '--role',
    'county-counsel',
    '--county',
    '06001',
  );
  const { answer, seconds, peak } = await tessera(
    folder,
    'dataset',
    'release',
    id,
    `--release=${release}`,
    '--json',
  );
  const { bundle } = answer as { bundle: { cells: number; bytes: number } };
  // What a bench keeps would fill the disk of whoever asks for many runs.
  await tessera(folder, 'dataset', 'request', '--destroyed', id, '--words', 'measured');
  return { seconds, peak, cells: bundle.cells, bytes: bundle.bytes };
}

function requestOf(first: number, last: number): object {
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  return {
    project: {
      title: 'Bench',
      question: 'How long?',
      benefit: 'None',
      funding: 'None',
      ethics: 'not_needed',
    },
    people: { organization: 'Bench', recipient: 'Bench', training: 'None' },
    setting: { storage: 'Nowhere', destruction: 'delete' },
    data: { place: 'state', purpose: 'research', agreement: 'R-1', from_year: first, to_year: last, until },
    output: { publication: 'None', linking: false },
    tables: ['identified/county+age_band'],
  };
}

/** With the most memory that the process had, read until it ends. */
async function tessera(
  folder: string,
  ...words: readonly string[]
): Promise<{ readonly answer: unknown; readonly seconds: number; readonly peak: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(packageRoot, 'dist/src/app/cli.js'), ...words], {
    env: { ...process.env, TESSERA_DATA_DIR: folder, TESSERA_DEMO: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 50);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`tessera ${words.slice(0, 2).join(' ')} ended with ${code}`);
  const seconds = (performance.now() - begun) / 1000;
  return { answer: words.includes('--json') ? JSON.parse(said) : undefined, seconds, peak };
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    // It ended a moment ago.
    return 0;
  }
}
