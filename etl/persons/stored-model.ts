/** The model that linkage applies: trained once, kept with the frequencies of its day, used until it is trained anew. */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { Refused } from '../../src/errors.ts';
import type { Blocking } from '../link/blocking.ts';
import { type Model, readModel } from '../link/model.ts';
import type { RecordTable } from '../link/table.ts';
import { type TermFrequency, termFrequencies } from '../link/term-frequency.ts';
import { train } from '../link/train.ts';

export interface StoredModel {
  /** The hash of what the model says and of the frequencies that go with it. */
  readonly version: string;
  readonly model: Model;
  readonly frequencies: readonly TermFrequency[];
}

/** The model in use; none when there is none yet, or when it was learned for another method or layout than today's. */
export async function currentModel(
  client: ClientBase,
  keyVersion: string,
  table: RecordTable,
): Promise<StoredModel | undefined> {
  const { rows } = await client.query<{ version: string; model: string }>(
    'SELECT version, model::text AS model FROM persons.model WHERE key_version = $1 AND current',
    [keyVersion],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const frequencies = await client.query<Omit<TermFrequency, 'counts'> & { counts: Record<string, number> }>(
    `SELECT field, present::float8 AS present, floor, counts FROM linkage.term_frequency
     WHERE model = $1 ORDER BY place`,
    [row.version],
  );
  const model = readable(row.model, table);
  return model === undefined ? undefined : { version: row.version, model, frequencies: frequencies.rows };
}

function readable(text: string, table: RecordTable): Model | undefined {
  try {
    return readModel(text, table);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

export function trainModel(table: RecordTable, blocking: Blocking): StoredModel {
  const model = train(table, blocking);
  const frequencies = termFrequencies(table);
  const version = createHash('sha256')
    .update(JSON.stringify([model, frequencies]))
    .digest('hex');
  return { version, model, frequencies };
}

/** Training again on the same rows gives the same model, which is then current as it is. */
export async function keepModel(client: ClientBase, keyVersion: string, kept: StoredModel): Promise<void> {
  const { version, model, frequencies } = kept;
  await client.query('UPDATE persons.model SET current = false WHERE key_version = $1 AND current', [
    keyVersion,
  ]);
  const { rows } = await client.query<{ fresh: boolean }>(
    `INSERT INTO persons.model (version, key_version, model, current) VALUES ($1, $2, $3, true)
     ON CONFLICT (version) DO UPDATE SET model = excluded.model, current = true RETURNING xmax = 0 AS fresh`,
    [version, keyVersion, JSON.stringify(model)],
  );
  if (rows[0]?.fresh !== true) return;
  for (const [place, { field, present, floor, counts }] of frequencies.entries()) {
    await client.query(
      `INSERT INTO linkage.term_frequency (model, field, place, present, floor, counts) VALUES ($1, $2, $3, $4, $5, $6)`,
      [version, field, place, present, floor, JSON.stringify(counts)],
    );
  }
}
