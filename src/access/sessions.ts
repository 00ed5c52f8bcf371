/** Sessions of people at a browser, and the links that start one without a password. */
import type { DataSource } from 'typeorm';
import type { Reader } from './reader.ts';
import { asReader, type RoleInForce, rolesInForce, rolesOf } from './roles-held.ts';
import { hashOf, newSecret } from './secret-text.ts';

const longestHours = 12;
const idleMinutes = 30;
const linkMinutes = 15;

export async function openSession(gate: DataSource, held: string, factors: 1 | 2): Promise<string> {
  const secret = newSecret();
  await gate.query(
    `INSERT INTO access.session (hash, held_id, factors, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(hours => $4))`,
    [hashOf(secret), held, factors, longestHours],
  );
  return secret;
}

export async function readerOfSession(gate: DataSource, secret: string): Promise<Reader | undefined> {
  const [found] = await gate.query<(RoleInForce & { factors: 1 | 2; stale: boolean })[]>(
    `SELECT r.*, s.factors, s.seen_at < now() - interval '1 minute' AS stale
     FROM access.session s JOIN ${rolesInForce} r ON r.held = s.held_id
     WHERE s.hash = $1 AND s.ended_at IS NULL AND s.expires_at > now()
       AND s.seen_at > now() - make_interval(mins => $2)`,
    [hashOf(secret), idleMinutes],
  );
  if (found === undefined) return undefined;
  if (found.stale)
    await gate.query('UPDATE access.session SET seen_at = now() WHERE hash = $1', [hashOf(secret)]);
  return asReader(found, { channel: 'session', factors: found.factors });
}

export async function endSession(gate: DataSource, secret: string): Promise<void> {
  await gate.query('UPDATE access.session SET ended_at = now() WHERE hash = $1 AND ended_at IS NULL', [
    hashOf(secret),
  ]);
}

/** Another of the same person's roles; false when it is not theirs. */
export async function switchRole(
  gate: DataSource,
  secret: string,
  reader: Reader,
  held: string,
): Promise<boolean> {
  if (reader.person === null) return false;
  const own = await rolesOf(gate, reader.person);
  if (!own.some((role) => role.held === held)) return false;
  await gate.query('UPDATE access.session SET held_id = $2 WHERE hash = $1', [hashOf(secret), held]);
  return true;
}

export async function makeLink(gate: DataSource, held: string): Promise<string> {
  const secret = newSecret();
  await gate.query(
    `INSERT INTO access.link (hash, held_id, expires_at) VALUES ($1, $2, now() + make_interval(mins => $3))`,
    [hashOf(secret), held, linkMinutes],
  );
  return secret;
}

/** The role that the link was made for; undefined when it was used, is too old, or never was. */
export async function useLink(gate: DataSource, secret: string): Promise<string | undefined> {
  const [rows] = await gate.query<[{ held_id: string }[], number]>(
    `UPDATE access.link SET used_at = now() WHERE hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING held_id`,
    [hashOf(secret)],
  );
  return rows[0]?.held_id;
}
