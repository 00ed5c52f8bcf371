/**
 * Making a synthetic state, against what no generator can beat: the same bytes, ready in memory, written to the same
 * files. Each state is made in a process of its own, so that the memory is its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sizes } from '../etl/synthesize/size.ts';
import { median, type Result, type Run } from './harness.ts';
import type { MadeAlone, Wanted } from './synthesize-alone.ts';

const PIECE = 1 << 16;

export const run: Run = async ({ runs }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-synthesize-'));
  try {
    const out = join(folder, 'made');
    const stretch = { size: { ...sizes.state, people: 200_000 }, rawOnly: true, stress: true };
    return [
      ...(await measured('demo, raw files', { size: sizes.demo, rawOnly: true, stress: false, out }, runs)),
      ...(await measured(
        'demo, with deliveries',
        { size: sizes.demo, rawOnly: false, stress: false, out },
        runs,
      )),
      ...(await measured('200,000 of a state with --stress, raw files', { ...stretch, out }, runs)),
      await memoryOf('400,000 of a state with --stress, raw files', {
        ...stretch,
        size: { ...sizes.state, people: 400_000 },
        out,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** State and bare writing in turn, so that a drifting machine touches both alike. */
async function measured(what: string, wanted: Wanted, runs: number): Promise<Result[]> {
  const pairs: (MadeAlone & { readonly bare: number })[] = [];
  for (let i = 0; i < runs; i++) {
    const made = await makeAlone(wanted);
    pairs.push({ ...made, bare: bareWrite(wanted.out, `${wanted.out}-bare`) });
  }
  const rows = pairs[0]?.rows ?? 0;
  return [
    { what: `${what}: bare writing`, value: rows / median(pairs.map(({ bare }) => bare)), unit: 'rows/s' },
    {
      what,
      value: rows / median(pairs.map(({ seconds }) => seconds)),
      unit: 'rows/s',
      ratio: median(pairs.map(({ bare, seconds }) => bare / seconds)),
      against: 'bare writing',
    },
    { what: `${what}: peak memory`, value: median(pairs.map(({ megabytes }) => megabytes)), unit: 'MB' },
  ];
}

async function memoryOf(what: string, wanted: Wanted): Promise<Result> {
  return { what: `${what}: peak memory`, value: (await makeAlone(wanted)).megabytes, unit: 'MB' };
}

async function makeAlone(wanted: Wanted): Promise<MadeAlone> {
  const child = fork(join(import.meta.dirname, 'synthesize-alone.js'), [JSON.stringify(wanted)]);
  const [message] = (await once(child, 'message')) as [MadeAlone];
  await once(child, 'exit');
  return message;
}

/** Seconds to write what a folder holds once more, in pieces as a generator would. The reading before it is not timed. */
function bareWrite(from: string, to: string): number {
  const files = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: join(to, path.slice(from.length)), content: readFileSync(path) }));
  rmSync(to, { recursive: true, force: true });
  const start = performance.now();
  for (const { path, content } of files) {
    mkdirSync(dirname(path), { recursive: true });
    for (let at = 0; at < content.length; at += PIECE) appendFileSync(path, content.subarray(at, at + PIECE));
  }
  const seconds = (performance.now() - start) / 1000;
  rmSync(to, { recursive: true, force: true });
  return seconds;
}
