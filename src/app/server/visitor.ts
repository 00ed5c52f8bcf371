/** Who looks at the console's pages, by the session of their browser, and what the policy lets them ask. */
import type { Request, RequestHandler } from 'express';
import { ROLES, type Viewer } from '../../../web/viewer.ts';
import type { Visit } from '../../../web/visit.ts';
import { judge } from '../../access/permit.ts';
import { anybody, type Reader } from '../../access/reader.ts';
import type { AuditEntry } from '../../audit/entry.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { entryOf } from './guarded-route.ts';

export function knowVisitor(readerOf: (request: Request) => Promise<Reader>): RequestHandler {
  return async (request, response, next) => {
    response.locals['visitor'] = await readerOf(request);
    next();
  };
}

export function visitorOf(request: Request): Reader {
  return (request.res?.locals['visitor'] as Reader | undefined) ?? anybody;
}

/** Whoever has yet to show a second factor that their role calls for sees what everybody sees. */
export function asViewer(reader: Reader): Omit<Viewer, 'language'> {
  const role = loadContracts().accessPolicy.roles.get(reader.role);
  const shown = role?.secondFactor !== true || reader.factors === 2;
  return {
    role: (shown ? ROLES.find((one) => one === reader.role) : undefined) ?? 'public',
    county: reader.county ?? undefined,
    agency: reader.agency ?? undefined,
    person: reader.person ?? undefined,
    name: reader.name ?? undefined,
    held:
      reader.held === null || reader.factors === 0 ? undefined : { id: reader.held, factors: reader.factors },
  };
}

export function mayAsk(reader: Reader, operation: string): boolean {
  return 'permission' in judge(loadContracts().accessPolicy, reader, operation);
}

/** What a page asks of the policy, and what is to be on record of it before the page leaves. */
export function asksOf(
  reader: Reader,
  request: string,
): Pick<Visit, 'may' | 'permit' | 'refused'> & { readonly asked: readonly AuditEntry[] } {
  const asked: AuditEntry[] = [];
  return {
    asked,
    may: (operation) => mayAsk(reader, operation),
    permit: (operation, target) => {
      const verdict = judge(loadContracts().accessPolicy, reader, operation, target);
      const permission = 'permission' in verdict ? verdict.permission : undefined;
      const refusal = 'refusal' in verdict ? verdict.refusal : undefined;
      asked.push(entryOf(request, operation, reader, permission, refusal));
      return permission;
    },
    refused: (code) => {
      const last = asked.at(-1);
      if (last !== undefined) asked[asked.length - 1] = { ...last, outcome: code };
    },
  };
}
