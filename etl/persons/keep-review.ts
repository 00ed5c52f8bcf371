import type { ClientBase } from 'pg';
import { copyIn } from '../../src/db/copy.ts';
import { bytea, rowsOf } from './bulk.ts';
import type { AskedPair } from './review-pairs.ts';

/** The queue is made anew by every linkage; a pair that stays in it keeps the linkage since when it waits. */
export async function keepReview(
  client: ClientBase,
  linkage: number,
  pairs: readonly AskedPair[],
): Promise<void> {
  const { rows } = await client.query<{ a: string; b: string; since: number }>(
    `DELETE FROM persons.review RETURNING encode(a, 'hex') AS a, encode(b, 'hex') AS b, since`,
  );
  const since = new Map(rows.map((row) => [`${row.a}${row.b}`, row.since]));
  await copyIn(
    client,
    'persons.review',
    ['a', 'b', 'weight', 'prior', 'steps', 'asked', 'place', 'since'],
    rowsOf(pairs.entries(), ([place, { a, b, weight, prior, steps, asked }]) => [
      bytea(a),
      bytea(b),
      weight,
      prior,
      JSON.stringify(steps),
      asked,
      place,
      since.get(`${a}${b}`) ?? linkage,
    ]),
  );
}
