/**
 * Accounts that the hub's own host makes for itself: the steward of the first start, and one for each role that a
 * token or link is asked for at the command line. Whoever may do that holds the database already.
 */
import type { DataSource } from 'typeorm';
import { uuidOf } from './named-id.ts';
import { addPerson, giveRole, type NewRole } from './people.ts';

export type HostRole = Pick<NewRole, 'role' | 'county' | 'agency' | 'agreement' | 'purposes'>;

/** The role as it is held, the same one for the same words. */
export async function hostRole(gate: DataSource, wanted: HostRole): Promise<string> {
  const words = [
    wanted.role,
    wanted.county,
    wanted.agency,
    wanted.agreement,
    wanted.purposes?.join(' '),
  ].filter((word) => word !== undefined && word !== null);
  const person = uuidOf('host person', ...words);
  const held = uuidOf('host role', ...words);
  await addPerson(gate, { id: person, kind: 'service', name: `${words.join(' ')} (made at the hub's host)` });
  const [ended] = await gate.query<unknown[]>(
    'SELECT FROM access.role_held WHERE id = $1 AND ended_at IS NOT NULL',
    [held],
  );
  return giveRole(gate, {
    ...wanted,
    id: ended === undefined ? held : uuidOf(held, String(Date.now())),
    person,
  });
}

export async function nobodyYet(gate: DataSource): Promise<boolean> {
  const [found] = await gate.query<unknown[]>('SELECT FROM access.person LIMIT 1');
  return found === undefined;
}
