/**
 * Who may send a delivery over the network: whoever has a token for the agency (src/access), and whoever can read the
 * hub's own secret of this start, from the hub's own machine.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from 'express';
import type { DataSource } from 'typeorm';
import { mayDeliver } from '../../access/may-deliver.ts';
import { NotFound, Refused } from '../../errors.ts';

/** Answers who it is that may deliver for the agency, as the ledger will keep it; nothing if the request may not. */
export type MayDeliver = (request: Request, agency: string) => Promise<string | undefined>;

export interface StartSecret {
  readonly path: string;
  readonly mayDeliver: MayDeliver;
}

/** A secret that is new with every start, in a file that only the hub's account can read. */
export function startSecret(dataDir: string): StartSecret {
  const secret = randomBytes(32).toString('base64url');
  const path = join(dataDir, 'upload-token');
  rmSync(path, { force: true });
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  const expected = Buffer.from(`Bearer ${secret}`);
  const mayDeliver: MayDeliver = (request) => {
    const given = Buffer.from(request.get('authorization') ?? '');
    const knows = given.length === expected.length && timingSafeEqual(given, expected);
    return Promise.resolve(
      knows && isLoopback(request.socket.remoteAddress) ? 'upload from the hub' : undefined,
    );
  };
  return { path, mayDeliver };
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address ?? '');
}

/** An API token of the agency's submitter, or of the steward; a session at a browser sends no deliveries. */
export function byAccess(gate: DataSource): MayDeliver {
  return async (request, agency) => {
    const credentials = { authorization: request.get('authorization'), session: undefined, role: undefined };
    try {
      const { reader } = await mayDeliver(gate, undefined, credentials, agency);
      return reader.name ?? reader.role;
    } catch (error) {
      if (error instanceof NotFound || error instanceof Refused) return undefined;
      throw error;
    }
  };
}
