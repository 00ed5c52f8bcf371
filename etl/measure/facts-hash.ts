import type { PoolClient } from 'pg';
import { BY_PERSON } from './facts/fact-tables.ts';

/** What the facts hold, and who is one person, whatever order the rows lie in. */
export async function factsHash(client: PoolClient): Promise<{ facts: string; members: string }> {
  const { rows } = await client.query<{ facts: string; members: string }>(
    `SELECT (${contentOf([...BY_PERSON, 'population'])}) AS facts, (${contentOf(['linked'])}) AS members`,
  );
  return { facts: rows[0]?.facts ?? '', members: rows[0]?.members ?? '' };
}

/** Sums of two hashes of each row need no sorting, and no text of all of them. */
function contentOf(relations: readonly string[]): string {
  const sum = (seed: number): string => `coalesce(sum(hash_record_extended(t, ${seed})), 0)`;
  const lines = relations.map(
    (relation) =>
      `SELECT '${relation} ' || count(*) || ':' || ${sum(1)} || ':' || ${sum(2)} AS line FROM ${relation} t`,
  );
  return `SELECT encode(sha256(convert_to(string_agg(line, E'\\n' ORDER BY line), 'UTF8')), 'hex') FROM (${lines.join(' UNION ALL ')}) l`;
}
