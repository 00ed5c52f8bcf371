/** GET /data/<metric>.<format>: a released table as a file, at a link that stays. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import compression from 'compression';
import { type Request, Router } from 'express';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { PERIOD_KINDS } from '../../contracts/metric.ts';
import { type AskedTable, findTable } from '../../disclosure/asked-table.ts';
import type { ReleaseEntity } from '../../disclosure/release.entity.ts';
import { standing } from '../../disclosure/standing.ts';
import { keepFiles } from '../../disclosure/table-file/kept-files.ts';
import { tableMetadata } from '../../disclosure/table-file/metadata.ts';
import { FILE_FORMATS } from '../../disclosure/table-file/table-file.ts';
import { releaseOfDatabase } from '../../open-data/stable-links.ts';
import { version } from '../../package-root.ts';
import { MADE_UP_NOTE } from './made-up-note.ts';
import { sendFile } from './send-file.ts';

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.stream',
  zip: 'application/zip',
};
/** What is dense already gains nothing by being compressed. */
const DENSE = /\.(arrow|parquet|zip)$/;
const OWN = new Set(['by', 'period', 'kind', 'from', 'to', 'release', 'twin']);

/** Stands behind the guard that permits and records. Whole files lie in `folder`, built once for each release. */
export function dataFiles(api: DataSource, folder: string, hubAddress: string): Router {
  const kept = keepFiles(api, folder);
  const compressed = compression();
  return Router()
    .use((request, response, next) =>
      DENSE.test(request.path) ? next() : compressed(request, response, next),
    )
    .get('/:file', async (request, response) => {
      const { metric, format, metadata } = fileOf(request);
      const asked = askedIn(request, metric);
      const found = await findTable(api, loadContracts(), asked);
      const note = found.madeUp ? MADE_UP_NOTE : undefined;
      const twin = asked.county !== undefined;
      response.setHeader('cache-control', twin ? 'private, no-store' : 'no-cache');
      response.setHeader('vary', 'accept-encoding');
      if (!twin) {
        response.setHeader('etag', tagOf(request, found.release, note));
        if (request.fresh) return void response.status(304).end();
      }
      if (metadata) return void response.json(tableMetadata(found, note));
      const wanted = { found, asked, format, note, hubAddress };
      const path = twin ? await kept.passing(wanted) : await kept.fileFor(wanted);
      response.setHeader('content-type', types[format] ?? 'application/octet-stream');
      response.setHeader('content-length', (await stat(path)).size);
      if (format === 'zip') response.attachment(`${metric}-release-${found.release.number}.zip`);
      try {
        if (request.method === 'HEAD') response.end();
        else if (DENSE.test(request.path)) await sendFile(path, response);
        else await pipeline(createReadStream(path), response);
      } catch (error) {
        // Whoever hung up hears nothing; what cannot be read is a defect.
        if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      } finally {
        if (twin) await rm(path, { force: true });
      }
    });
}

function fileOf(request: Request): {
  metric: string;
  format: (typeof FILE_FORMATS)[number];
  metadata: boolean;
} {
  const found = /^([a-z][a-z0-9_]{0,80})\.(csv|json|parquet|arrow|zip)(\.metadata\.json)?$/.exec(
    String(request.params['file']),
  );
  const format = FILE_FORMATS.find((name) => name === found?.[2]);
  if (found?.[1] === undefined || format === undefined) throw nothingHere();
  return { metric: found[1], format, metadata: found[3] !== undefined };
}

/** Whatever is not one of the file's own words names a dimension; one that no table has finds nothing. */
function askedIn(request: Request, metric: string): AskedTable {
  const query = queryOf(request);
  const kind = query.get('kind');
  const found = PERIOD_KINDS.find((name) => name === kind);
  if (kind !== null && found === undefined) throw nothingHere();
  return {
    metric,
    by: query.getAll('by').flatMap((names) => names.split(',').filter((name) => name !== '')),
    where: new Map([...query].filter(([name]) => !OWN.has(name))),
    periods: query.getAll('period').flatMap((periods) => periods.split(',')),
    kind: found,
    from: numberIn(query, 'from'),
    to: numberIn(query, 'to'),
    release: numberIn(query, 'release'),
    county: query.get('twin') ?? undefined,
  };
}

/** A county's twin is another operation than what everybody may have, with a rule of its own. */
export function operationAsked(request: Request): { operation: string; target?: { county: string } } {
  const county = queryOf(request).get('twin');
  return county === null ? { operation: 'data' } : { operation: 'countyTable', target: { county } };
}

function queryOf(request: Request): URLSearchParams {
  return new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw nothingHere();
  return Number(text);
}

/** The release that a request reads, for the record, which is written before the file is. */
export async function releaseAsked(api: DataSource, request: Request): Promise<number | null> {
  const text = queryOf(request).get('release') ?? releaseOfDatabase(request.originalUrl);
  if (text !== null) return /^\d{1,9}$/.test(text) ? Number(text) : null;
  return (await standing(api)).current?.number ?? null;
}

function tagOf(request: Request, { number, state }: ReleaseEntity, note: string | undefined): string {
  const hash = createHash('sha256')
    .update(`${version} ${state} ${note} ${request.originalUrl}`)
    .digest('base64url');
  return `"r${number}-${hash.slice(0, 22)}"`;
}
