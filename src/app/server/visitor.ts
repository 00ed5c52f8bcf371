/** Who looks at the console's pages, by the session of their browser. */
import type { Request, RequestHandler } from 'express';
import type { Role, Viewer } from '../../../web/viewer.ts';
import { anybody, type Reader } from '../../access/reader.ts';
import { loadContracts } from '../../contracts/contracts.ts';

/** As the console's pages know the hub's roles; a role that no page is made for sees what everybody sees. */
const pagesFor: ReadonlyMap<string, Role> = new Map([
  ['steward', 'steward'],
  ['operator', 'operator'],
  ['county-analyst', 'analyst'],
  ['state-analyst', 'analyst'],
  ['researcher', 'researcher'],
  ['committee-member', 'committee'],
  ['party-author', 'committee'],
]);

export function knowVisitor(readerOf: (request: Request) => Promise<Reader>): RequestHandler {
  return async (request, response, next) => {
    response.locals['visitor'] = await readerOf(request);
    next();
  };
}

export function viewerOf(request: Request): Omit<Viewer, 'language'> {
  const reader = (request.res?.locals['visitor'] as Reader | undefined) ?? anybody;
  const role = loadContracts().accessPolicy.roles.get(reader.role);
  const shown = role?.secondFactor !== true || reader.factors === 2;
  return {
    role: (shown ? pagesFor.get(reader.role) : undefined) ?? 'public',
    county: reader.county ?? undefined,
    name: reader.name ?? undefined,
  };
}
