import type { PoolClient } from 'pg';
import { BY_PERSON } from './facts/fact-tables.ts';

/** What the facts hold, whatever order they lie in. */
export async function factsHash(client: PoolClient): Promise<{ facts: string; members: string }> {
  const [facts, members] = [[...BY_PERSON, 'population'], ['member']].map(async (tables) => {
    const parts = tables.map(
      (table) =>
        `SELECT '${table}' || count(*) || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS line FROM ${table} t`,
    );
    const { rows } = await client.query<{ hash: string }>(
      `SELECT encode(sha256(convert_to(string_agg(line, E'\\n' ORDER BY line), 'UTF8')), 'hex') AS hash FROM (${parts.join(' UNION ALL ')}) l`,
    );
    return rows[0]?.hash ?? '';
  });
  return { facts: (await facts) ?? '', members: (await members) ?? '' };
}
