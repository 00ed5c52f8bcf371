import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import type { Bearer } from './bearer.ts';
import { type Credentials, readerOf } from './door.ts';
import { judge, nothingHere, type Permission } from './permit.ts';
import type { Reader } from './reader.ts';

/**
 * Whether whoever brings these credentials may send deliveries for an agency. Throws the same for an agency that is
 * another's as for one that is not there. Whether the agreement covers what is sent is asked at intake (src/sources).
 */
export async function mayDeliver(
  gate: DataSource,
  bearer: Bearer | undefined,
  credentials: Credentials,
  agency: string,
): Promise<{ readonly reader: Reader; readonly permission: Permission }> {
  const reader = await readerOf(gate, bearer, credentials);
  const verdict = judge(loadContracts().accessPolicy, reader, 'deliver', { agency });
  if (!('permission' in verdict)) throw nothingHere();
  return { reader, permission: verdict.permission };
}
