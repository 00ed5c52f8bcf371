/** GET /reports/<edition>/<file>: a file of an edition, byte for byte as it was made. */
import type { Request, RequestHandler } from 'express';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../../access/permit.ts';
import { fileNamed } from '../../reports/editions-seen.ts';
import type { Permitted } from './guarded-route.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'application/zip',
};

export const REPORT_FILES = '/reports/:edition/:file';

/** Stands behind the guard that permits and records. Always saved and never opened here: its styles are its own. */
export function reportFile(api: DataSource): RequestHandler {
  return async (request, response) => {
    const { permission } = response.locals['permitted'] as Permitted;
    const found = await fileNamed(api, permission.claims, editionIn(request), String(request.params['file']));
    response.attachment(found.name);
    response.setHeader('content-type', TYPES[found.format] ?? 'application/octet-stream');
    response.setHeader('cache-control', 'private, no-cache');
    response.send(found.content);
  };
}

function editionIn(request: Request): string {
  const id = String(request.params['edition']);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw nothingHere();
  return id;
}
