/** GET /data.json, /data/changes.json and /data/release-N.duckdb: what the hub publishes, for whoever collects catalogues. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { type Request, type Response, Router } from 'express';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { publishedTables } from '../../disclosure/published-tables.ts';
import type { ReleaseEntity } from '../../disclosure/release.entity.ts';
import { type Standing, standing } from '../../disclosure/standing.ts';
import { keepByName } from '../../disclosure/table-file/kept-files.ts';
import { catalogueOf, type Publisher } from '../../open-data/catalogue.ts';
import { changesOf } from '../../open-data/changes.ts';
import {
  CATALOGUE,
  CHANGES,
  DATABASE_PATH,
  databaseLink,
  NEWEST_DATABASE,
} from '../../open-data/stable-links.ts';
import { version } from '../../package-root.ts';
import { MADE_UP_NOTE } from './made-up-note.ts';
import { sendFile } from './send-file.ts';

interface Hub {
  /** Where browsers reach it. */
  readonly at: string;
  readonly publisher: Publisher;
}

/** Stands behind the guard that permits and records. A database is written once for each release and lies in `folder`. */
export function openData(api: DataSource, folder: string, { at, publisher }: Hub): Router {
  const kept = keepByName(api, folder);
  const catalogue = once(async (now) => {
    const release = now.current;
    if (release === undefined) throw nothingHere();
    const tables = await publishedTables(api, release.number);
    const { metrics } = loadContracts();
    return JSON.stringify(catalogueOf({ at, publisher, release, tables, metrics, note: noteOf(now) }));
  });
  const changes = once(async (now) => JSON.stringify({ note: noteOf(now), releases: await changesOf(api) }));
  const database = async ({ number }: ReleaseEntity, now: Standing): Promise<string> =>
    kept.fileFor(`r${number}-${hashOf(version, noteOf(now) ?? '')}.duckdb`, async (path) => {
      const release = now.releases.find((one) => one.number === number);
      if (release === undefined) throw nothingHere();
      // Read when it is first asked for: the engine is large.
      const { writeDatabaseFile } = await import('../../open-data/database-file.ts');
      const tables = await publishedTables(api, number);
      const { metrics } = loadContracts();
      await writeDatabaseFile(api, { release, tables, metrics, note: noteOf(now) }, path);
    });
  return Router()
    .get(CATALOGUE, async (request, response) => {
      const now = await standing(api);
      answerText(request, response, await catalogue(now));
    })
    .get(CHANGES, async (request, response) => {
      const now = await standing(api);
      answerText(request, response, await changes(now));
    })
    .get(NEWEST_DATABASE, async (_request, response) => {
      const { current } = await standing(api);
      if (current === undefined) throw nothingHere();
      response.setHeader('cache-control', 'no-cache');
      response.redirect(302, databaseLink(current.number));
    })
    .get(DATABASE_PATH, async (request, response) => {
      const now = await standing(api);
      const asked = Number(request.params[0]);
      const release = now.releases.find(({ number }) => number === asked);
      if (release === undefined) throw nothingHere();
      const path = await database(release, now);
      response.setHeader('content-type', 'application/vnd.duckdb');
      response.setHeader('content-disposition', `attachment; filename="release-${asked}.duckdb"`);
      response.setHeader('cache-control', 'no-cache');
      response.setHeader('content-length', (await stat(path)).size);
      if (request.method === 'HEAD') response.end();
      else await sendFile(path, response);
    });
}

/** Made once for as long as the same releases stand. */
function once(make: (now: Standing) => Promise<string>): (now: Standing) => Promise<string> {
  let made: { stamp: string; text: Promise<string> } | undefined;
  return async (now) => {
    if (made?.stamp !== now.stamp) made = { stamp: now.stamp, text: make(now) };
    try {
      return await made.text;
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
}

function answerText(request: Request, response: Response, text: string): void {
  response.setHeader('cache-control', 'no-cache');
  response.setHeader('etag', `"${hashOf(text)}"`);
  if (request.fresh) response.status(304).end();
  else response.type('json').send(text);
}

function noteOf({ madeUp }: Standing): string | undefined {
  return madeUp ? MADE_UP_NOTE : undefined;
}

function hashOf(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);
}
