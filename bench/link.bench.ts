import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Plan } from '../etl/encode/batch.ts';
import { personColumns } from '../etl/encode/columns.ts';
import { encodeFile } from '../etl/encode/encode-file.ts';
import type { ProjectKey } from '../etl/encode/key.ts';
import { personLayout } from '../etl/encode/layout.ts';
import { packageRoot } from '../src/package-root.ts';
import { median, type Result, type Run } from './harness.ts';
import { peer } from './peers/python.ts';
import { peopleHeader, writePeople } from './people.ts';

const RECORDS = 1_000_000;
const THREADS = 2;
const CAP = 5000;
const FOLDER = join(packageRoot, '.cache', 'bench');
const KEY: ProjectKey = {
  project: 'bench',
  version: 1,
  secret: new Uint8Array(32),
  salt: new Uint8Array(32),
};

const TIGHT = ['surname + birth_date', 'given_name + birth_date', 'names.pair + postcode'];
const BLOCKINGS = { tight: TIGHT, loose: [...TIGHT, 'birth_date'] } as const;

interface Linked {
  readonly seconds: number;
  readonly f1: number;
  readonly best_f1: number;
  readonly peak_mb: number;
  readonly pairs?: number;
}

/**
 * A million records linked with themselves, from the encoded file to clusters, in turn with Splink on DuckDB on
 * the same people in plain text. Encoding is timed apart.
 */
export const run: Run = async ({ runs }) => {
  mkdirSync(FOLDER, { recursive: true });
  const plain = join(FOLDER, `people-${RECORDS}.csv`);
  const encoded = join(FOLDER, `people-${RECORDS}.linkage.csv`);
  if (!existsSync(plain)) await writePeople(plain, RECORDS);
  const start = performance.now();
  await encodeFile(plain, encoded, encodePlan(), THREADS);
  const encoding = (performance.now() - start) / 1000;
  const results: Result[] = [{ what: 'encoding a million records', value: encoding, unit: 's' }];
  for (const blocking of ['tight', 'loose'] as const) {
    const [mine, theirs]: [Linked[], Linked[]] = [[], []];
    for (let i = 0; i < Math.min(runs, 3); i++) {
      mine.push(linkEncoded(encoded, plain, BLOCKINGS[blocking]));
      theirs.push(peer('link_splink.py', plain, blocking, String(THREADS)) as Linked);
    }
    results.push(...compared(blocking, mine, theirs));
  }
  return results;
};

function encodePlan(): Plan {
  return {
    mode: 'field',
    layout: personLayout,
    dateOrder: 'mdy',
    key: KEY,
    agency: 'PROB-1',
    county: '06037',
    madeAt: '2026-01-16T08:00:00.000Z',
    columns: personColumns(peopleHeader, personLayout),
    width: peopleHeader.length,
  };
}

/** In a process of its own, so that its peak of memory is its own. */
function linkEncoded(encoded: string, plain: string, rules: readonly string[]): Linked {
  const script = join(import.meta.dirname, 'link-encoded.js');
  const done = spawnSync(
    process.execPath,
    ['--max-old-space-size=8192', script, encoded, plain, String(CAP), ...rules],
    {
      encoding: 'utf8',
    },
  );
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout) as Linked;
}

function compared(blocking: string, mine: readonly Linked[], theirs: readonly Linked[]): Result[] {
  const middle = (list: readonly Linked[], key: 'seconds' | 'peak_mb' | 'f1' | 'best_f1'): number =>
    median(list.map((entry) => entry[key]));
  const against = 'Splink on DuckDB';
  const line = (what: string, unit: string, key: 'seconds' | 'peak_mb' | 'f1' | 'best_f1'): Result[] => [
    {
      what: `${blocking}: ${what}`,
      value: middle(mine, key),
      unit,
      ratio: middle(mine, key) / middle(theirs, key),
      against,
    },
    { what: `${blocking}: ${what} of Splink`, value: middle(theirs, key), unit },
  ];
  return [
    ...line('seconds to clusters', 's', 'seconds'),
    ...line('peak memory', 'MB', 'peak_mb'),
    ...line('pairwise F1 at one half', '', 'f1'),
    ...line('pairwise F1 at the best', '', 'best_f1'),
    { what: `${blocking}: pairs compared`, value: mine[0]?.pairs ?? 0, unit: 'pairs' },
  ];
}
