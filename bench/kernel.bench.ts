import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { densePairs } from '../etl/link/kernel/dice.ts';
import { median, type Result, type Run } from './harness.ts';
import { peer } from './peers/python.ts';

const FILTERS = 8000;
const THRESHOLD = 0.8;

/** Comparisons of filters per CPU second, in turn with anonlink's C++ kernel on the same filters. */
export const run: Run = async ({ runs }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-kernel-'));
  const wide = sparse(128);
  const narrow = sparse(64);
  const file = join(folder, 'filters');
  writeFileSync(file, wide);
  densePairs(wide.subarray(0, 128 * 500), wide, 128, THRESHOLD);
  const [mine, field, theirs]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < runs; i++) {
    mine.push(rate(wide, 128));
    field.push(rate(narrow, 64));
    theirs.push(...(peer('kernel_anonlink.py', file, '128', '1') as { rates: number[] }).rates);
  }
  const [a, b, c] = [median(mine), median(field), median(theirs)].map((value) => value / 1e6) as [
    number,
    number,
    number,
  ];
  return [
    result('1024-bit comparisons per CPU second', a, a / c),
    result('512-bit comparisons per CPU second', b, b / c),
    { what: "anonlink's 1024-bit comparisons per CPU second", value: c, unit: 'M/s' },
    { what: '512-bit over our own 1024-bit', value: b / a, unit: 'times' },
  ];
};

function result(what: string, value: number, ratio: number): Result {
  return { what, value, unit: 'M/s', ratio, against: 'anonlink at 1024 bits' };
}

function rate(filters: Uint8Array, bytes: number): number {
  const before = process.cpuUsage();
  densePairs(filters, filters, bytes, THRESHOLD);
  const { user, system } = process.cpuUsage(before);
  return FILTERS ** 2 / ((user + system) / 1e6);
}

/** Random filters with a quarter of their bits set. */
function sparse(bytes: number): Uint8Array {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  return Uint8Array.from({ length: FILTERS * bytes }, () => next() & next());
}
