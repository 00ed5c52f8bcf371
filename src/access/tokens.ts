/** API tokens: a role of somebody's, carried by a program. Shown once, kept as a hash, gone when revoked. */
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import { prepared } from '../db/prepared.ts';
import { together } from '../db/together.ts';
import { Refused } from '../errors.ts';
import type { Reader } from './reader.ts';
import { asReader, type RoleInForce, rolesInForce } from './roles-held.ts';
import { hashOf, isTokenText, newTokenText } from './secret-text.ts';

export interface TokenLine {
  readonly id: string;
  readonly name: string;
  readonly ending: string;
  readonly personId: string;
  readonly role: string;
  readonly county: string | null;
  readonly agency: string | null;
  readonly scopes: readonly string[];
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedOn: string | null;
}

export interface NewToken {
  readonly id?: string;
  readonly held: string;
  readonly name: string;
  readonly scopes?: readonly string[] | null | undefined;
  readonly days: number;
  readonly factors: 1 | 2;
  readonly madeBy?: string | null;
}

const longestDays = 366;

/** The text is null when an earlier attempt with this id made the token: it was shown then. */
export async function createToken(
  gate: DataSource,
  wanted: NewToken,
): Promise<{ readonly id: string; readonly text: string | null }> {
  const scopes = wanted.scopes?.length ? wanted.scopes : ['*'];
  const { operations } = loadContracts().accessPolicy;
  if (scopes.some((scope) => scope !== '*' && !operations.has(scope)))
    throw new Refused('SCOPE_UNKNOWN', 'A scope names no operation.', {
      remedy: 'The operations are those of schema/access-policy.yaml.',
    });
  if (!Number.isInteger(wanted.days) || wanted.days < 1 || wanted.days > longestDays)
    throw new Refused('TOKEN_DAYS', `A token is good for 1 to ${longestDays} days.`);
  const text = newTokenText();
  const id = wanted.id ?? randomUUID();
  const made = await gate.query<unknown[]>(
    `INSERT INTO access.token (id, held_id, name, hash, ending, scopes, factors, made_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(days => $9)) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      id,
      wanted.held,
      wanted.name,
      hashOf(text),
      text.slice(-4),
      scopes,
      wanted.factors,
      wanted.madeBy ?? null,
      wanted.days,
    ],
  );
  return { id, text: made.length > 0 ? text : null };
}

export async function readerOfToken(gate: DataSource, text: string): Promise<Reader | undefined> {
  if (!isTokenText(text)) return undefined;
  const found = await tokenByHash(gate, hashOf(text).toString('hex'));
  if (found === undefined) return undefined;
  if (found.stale)
    await gate.query('UPDATE access.token SET last_used_on = current_date WHERE id = $1', [found.token]);
  return asReader(found, { channel: 'token', factors: found.factors, scopes: found.scopes });
}

interface TokenFound extends RoleInForce {
  readonly hash: string;
  readonly token: string;
  readonly scopes: string[];
  readonly factors: 1 | 2;
  readonly stale: boolean;
}

const tokenByHash = together<string, TokenFound>(async (gate, hashes) => {
  const bytes = hashes.map((hash) => Buffer.from(hash, 'hex'));
  const rows = await prepared<TokenFound>(gate, tokensInForce, [bytes]);
  return new Map(rows.map((row) => [row.hash, row]));
});

const tokensInForce = `SELECT r.*, encode(t.hash, 'hex') AS hash, t.id AS token, t.scopes, t.factors,
    t.last_used_on IS DISTINCT FROM current_date AS stale
  FROM access.token t JOIN ${rolesInForce} r ON r.held = t.held_id
  WHERE t.hash = ANY ($1) AND t.revoked_at IS NULL AND t.expires_at > now()`;

/** Of one person, or with `person` undefined of everybody; newest first. */
export async function listTokens(
  gate: DataSource,
  page: { readonly person?: string | undefined; readonly after?: string | undefined; readonly most: number },
): Promise<readonly TokenLine[]> {
  return gate.query<TokenLine[]>(
    `SELECT t.id, t.name, t.ending, h.person_id AS "personId", h.role, h.county, h.agency, t.scopes, t.made_at AS "madeAt",
       t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", t.last_used_on::text AS "lastUsedOn"
     FROM access.token t JOIN access.role_held h ON h.id = t.held_id
     WHERE ($1::uuid IS NULL OR h.person_id = $1)
       AND ($2::uuid IS NULL OR (t.made_at, t.id) < (SELECT made_at, id FROM access.token WHERE id = $2))
     ORDER BY t.made_at DESC, t.id DESC LIMIT $3`,
    [page.person ?? null, page.after ?? null, page.most],
  );
}

/** Whether there was such a token; a second time changes nothing. */
export async function revokeToken(gate: DataSource, id: string, ofPerson?: string): Promise<boolean> {
  const [, found] = await gate.query<[unknown[], number]>(
    `UPDATE access.token t SET revoked_at = coalesce(t.revoked_at, clock_timestamp()) FROM access.role_held h
     WHERE t.id = $1 AND h.id = t.held_id AND ($2::uuid IS NULL OR h.person_id = $2)`,
    [id, ofPerson ?? null],
  );
  return found > 0;
}
