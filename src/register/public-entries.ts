/** What of the register is meant for everybody: entries of the kinds that its contract calls public, as they stand today. */
import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import type { Claims } from '../db/transaction.ts';
import { type RegisterEntry, type RegisterQuestion, registerEntries } from './entries.ts';

interface PublicQuestion extends Pick<RegisterQuestion, 'county' | 'after' | 'most'> {
  readonly kind?: string | null | undefined;
}

export function publicEntries(
  api: DataSource,
  claims: Claims,
  { kind, ...question }: PublicQuestion,
): Promise<readonly RegisterEntry[]> {
  const open = [...loadContracts().register.values()].filter((one) => one.public).map(({ name }) => name);
  const kinds = typeof kind === 'string' ? open.filter((name) => name === kind) : open;
  return registerEntries(api, claims, { ...question, kinds, on: new Date().toISOString().slice(0, 10) });
}
