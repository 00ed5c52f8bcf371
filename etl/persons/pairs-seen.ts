/**
 * The pairs that people look at, as a steward may see them: levels, weights and opinions. Whoever asks claims every
 * county; the database answers with no surrogate, no token and no record's id.
 */
import type { DataSource } from 'typeorm';
import { readRows } from '../../src/db/read-rows.ts';
import type { Claims } from '../../src/db/transaction.ts';
import { Misuse } from '../../src/errors.ts';
import { settle } from '../link/review.ts';
import type { Step } from '../link/score.ts';

/** One steward spoke; they disagree; it is settled; it is settled and other decisions went against it. */
export type DecisionState = 'open' | 'begun' | 'disputed' | 'settled' | 'contradicted';

export interface PairSeen {
  readonly pair: string;
  readonly asked: 'near' | 'sample' | 'told';
  readonly agencies: readonly [string, string];
  readonly weight: number | null;
  readonly prior: number | null;
  readonly steps: readonly Step[];
  readonly since: number | null;
  readonly state: DecisionState;
  readonly opinions: readonly Said[];
}

interface Said {
  readonly by: string;
  readonly as: 'steward' | 'agency';
  readonly same: boolean;
}

export interface Decision {
  readonly same: boolean;
  /** Who says it: of two stewards who say the same, each under a name of their own. */
  readonly by: string;
}

/** Pairs that wait, those nearest to the threshold first; then what was said about others. */
export async function pairsSeen(source: DataSource, claims: Claims): Promise<readonly PairSeen[]> {
  const rows = await readRows<PairRow>(source, claims, 'SELECT * FROM ops.review_pairs()');
  return rows.map((row) => ({
    pair: row.pair,
    asked: row.asked,
    agencies: [row.agency_a ?? 'gone', row.agency_b ?? 'gone'],
    weight: row.weight,
    prior: row.prior,
    steps: row.steps ?? [],
    since: row.since,
    state: stateOf(row),
    opinions: row.said ?? [],
  }));
}

/** False where there is no such pair for whoever speaks. */
export async function sayOfPair(
  source: DataSource,
  claims: Claims,
  pair: string,
  { same, by }: Decision,
): Promise<boolean> {
  const [row] = await readRows<{ known: boolean }>(
    source,
    claims,
    'SELECT ops.say_of_pair($1, $2, $3) AS known',
    [pair, same, nameOf(by)],
  );
  return row?.known === true;
}

interface PairRow extends Pick<PairSeen, 'pair' | 'asked' | 'weight' | 'prior' | 'since'> {
  readonly agency_a: string | null;
  readonly agency_b: string | null;
  readonly steps: readonly Step[] | null;
  readonly together: boolean | null;
  readonly honoured: boolean | null;
  readonly said: readonly Said[] | null;
}

function stateOf({ pair, together, honoured, said }: PairRow): DecisionState {
  if (said === null) return 'open';
  const [settled] = settle(said.map((word) => ({ ...word, a: pair, b: pair })));
  if (settled === undefined) return new Set(said.map(({ same }) => same)).size > 1 ? 'disputed' : 'begun';
  const followed = together === null || together === settled.same;
  return honoured === true && !followed ? 'contradicted' : 'settled';
}

/** Names are compared without their case and spacing, so that one steward cannot be two. */
function nameOf(by: string): string {
  const name = by.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  if (name !== '') return name;
  throw new Misuse('STEWARD', 'a decision needs the name of the steward who makes it');
}
