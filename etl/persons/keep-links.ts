/** Writes links and what the next night needs of this one: only what differs from what is kept. */
import type { ClientBase } from 'pg';
import { copyIn } from '../../src/db/copy.ts';
import { bytea, inBatches, rowsOf } from './bulk.ts';
import type { EarlierState, StoredLink } from './earlier-state.ts';
import type { LinkageRows } from './linkage-rows.ts';
import type { Tonight } from './tonight.ts';

export async function keepLinks(
  client: ClientBase,
  rows: LinkageRows,
  { links, night }: Tonight,
  known: EarlierState,
): Promise<void> {
  const standing = new Set<StoredLink>(links);
  const [fresh, gone] = [new Set(links), known.links.filter((link) => !standing.has(link))];
  for (const link of known.links) fresh.delete(link);
  for (const batch of inBatches(gone)) {
    await client.query(
      `DELETE FROM persons.link l USING unnest($1::text[], $2::text[]) AS gone (a, b)
       WHERE l.a = decode(gone.a, 'hex') AND l.b = decode(gone.b, 'hex')`,
      [batch.map(({ a }) => a), batch.map(({ b }) => b)],
    );
  }
  await copyIn(
    client,
    'persons.link',
    ['a', 'b', 'weight', 'pattern', 'model'],
    rowsOf(fresh, ({ a, b, weight, pattern, model }) => [bytea(a), bytea(b), weight, pattern, model]),
  );
  await keepRowVersions(client, rows, known);
  await client.query('DELETE FROM linkage.blocking_rule');
  for (const [rule, oversized] of Object.entries(night.state.oversized))
    await client.query('INSERT INTO linkage.blocking_rule (rule, oversized) VALUES ($1, $2)', [
      rule,
      oversized,
    ]);
}

async function keepRowVersions(client: ClientBase, rows: LinkageRows, known: EarlierState): Promise<void> {
  const changed: { surrogate: string; delivery: number; line: number }[] = [];
  const gone = new Set(known.rows.keys());
  rows.surrogates.forEach((surrogate, record) => {
    const now = rows.versions[record] as { delivery: number; line: number };
    const before = known.rows.get(surrogate);
    if (before?.delivery === now.delivery && before.line === now.line) gone.delete(surrogate);
    else changed.push({ surrogate, ...now });
  });
  for (const batch of inBatches([...gone]))
    await client.query(
      `DELETE FROM linkage.linked_row USING unnest($1::text[]) AS gone (surrogate)
       WHERE linked_row.surrogate = decode(gone.surrogate, 'hex')`,
      [batch],
    );
  await copyIn(
    client,
    'linkage.linked_row',
    ['surrogate', 'delivery', 'line'],
    rowsOf(changed, ({ surrogate, delivery, line }) => [bytea(surrogate), delivery, line]),
  );
}
