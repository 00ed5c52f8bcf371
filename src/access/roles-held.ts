/** Roles as they are held today: in force themselves, and resting on an agreement in force where they name one. */
import type { DataSource } from 'typeorm';
import type { Channel } from '../contracts/access-policy.ts';
import type { Reader } from './reader.ts';

const inForce = (agreement: string): string =>
  `current_date BETWEEN ${agreement}.effective_from AND coalesce(${agreement}.effective_to, 'infinity')`;

const purposesOf = (which: string): string => `ARRAY(
  SELECT DISTINCT purpose FROM governance.agreement g, unnest(g.purposes) purpose WHERE ${inForce('g')} AND ${which})`;

/** One row for each role in force: what a reader is made of. A termination shows here at once. */
export const rolesInForce = `(
  SELECT h.id AS held, h.person_id AS person, p.name, h.role, h.county, h.agency, h.purposes,
    ${purposesOf('g.id = h.agreement_id')} AS agreed_held,
    CASE WHEN h.county IS NULL THEN '{}' ELSE ${purposesOf(
      'EXISTS (SELECT FROM governance.agency a WHERE a.id = ANY (g.agencies) AND a.county_fips = h.county)',
    )} END AS agreed_county
  FROM access.role_held h JOIN access.person p ON p.id = h.person_id
  WHERE p.ended_at IS NULL AND h.ended_at IS NULL AND current_date BETWEEN h.effective_from AND coalesce(h.effective_to, 'infinity')
    AND (h.agreement_id IS NULL
      OR EXISTS (SELECT FROM governance.agreement g WHERE g.id = h.agreement_id AND ${inForce('g')})))`;

export interface RoleInForce {
  readonly held: string;
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly county: string | null;
  readonly agency: string | null;
  readonly purposes: readonly string[];
  readonly agreed_held: readonly string[];
  readonly agreed_county: readonly string[];
}

export function asReader(
  role: RoleInForce,
  by: { readonly channel: Channel; readonly factors: 1 | 2; readonly scopes?: readonly string[] },
): Reader {
  return {
    person: role.person,
    name: role.name,
    role: role.role,
    county: role.county,
    agency: role.agency,
    purposes: role.purposes,
    agreed: { held: role.agreed_held, county: role.agreed_county },
    factors: by.factors,
    channel: by.channel,
    held: role.held,
    scopes: by.scopes ?? ['*'],
  };
}

/** The roles that a person holds today, oldest first: the first is taken when the person names none. */
export async function rolesOf(gate: DataSource, person: string): Promise<readonly RoleInForce[]> {
  return gate.query<RoleInForce[]>(
    `SELECT r.* FROM ${rolesInForce} r JOIN access.role_held h ON h.id = r.held
     WHERE r.person = $1 ORDER BY h.given_at, h.id`,
    [person],
  );
}
