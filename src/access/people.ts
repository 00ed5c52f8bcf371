/** Who may come in, and the roles that they are given. Nothing is deleted: people and roles end. */
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import { purposesOf } from '../contracts/lookup.ts';
import { Refused } from '../errors.ts';

export interface Person {
  readonly id: string;
  readonly kind: 'person' | 'service';
  readonly name: string;
  readonly email: string | null;
  readonly addedAt: Date;
  readonly endedAt: Date | null;
}

export interface RoleHeld {
  readonly id: string;
  readonly personId: string;
  readonly role: string;
  readonly county: string | null;
  readonly agency: string | null;
  readonly purposes: readonly string[];
  readonly agreement: string | null;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly endedAt: Date | null;
}

export interface NewPerson {
  readonly id?: string;
  readonly kind?: 'person' | 'service';
  readonly name: string;
  readonly email?: string | null | undefined;
}

export interface NewRole {
  readonly id?: string;
  readonly person: string;
  readonly role: string;
  readonly county?: string | null | undefined;
  readonly agency?: string | null | undefined;
  /** All that the role may be held for, when none is named. */
  readonly purposes?: readonly string[] | null | undefined;
  readonly agreement?: string | null | undefined;
  readonly effectiveTo?: string | null | undefined;
  readonly givenBy?: string | null;
}

/** With the id of an earlier attempt it answers what that one made. */
export async function addPerson(gate: DataSource, person: NewPerson): Promise<string> {
  const id = person.id ?? randomUUID();
  const email = person.email?.trim().toLowerCase() || null;
  if (email !== null && !/^[^@\s]+@[^@\s]+$/.test(email)) refuse('EMAIL', 'The e-mail address is none.');
  if (person.name.trim() === '') refuse('NAME', 'A person has a name.');
  const [taken] = await gate.query<{ id: string }[]>('SELECT id FROM access.person WHERE email = $1', [
    email,
  ]);
  if (taken !== undefined && taken.id !== id)
    refuse('EMAIL_TAKEN', 'Somebody with this e-mail address may come in already.');
  await gate.query(
    `INSERT INTO access.person (id, kind, name, email) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
    [id, person.kind ?? 'person', person.name.trim(), email],
  );
  return id;
}

export async function giveRole(gate: DataSource, wanted: NewRole): Promise<string> {
  const role = checkedRole(wanted);
  const id = wanted.id ?? randomUUID();
  if (typeof wanted.effectiveTo === 'string' && wanted.effectiveTo < new Date().toISOString().slice(0, 10))
    refuse('DATE_PAST', 'The last day of a role is today or later.');
  await there(gate, 'access.person', wanted.person, 'PERSON_UNKNOWN', 'There is no such person.');
  if (role.agency !== null)
    await there(
      gate,
      'governance.agency',
      role.agency,
      'AGENCY_UNKNOWN',
      `The hub knows no agency ${role.agency}.`,
    );
  if (role.agreement !== null)
    await there(
      gate,
      'governance.agreement',
      role.agreement,
      'AGREEMENT_UNKNOWN',
      `There is no agreement ${role.agreement}.`,
    );
  await gate.query(
    `INSERT INTO access.role_held (id, person_id, role, county, agency, purposes, agreement_id, effective_from, effective_to, given_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, current_date, $8, $9) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      wanted.person,
      wanted.role,
      role.county,
      role.agency,
      role.purposes,
      role.agreement,
      wanted.effectiveTo ?? null,
      wanted.givenBy ?? null,
    ],
  );
  return id;
}

/** Its sessions and tokens are not touched: they rest on the role, and are asked about it each time. */
export async function endRole(gate: DataSource, id: string): Promise<boolean> {
  const [, ended] = await gate.query<[unknown[], number]>(
    'UPDATE access.role_held SET ended_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL',
    [id],
  );
  return ended > 0;
}

export async function endPerson(gate: DataSource, id: string): Promise<boolean> {
  const ended = await gate.query<[unknown[], number]>(
    'UPDATE access.person SET ended_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL',
    [id],
  );
  return ended[1] > 0;
}

export async function listPeople(
  gate: DataSource,
  page: { readonly after?: string | undefined; readonly most: number },
): Promise<readonly Person[]> {
  return gate.query<Person[]>(
    `SELECT id, kind, name, email, added_at AS "addedAt", ended_at AS "endedAt" FROM access.person
     WHERE $1::uuid IS NULL OR (added_at, id) > (SELECT added_at, id FROM access.person WHERE id = $1)
     ORDER BY added_at, id LIMIT $2`,
    [page.after ?? null, page.most],
  );
}

export async function rolesHeldBy(gate: DataSource, people: readonly string[]): Promise<readonly RoleHeld[]> {
  return gate.query<RoleHeld[]>(
    `SELECT id, person_id AS "personId", role, county, agency, purposes, agreement_id AS agreement,
       effective_from::text AS "effectiveFrom", effective_to::text AS "effectiveTo", ended_at AS "endedAt"
     FROM access.role_held WHERE person_id = ANY ($1) ORDER BY given_at, id`,
    [people],
  );
}

interface CheckedRole {
  readonly county: string | null;
  readonly agency: string | null;
  readonly purposes: readonly string[];
  readonly agreement: string | null;
}

/** A role is given for what it is bound to, and for nothing else. */
function checkedRole(wanted: NewRole): CheckedRole {
  const contracts = loadContracts();
  const { roles } = contracts.accessPolicy;
  const role = roles.get(wanted.role);
  if (role === undefined || role.name === 'public') {
    const names = [...roles.keys()].filter((name) => name !== 'public');
    throw new Refused('ROLE_UNKNOWN', `There is no role of that name; the roles are ${names.join(', ')}.`);
  }
  const county = wanted.county ?? null;
  const agency = wanted.agency ?? null;
  if (role.boundTo === 'county') {
    if (county === null)
      refuse('COUNTY_NEEDED', `The role ${role.name} is held for a county.`, 'Name it by its FIPS code.');
    else if (!contracts.codeLists.get('ca_counties')?.codes.some((code) => code.code === county))
      refuse(
        'COUNTY_UNKNOWN',
        'There is no county of that code.',
        '`npx tessera contracts show ca_counties` lists them.',
      );
  } else if (county !== null) refuse('COUNTY_UNUSED', `The role ${role.name} is held for no county.`);
  if (role.boundTo === 'agency' && agency === null)
    refuse('AGENCY_NEEDED', `The role ${role.name} is held for an agency.`);
  if (role.boundTo !== 'agency' && agency !== null)
    refuse('AGENCY_UNUSED', `The role ${role.name} is held for no agency.`);
  const purposes = wanted.purposes?.length ? wanted.purposes : role.purposes;
  const known = purposesOf(contracts);
  const wrong = purposes.filter((purpose) => !known.has(purpose) || !role.purposes.includes(purpose));
  if (wrong.length > 0)
    refuse(
      'PURPOSE',
      `The role ${role.name} is not held for that purpose; it may be for ${role.purposes.join(', ')}.`,
    );
  return { county, agency, purposes, agreement: wanted.agreement ?? null };
}

async function there(
  gate: DataSource,
  table: string,
  id: string,
  code: string,
  message: string,
): Promise<void> {
  const rows = await gate.query<unknown[]>(`SELECT FROM ${table} WHERE id = $1`, [id]);
  if (rows.length === 0) refuse(code, message);
}

function refuse(code: string, message: string, remedy?: string): never {
  throw new Refused(code, message, remedy === undefined ? {} : { remedy });
}
