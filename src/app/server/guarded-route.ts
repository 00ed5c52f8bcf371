/** A route that answers without GraphQL: known reader, permitted, and on record before the answer leaves. */
import type { Request, RequestHandler } from 'express';
import type { Allowance } from '../../access/allowance.ts';
import { judge, nothingHere, type Permission, type Target } from '../../access/permit.ts';
import type { Reader } from '../../access/reader.ts';
import { type AuditEntry, auditEntry } from '../../audit/entry.ts';
import type { Recorder } from '../../audit/recorder.ts';
import { loadContracts } from '../../contracts/contracts.ts';

export interface Permitted {
  readonly reader: Reader;
  readonly permission: Permission;
}

/** As much as a table of all counties. */
const FILE_COST = 3000;

/** Leaves who asks and what they may in `response.locals.permitted`; a refused request goes no further. */
export function guardedRoute(
  parts: {
    readonly recorder: Recorder;
    readonly allowance: Allowance;
    readerOf(request: Request): Promise<Reader>;
  },
  askedBy: (request: Request) => { readonly operation: string; readonly target?: Target },
  releaseOf: (request: Request) => Promise<number | null> = async () => null,
): RequestHandler {
  return async (request, response, next) => {
    const reader = await parts.readerOf(request);
    const { operation, target } = askedBy(request);
    const purpose = request.get('x-tessera-purpose');
    const verdict = judge(loadContracts().accessPolicy, reader, operation, target, purpose);
    const permission = 'permission' in verdict ? verdict.permission : undefined;
    const refusal = 'refusal' in verdict ? verdict.refusal : undefined;
    const release = permission === undefined ? null : await releaseOf(request);
    await parts.recorder.record({ ...entryOf(request.id, operation, reader, permission, refusal), release });
    if (permission === undefined) throw nothingHere();
    parts.allowance.spend(reader, request.ip ?? '', FILE_COST);
    parts.allowance.readTable(reader, request.ip ?? '', request.originalUrl);
    response.locals['permitted'] = { reader, permission } satisfies Permitted;
    next();
  };
}

export function entryOf(
  request: string,
  operation: string,
  reader: Reader,
  permission: Permission | undefined,
  refusal: string | undefined,
): AuditEntry {
  return auditEntry(request, reader, {
    purpose: permission?.purpose ?? null,
    operations: [operation],
    tables: permission?.operation.tables ?? [],
    outcome: refusal === undefined ? 'permitted' : `refused: ${refusal}`,
  });
}
