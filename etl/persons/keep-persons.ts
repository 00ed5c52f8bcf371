/** Makes tonight's persons current and keeps what was: every earlier state stays readable as of its linkage. */
import type { ClientBase } from 'pg';
import { copyIn } from '../../src/db/copy.ts';
import { bytea, inBatches, rowsOf } from './bulk.ts';
import type { EarlierState } from './earlier-state.ts';
import type { Tonight } from './tonight.ts';

export async function keepPersons(
  client: ClientBase,
  linkage: number,
  { persons, changes }: Tonight,
  known: EarlierState,
): Promise<void> {
  const moved = [...persons].filter(([surrogate, person]) => known.persons.get(surrogate) !== person);
  const left = [...known.persons].flatMap(([surrogate, person]) =>
    persons.get(surrogate) === person ? [] : [surrogate],
  );
  for (const batch of inBatches(left)) {
    await client.query(
      `DELETE FROM persons.membership USING unnest($1::text[]) AS gone (surrogate)
       WHERE membership.surrogate = decode(gone.surrogate, 'hex')`,
      [batch],
    );
    await client.query(
      `UPDATE persons.membership_history h SET to_linkage = $2 FROM unnest($1::text[]) AS gone (surrogate)
       WHERE h.surrogate = decode(gone.surrogate, 'hex') AND h.to_linkage IS NULL`,
      [batch, linkage],
    );
  }
  await copyIn(
    client,
    'persons.membership',
    ['surrogate', 'person_id'],
    rowsOf(moved, ([surrogate, person]) => [bytea(surrogate), bytea(person)]),
  );
  await copyIn(
    client,
    'persons.membership_history',
    ['surrogate', 'person_id', 'from_linkage'],
    rowsOf(moved, ([surrogate, person]) => [bytea(surrogate), bytea(person), linkage]),
  );
  // A new person is told by the history of membership; only what happened to earlier ones needs telling.
  const told = changes.filter(({ event }) => event !== 'new');
  await copyIn(
    client,
    'persons.person_change',
    ['linkage', 'event', 'person_id', 'others'],
    rowsOf(told, ({ event, person, with: others }) => [
      linkage,
      event,
      bytea(person),
      `{${others.map((other) => `"\\\\x${other}"`).join(',')}}`,
    ]),
  );
  await client.query('SELECT persons.take_statistics()');
}
