/** A made-up candidate in a test's database, and releases of it. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type PublishOrder, publish } from '../../etl/publish.ts';
import type { Candidate } from '../../src/disclosure/catalogue/candidate.ts';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { readCalendar, releaseOf } from '../../src/disclosure/release/calendar.ts';
import { releaseKeys } from '../../src/disclosure/release/release-keys.ts';
import type { MadeUpState } from './made-up-candidate.ts';

/** Little is spent on looking for fewer blanks: what is owed does not depend on it. */
export const QUICK = { improve: 3000, exactCells: 0 } as const;

export const keys = releaseKeys(generateKeyPairSync('ed25519').privateKey, Buffer.alloc(32, 5));

export async function storeCandidate(measurer: DataSource, candidate: Candidate): Promise<void> {
  const run = randomUUID();
  await measurer.query(`INSERT INTO ledger.run (id, kind, requested_by) VALUES ($1, 'measure', 'a test')`, [
    run,
  ]);
  await measurer.query('UPDATE measures.candidate SET current = false WHERE current');
  await measurer.query(
    `INSERT INTO measures.candidate (id, run_id, known_on, facts_hash, linkage_version, code_version, definitions, current)
     VALUES ($1, $2, $3, $4, $5, $6, $7, true)`,
    [
      candidate.id,
      run,
      candidate.knownOn,
      candidate.factsHash,
      candidate.linkageVersion,
      candidate.codeVersion,
      candidate.definitions,
    ],
  );
  await measurer.query(
    `INSERT INTO measures.figure SELECT $1, f.* FROM jsonb_to_recordset($2) AS f (metric text, version int, tbl text,
       period text, cell text, dims jsonb, numerator bigint, denominator bigint, value float8, lower float8, upper float8,
       status text, reason text)`,
    [candidate.id, JSON.stringify(candidate.figures)],
  );
}

function orderOf(
  { candidate, metrics }: Pick<MadeUpState, 'candidate' | 'metrics'>,
  period: string,
  corrects: number | null = null,
): PublishOrder {
  return {
    candidate,
    metrics,
    hierarchies: [],
    policy: namedPolicy('calhhs-ddg-2'),
    due: releaseOf(readCalendar(), period, candidate.knownOn),
    corrects,
    codeVersion: 'test',
    keys,
    requestedBy: 'a test',
    effort: QUICK,
  };
}

export async function release(
  publisher: DataSource,
  state: Pick<MadeUpState, 'candidate' | 'metrics'>,
  period: string,
  corrects: number | null = null,
): Promise<number> {
  return publish(publisher, orderOf(state, period, corrects));
}
