/** Ways to come in at a browser; each ends in a session, or in the same refusal. */
import type { DataSource } from 'typeorm';
import { Refused } from '../errors.ts';
import type { Identity } from './bearer.ts';
import type { SignedIn } from './identity-provider.ts';
import { hashPassword, passwordFits } from './password.ts';
import type { Reader } from './reader.ts';
import { asReader, type RoleInForce, rolesOf } from './roles-held.ts';
import type { Sealer } from './seal.ts';
import { factorAddress, newFactorSecret, stepOfCode } from './second-factor.ts';
import { openSession, useLink } from './sessions.ts';

/** The session's secret, or undefined for any link that is not good. Whoever could have it made holds the host. */
export async function signInByLink(gate: DataSource, link: string): Promise<string | undefined> {
  const held = await useLink(gate, link);
  return held === undefined ? undefined : openSession(gate, held, 2);
}

/** Without a code, or before a second factor is set up, the session carries one factor. */
export async function signInByPassword(
  gate: DataSource,
  given: { readonly email: string; readonly password: string; readonly code: string },
  factors: Sealer,
): Promise<string | undefined> {
  const [account] = await gate.query<Account[]>(
    `SELECT id, password_hash AS "passwordHash", second_factor AS "secondFactor", second_factor_step::float8 AS "step"
     FROM access.person WHERE email = $1 AND ended_at IS NULL`,
    [given.email.trim().toLowerCase()],
  );
  const fits = await passwordFits(given.password, account?.passwordHash ?? null);
  if (!fits || account === undefined) return undefined;
  const shown = account.secondFactor !== null && (await showFactor(gate, account, given.code, factors));
  if (account.secondFactor !== null && !shown) return undefined;
  const [role] = await rolesOf(gate, account.id);
  return role === undefined ? undefined : openSession(gate, role.held, shown ? 2 : 1);
}

export async function signInByProvider(gate: DataSource, identity: SignedIn): Promise<string | undefined> {
  const person = (await personOf(gate, identity)) ?? (await linkByEmail(gate, identity));
  if (person === undefined) return undefined;
  const [role] = await rolesOf(gate, person);
  return role === undefined ? undefined : openSession(gate, role.held, identity.factors);
}

/** Of an access token: the role that the request names, or the first that the person holds. */
export async function readerOfIdentity(
  gate: DataSource,
  identity: Identity,
  wantedRole: string | undefined,
): Promise<Reader | undefined> {
  const person = await personOf(gate, identity);
  if (person === undefined) return undefined;
  const roles = await rolesOf(gate, person);
  const role = wantedRole === undefined ? roles[0] : roles.find((held) => nameOf(held) === wantedRole);
  return role === undefined ? undefined : asReader(role, { channel: 'bearer', factors: identity.factors });
}

/** `county-analyst@06037`, or the role's name alone where it is bound to nothing. */
function nameOf({ role, county, agency }: RoleInForce): string {
  const bound = county ?? agency;
  return bound === null ? role : `${role}@${bound}`;
}

export async function setPassword(gate: DataSource, person: string, password: string): Promise<void> {
  await gate.query('UPDATE access.person SET password_hash = $2 WHERE id = $1', [
    person,
    await hashPassword(password),
  ]);
}

/** A new second factor takes effect once a code of it was shown; the sealed secret goes out and comes back. */
export function offerFactor(
  name: string,
  factors: Sealer,
): { readonly address: string; readonly sealed: string } {
  const secret = newFactorSecret();
  return { address: factorAddress(secret, name), sealed: factors.seal(secret.toString('base64')) };
}

export async function takeFactor(
  gate: DataSource,
  person: string,
  sealed: string,
  code: string,
  factors: Sealer,
): Promise<void> {
  const secret = factors.open(sealed);
  const step =
    secret === undefined ? undefined : stepOfCode(Buffer.from(secret, 'base64'), code, new Date(), 0);
  if (step === undefined)
    throw new Refused('SECOND_FACTOR', 'The code does not fit.', {
      remedy: 'Check the clock of the device, and use the newest code.',
    });
  await gate.query('UPDATE access.person SET second_factor = $2, second_factor_step = $3 WHERE id = $1', [
    person,
    sealed,
    step,
  ]);
}

interface Account {
  readonly id: string;
  readonly passwordHash: string | null;
  readonly secondFactor: string | null;
  readonly step: number;
}

/** Each code once: the step moves on in the same statement that accepts it. */
async function showFactor(
  gate: DataSource,
  account: Account,
  code: string,
  factors: Sealer,
): Promise<boolean> {
  const secret = factors.open(account.secondFactor ?? '');
  if (secret === undefined) return false;
  const step = stepOfCode(Buffer.from(secret, 'base64'), code, new Date(), account.step);
  if (step === undefined) return false;
  const [, used] = await gate.query<[unknown[], number]>(
    'UPDATE access.person SET second_factor_step = $2 WHERE id = $1 AND second_factor_step < $2',
    [account.id, step],
  );
  return used === 1;
}

async function personOf(
  gate: DataSource,
  identity: Pick<Identity, 'issuer' | 'subject'>,
): Promise<string | undefined> {
  const [person] = await gate.query<{ id: string }[]>(
    'SELECT id FROM access.person WHERE issuer = $1 AND subject = $2 AND ended_at IS NULL',
    [identity.issuer, identity.subject],
  );
  return person?.id;
}

/** Once, for somebody who was let in by their e-mail address and has never come before. */
async function linkByEmail(gate: DataSource, identity: SignedIn): Promise<string | undefined> {
  if (identity.email === null) return undefined;
  const [rows] = await gate.query<[{ id: string }[], number]>(
    `UPDATE access.person SET issuer = $2, subject = $3
     WHERE email = $1 AND issuer IS NULL AND ended_at IS NULL RETURNING id`,
    [identity.email, identity.issuer, identity.subject],
  );
  return rows[0]?.id;
}
