/** What stewards and agencies said about pairs. The last word of each counts; nothing is overwritten. */
import type { ClientBase } from 'pg';
import type { Opinion } from '../link/review.ts';

export interface StoredOpinion extends Opinion {
  readonly id: number;
  /** Why the pair was looked at: near the threshold, drawn at random from the links, or told unasked. */
  readonly asked: 'near' | 'sample' | 'told';
}

export async function readOpinions(client: ClientBase): Promise<readonly StoredOpinion[]> {
  const { rows } = await client.query<StoredOpinion>(
    `SELECT DISTINCT ON (a, b, said_as, said_by) id::integer AS id, encode(a, 'hex') AS a, encode(b, 'hex') AS b,
            same, said_by AS by, said_as AS as, asked
     FROM persons.opinion ORDER BY a, b, said_as, said_by, id DESC`,
  );
  return rows;
}
