/**
 * Who is in scope. The measurer, who reads content and no token, says which surrogates are of concern; the linker,
 * who reads tokens and no content, closes that over persons, tells each agency its own, and lets go of the others.
 */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../src/contracts/contracts.ts';
import { transaction } from '../src/db/transaction.ts';
import { closeRun, openRun, performStage, type StageResult } from '../src/runs/ledger.ts';
import { type TermQuery, termQuery } from './persons/term-query.ts';

const TERM = 'in_scope';
const STAGE = 'scope';

export interface ScopeRequest {
  readonly measurer: DataSource;
  readonly requestedBy: string;
  /** The day whose wording of the terms counts. */
  readonly on: string;
}

/** Says which surrogates the term `in_scope` holds for, in a stage of the ledger. */
export async function findScope({ measurer, requestedBy, on }: ScopeRequest): Promise<StageResult> {
  const query = termQuery(loadContracts(), { term: TERM, on });
  const run = await openRun(measurer, 'scope', requestedBy);
  try {
    const inputHash = await transaction(measurer, ({ client }) => inputHashOf(client, query));
    const result = await performStage(measurer, { run, name: STAGE, inputHash }, (progress) =>
      transaction(measurer, async ({ client }) => {
        const counts = await keepConcern(client, query);
        await progress.succeed(client, counts);
        return counts;
      }),
    );
    await closeRun(measurer, run, 'succeeded');
    return result;
  } catch (error) {
    await closeRun(measurer, run, 'failed');
    throw error;
  }
}

async function keepConcern(
  client: ClientBase,
  { sql }: TermQuery,
): Promise<{ rowsIn: number; accepted: number; rejected: number }> {
  await client.query(
    `WITH now AS MATERIALIZED (SELECT DISTINCT surrogate FROM (${sql}) said), gone AS (
       DELETE FROM persons.concern WHERE surrogate NOT IN (SELECT surrogate FROM now))
     INSERT INTO persons.concern (surrogate) SELECT surrogate FROM now ON CONFLICT DO NOTHING`,
  );
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM persons.concern',
  );
  const count = rows[0]?.count ?? 0;
  return { rowsIn: count, accepted: count, rejected: 0 };
}

/**
 * The question and the rows it is asked of, after the last time it was answered: the same input again changes nothing, and
 * rows that are as they were once before are another input than those between. An answer that somebody took away is given anew.
 */
async function inputHashOf(client: ClientBase, { sql, records }: TermQuery): Promise<string> {
  const asked = createHash('sha256').update(sql);
  for (const record of records) asked.update(await sumOf(client, `events.${record}`));
  const question = asked.digest('hex');
  const { rows } = await client.query<{ id: string; hash: string; stands: boolean }>(
    `SELECT id, input_hash AS hash, accepted = (SELECT count(*) FROM persons.concern) AS stands
     FROM ledger.stage WHERE name = $1 AND outcome = 'succeeded' ORDER BY id DESC LIMIT 2`,
    [STAGE],
  );
  const [last, before] = rows;
  const after = (earlier: { readonly id: string } | undefined): string =>
    createHash('sha256')
      .update(`${question} ${earlier?.id ?? 0}`)
      .digest('hex');
  return last?.stands === true && last.hash === after(before) ? last.hash : after(last);
}

async function sumOf(client: ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ sum: string }>(
    `SELECT count(*) || ' ' || coalesce(sum(hashtextextended(concat_ws('|', delivery, line, op), 0)::numeric), 0) AS sum
     FROM ${table} WHERE known_to = 'infinity'`,
  );
  return `${table} ${rows[0]?.sum ?? ''}\n`;
}
