/** What the linkage before left: its links, its persons, and which rows they rest on. */
import type { ClientBase } from 'pg';
import { streamRows } from '../../src/db/copy.ts';
import type { RowVersion } from './linkage-rows.ts';

export interface EarlierLinkage {
  readonly number: number;
  readonly inputHash: string;
  readonly stageHash: string;
  readonly method: number;
  readonly model: string;
}

export interface StoredLink {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly pattern: string;
  readonly model: string;
}

export interface EarlierState {
  readonly links: readonly StoredLink[];
  /** By surrogate, the row that was linked. */
  readonly rows: ReadonlyMap<string, RowVersion>;
  /** By blocking rule, the blocks that were above the cap. */
  readonly oversized: Readonly<Record<string, readonly string[]>>;
  /** By surrogate, the person. */
  readonly persons: ReadonlyMap<string, string>;
  /** Surrogates whose tokens were purged and have not come again. */
  readonly purged: readonly string[];
}

export async function lastLinkage(client: ClientBase): Promise<EarlierLinkage | undefined> {
  const { rows } = await client.query<EarlierLinkage>(
    `SELECT number, input_hash AS "inputHash", stage_hash AS "stageHash", method, model
     FROM persons.linkage ORDER BY number DESC LIMIT 1`,
  );
  return rows[0];
}

export async function readEarlierState(client: ClientBase): Promise<EarlierState> {
  const links: StoredLink[] = [];
  for await (const link of streamRows<StoredLink>(
    client,
    `SELECT encode(a, 'hex') AS a, encode(b, 'hex') AS b, weight, pattern, model FROM persons.link`,
  ))
    links.push(link);
  const rows = new Map<string, RowVersion>();
  for await (const { surrogate, delivery, line } of streamRows<RowVersion & { surrogate: string }>(
    client,
    `SELECT encode(surrogate, 'hex') AS surrogate, delivery::integer AS delivery, line FROM linkage.linked_row`,
  ))
    rows.set(surrogate, { delivery, line });
  const persons = new Map<string, string>();
  for await (const { surrogate, person } of streamRows<{ surrogate: string; person: string }>(
    client,
    `SELECT encode(surrogate, 'hex') AS surrogate, encode(person_id, 'hex') AS person FROM persons.membership`,
  ))
    persons.set(surrogate, person);
  const rules = await client.query<{ rule: string; oversized: string[] }>(
    'SELECT rule, oversized FROM linkage.blocking_rule',
  );
  const oversized = Object.fromEntries(rules.rows.map((row) => [row.rule, row.oversized]));
  // Whose rows came again can be compared again.
  await client.query(
    `DELETE FROM linkage.purged_row p USING linkage.person_token t WHERE t.surrogate = p.surrogate`,
  );
  const purged = await client.query<{ surrogate: string }>(
    `SELECT encode(surrogate, 'hex') AS surrogate FROM linkage.purged_row ORDER BY surrogate`,
  );
  return { links, rows, oversized, persons, purged: purged.rows.map(({ surrogate }) => surrogate) };
}
