/** Requests with their steps, bundles and links, as far as the reader's claims let them be seen. */
import type { DataSource } from 'typeorm';
import { nothingHere } from '../access/permit.ts';
import { readRows } from '../db/read-rows.ts';
import type { Claims } from '../db/transaction.ts';
import type { Bundle, DatasetRequest, Step } from './request.ts';

export interface Link {
  readonly id: string;
  readonly bundle: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly most: number;
  readonly taken: number;
  readonly revokedAt: Date | null;
}

/** How the making of a bundle ended that was asked for last; seen by whoever may ask for it. */
export interface Making {
  readonly outcome: string | null;
  readonly code: string | null;
}

export interface RequestStanding {
  readonly request: DatasetRequest;
  readonly steps: readonly Step[];
  readonly bundles: readonly Bundle[];
  readonly links: readonly Link[];
  readonly making: Making | null;
}

/** What everybody may know of a dataset that was given. */
export interface GivenDataset {
  readonly id: string;
  readonly title: string;
  readonly organization: string;
  readonly purpose: string;
  readonly release: number;
  readonly releaseState: string;
  readonly tables: readonly string[];
  readonly cells: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly madeAt: Date;
  readonly state: string;
}

/** A request is never read as released after its last day. */
export const requestColumns = `r.id, r.county_fips AS county, r.author, r.author_name AS "authorName", r.content, r.tables, r.proposals,
  CASE WHEN r.state = 'released' AND (r.content ->> 'until')::date < current_date THEN 'expired' ELSE r.state END AS state,
  r.version, r.due_on::text AS "dueOn", r.opened_at AS "openedAt"`;
export const stepColumns = 'step, by_person AS person, by_name AS name, by_role AS role, words, at';
const bundleColumns = `id, request_id AS request, number, release_number AS release, cells::float8 AS cells, bytes::float8 AS bytes,
  sha256, fingerprint, made_at AS "madeAt"`;

/** The newest first. */
export async function requestsSeen(
  api: DataSource,
  claims: Claims,
  page: { readonly after?: string | undefined; readonly most: number },
): Promise<readonly DatasetRequest[]> {
  return readRows<DatasetRequest>(
    api,
    claims,
    `SELECT ${requestColumns} FROM dataset.request r
     WHERE $1::uuid IS NULL OR (r.opened_at, r.id) < (SELECT a.opened_at, a.id FROM dataset.request a WHERE a.id = $1)
     ORDER BY r.opened_at DESC, r.id DESC LIMIT $2`,
    [page.after ?? null, page.most],
  );
}

export async function oneRequest(api: DataSource, claims: Claims, id: string): Promise<DatasetRequest> {
  const [found] = await readRows<DatasetRequest>(
    api,
    claims,
    `SELECT ${requestColumns} FROM dataset.request r WHERE r.id = $1`,
    [id],
  );
  if (found === undefined) throw nothingHere();
  return found;
}

export async function standingOf(api: DataSource, claims: Claims, id: string): Promise<RequestStanding> {
  const request = await oneRequest(api, claims, id);
  const steps = await stepsOf(api, claims, [id]);
  const bundles = await bundlesOf(api, claims, [id]);
  const links = await linksOf(api, claims, [id]);
  const [making] = await readRows<Making>(
    api,
    claims,
    `SELECT outcome, code FROM ops.asked_job WHERE job = 'dataset' AND arguments ->> 'request' = $1
     ORDER BY asked_at DESC LIMIT 1`,
    [id],
  );
  return { request, steps, bundles, links, making: making ?? null };
}

export async function stepsOf(
  api: DataSource,
  claims: Claims,
  requests: readonly string[],
): Promise<readonly (Step & { readonly request: string })[]> {
  return readRows(
    api,
    claims,
    `SELECT request_id AS request, ${stepColumns} FROM dataset.step WHERE request_id = ANY ($1) ORDER BY request_id, seq`,
    [requests],
  );
}

export async function bundlesOf(
  api: DataSource,
  claims: Claims,
  requests: readonly string[],
): Promise<readonly Bundle[]> {
  return readRows<Bundle>(
    api,
    claims,
    `SELECT ${bundleColumns} FROM dataset.bundle WHERE request_id = ANY ($1) ORDER BY request_id, number DESC`,
    [requests],
  );
}

/** Whom a fingerprint in somebody's file belongs to. */
export async function bundleWithFingerprint(
  api: DataSource,
  claims: Claims,
  fingerprint: string,
): Promise<Bundle | undefined> {
  const [found] = await readRows<Bundle>(
    api,
    claims,
    `SELECT ${bundleColumns} FROM dataset.bundle WHERE fingerprint = $1`,
    [fingerprint],
  );
  return found;
}

async function linksOf(
  api: DataSource,
  claims: Claims,
  requests: readonly string[],
): Promise<readonly (Link & { readonly request: string })[]> {
  return readRows(
    api,
    claims,
    `SELECT b.request_id AS request, l.id, l.bundle_id AS bundle, l.made_at AS "madeAt", l.expires_at AS "expiresAt", l.most, l.taken,
       l.revoked_at AS "revokedAt"
     FROM dataset.link l JOIN dataset.bundle b ON b.id = l.bundle_id WHERE b.request_id = ANY ($1) ORDER BY l.made_at DESC, l.id`,
    [requests],
  );
}

export async function givenDatasets(api: DataSource, most: number): Promise<readonly GivenDataset[]> {
  return api.query<GivenDataset[]>(
    `SELECT id, title, organization, purpose, release_number AS release, release_state AS "releaseState", tables, cells::float8 AS cells, bytes::float8 AS bytes,
       sha256, made_at AS "madeAt", state FROM dataset.given($1)`,
    [most],
  );
}
