import type { PoolClient } from 'pg';
import { BY_PERSON } from './facts/fact-tables.ts';

/** What the facts hold, and who is one person, whatever order the rows lie in. */
export async function factsHash(client: PoolClient): Promise<{ facts: string; members: string }> {
  const parts = [...BY_PERSON, 'population'].map(
    (table) =>
      `SELECT '${table}' || count(*) || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS line FROM ${table} t`,
  );
  const facts = `SELECT encode(sha256(convert_to(string_agg(line, E'\\n' ORDER BY line), 'UTF8')), 'hex') FROM (${parts.join(' UNION ALL ')}) l`;
  const { rows } = await client.query<{ facts: string; members: string }>(
    `SELECT (${facts}) AS facts, (${membersSql}) AS members`,
  );
  return { facts: rows[0]?.facts ?? '', members: rows[0]?.members ?? '' };
}

// Members are as many as an agency's whole caseload and of one width: sums of two hashes need no sorting, and no text of all of them.
const sum = (seed: number): string =>
  `coalesce(sum(hash_array_extended(ARRAY[surrogate, person_id], ${seed})::numeric), 0)`;
const membersSql = `SELECT encode(sha256(convert_to(count(*) || ':' || ${sum(1)} || ':' || ${sum(2)}, 'UTF8')), 'hex') FROM member`;
