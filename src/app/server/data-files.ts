/** GET /data/<metric>.<format>: a released table as a file, at a link that stays. */
import { createHash } from 'node:crypto';
import compression from 'compression';
import { type Request, Router } from 'express';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../../access/permit.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { PERIOD_KINDS } from '../../contracts/metric.ts';
import { type AskedTable, answerTable } from '../../disclosure/asked-table.ts';
import { currentRelease } from '../../disclosure/current-release.ts';
import { FILE_FORMATS, tableFile, tableMetadata } from '../../disclosure/table-file.ts';
import { version } from '../../package-root.ts';
import { MADE_UP_NOTE } from './made-up-note.ts';

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.stream',
};
const OWN = new Set(['by', 'period', 'kind', 'from', 'to', 'release']);

/** Stands behind the guard that permits and records. */
export function dataFiles(api: DataSource, madeUp: boolean): Router {
  const note = madeUp ? MADE_UP_NOTE : undefined;
  return Router()
    .use(compression())
    .get('/:file', async (request, response) => {
      const { metric, format, metadata } = fileOf(request);
      const answer = await answerTable(api, loadContracts(), askedIn(request, metric));
      response.setHeader('etag', tagOf(request, answer.release.number, answer.release.state));
      response.setHeader('cache-control', 'no-cache');
      response.setHeader('vary', 'accept-encoding');
      if (request.fresh) return void response.status(304).end();
      if (metadata) return void response.json(tableMetadata(answer, note));
      response.setHeader('content-type', types[format] ?? 'application/octet-stream');
      response.end(tableFile(answer, format, note));
    });
}

function fileOf(request: Request): {
  metric: string;
  format: (typeof FILE_FORMATS)[number];
  metadata: boolean;
} {
  const found = /^([a-z][a-z0-9_]{0,80})\.(csv|json|parquet|arrow)(\.metadata\.json)?$/.exec(
    String(request.params['file']),
  );
  const format = FILE_FORMATS.find((name) => name === found?.[2]);
  if (found?.[1] === undefined || format === undefined) throw nothingHere();
  return { metric: found[1], format, metadata: found[3] !== undefined };
}

/** Whatever is not one of the file's own words names a dimension; one that no table has finds nothing. */
function askedIn(request: Request, metric: string): AskedTable {
  const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
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
  };
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw nothingHere();
  return Number(text);
}

/** The release that a request reads, for the record, which is written before the file is. */
export async function releaseAsked(api: DataSource, request: Request): Promise<number | null> {
  const text = new URLSearchParams(request.originalUrl.split('?')[1] ?? '').get('release');
  if (text !== null) return /^\d{1,9}$/.test(text) ? Number(text) : null;
  return (await currentRelease(api))?.number ?? null;
}

function tagOf(request: Request, release: number, state: string): string {
  const hash = createHash('sha256').update(`${version} ${state} ${request.originalUrl}`).digest('base64url');
  return `"r${release}-${hash.slice(0, 22)}"`;
}
