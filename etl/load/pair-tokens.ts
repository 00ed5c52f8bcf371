/**
 * Linkage rows are the one place where an agency's pseudonym comes with what it stands for: they give the pairs of
 * pseudonym and surrogate, which the linkage store keeps so that an agency can be told which of its own are in scope.
 */
import type { ClientBase } from 'pg';
import type { StagedRecord } from './make-current.ts';
import { createStaging } from './staging.ts';
import { surrogateBytes } from './surrogate.ts';

/**
 * Gives staged linkage rows their surrogates, as surrogate.ts makes them, and keeps the pairs; answers where they lie.
 * `block` is the agency's; all the rows are of that agency.
 */
export async function pairTokens(
  client: ClientBase,
  { table, staged }: StagedRecord,
  block: Uint8Array,
): Promise<string> {
  const paired = `${staged}_paired`;
  await createStaging(client, paired, [{ name: 'line', type: 'integer' }, ...table.columns]);
  const names = ['file', 'line', ...table.columns.map((column) => column.name)];
  const values = names.map((name) => (name === 'surrogate' ? surrogateOfToken : name));
  await client.query(
    `INSERT INTO ${paired} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${staged}`,
    [block],
  );
  await client.query(
    `INSERT INTO linkage.person_token (source_agency, person_token, surrogate)
     SELECT DISTINCT source_agency, person_token, ${surrogateOfToken} FROM ${staged} ON CONFLICT DO NOTHING`,
    [block],
  );
  return paired;
}

const surrogateOfToken = `substring(sha256($1::bytea || convert_to(person_token, 'UTF8')) FOR ${surrogateBytes})`;
