/** Links to a bundle: known by their hash, good for some days and some downloads, and ended by whoever gave them. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../access/permit.ts';
import { hashOf, newSecret } from '../access/secret-text.ts';
import type { Contracts } from '../contracts/contracts.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { Refused } from '../errors.ts';
import { piecesOf } from './bundle/keep-bundle.ts';
import type { Actor } from './request.ts';
import { lock, write } from './request-steps.ts';
import { plan } from './review-workflow.ts';

export interface NewLink {
  /** Shown once; only its hash is kept. */
  readonly secret: string;
  readonly expiresAt: Date;
  readonly most: number;
}

/** Of the newest bundle of a request. */
export async function makeLink(
  api: DataSource,
  contracts: Contracts,
  claims: Claims,
  { request: id, by }: { readonly request: string; readonly by: Actor },
): Promise<NewLink> {
  const { link_days: days, link_downloads: most, most_links: mostLinks } = contracts.datasets.terms;
  const secret = newSecret();
  return transaction(
    api,
    async ({ client }) => {
      const { request, steps } = await lock(client, id);
      const planned = plan(request, steps, { act: 'link' }, by);
      const { rows } = await client.query<{ bundle: string; links: number }>(
        `SELECT b.id AS bundle, (SELECT count(*)::int FROM dataset.link l WHERE l.bundle_id = b.id) AS links
         FROM dataset.bundle b WHERE b.request_id = $1 ORDER BY b.number DESC LIMIT 1`,
        [id],
      );
      const [newest] = rows;
      if (newest === undefined) throw nothingHere();
      if (newest.links >= mostLinks)
        throw new Refused(
          'TOO_MANY_LINKS',
          `A dataset has at most ${mostLinks} links, ended ones included.`,
          {
            remedy: 'Use one that is still good; a later release gives the dataset new ones.',
          },
        );
      const made = await client.query<{ expiresAt: Date }>(
        `INSERT INTO dataset.link (id, hash, bundle_id, expires_at, most)
         VALUES ($1, $2, $3, clock_timestamp() + make_interval(days => $4), $5) RETURNING expires_at AS "expiresAt"`,
        [randomUUID(), hashOf(secret), newest.bundle, days, most],
      );
      await write(client, { request, steps, planned, by, first: randomUUID(), contracts });
      return { secret, expiresAt: made.rows[0]?.expiresAt ?? new Date(), most };
    },
    claims,
  );
}

export type LinkOutcome =
  | 'good'
  | 'over'
  | 'revoked'
  | 'expired'
  | 'used_up'
  | 'agreement_over'
  | 'withdrawn';

export interface LinkedBundle {
  readonly bundle: string;
  readonly outcome: LinkOutcome;
  readonly title: string;
  readonly release: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly expiresAt: Date;
  readonly remaining: number;
}

const FETCHED = `SELECT bundle, outcome, title, release_number AS release, bytes::float8 AS bytes, sha256, expires_at AS "expiresAt", remaining
  FROM dataset.fetch($1, $2)`;

/** What a link is about, for whoever has it; undefined for one that never was. */
export async function linkedBundle(api: DataSource, secret: string): Promise<LinkedBundle | undefined> {
  const [found] = await api.query<LinkedBundle[]>(FETCHED, [hashOf(secret), false]);
  return found;
}

/** Counts one download and writes the bundle to a file; nothing is written, or counted, where the link is not good. */
export async function download(
  api: DataSource,
  secret: string,
  path: string,
): Promise<LinkedBundle | undefined> {
  return transaction(api, async ({ client }) => {
    const { rows } = await client.query<LinkedBundle>(FETCHED, [hashOf(secret), true]);
    const [found] = rows;
    if (found?.outcome === 'good')
      await pipeline(piecesOf(client, found.bundle), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return found;
  });
}
