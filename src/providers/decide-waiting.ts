import type { DataSource } from 'typeorm';
import { nothingHere } from '../access/permit.ts';
import { loadContracts } from '../contracts/contracts.ts';
import type { Claims } from '../db/transaction.ts';
import { fieldTexts } from './as-texts.ts';
import { severalOf } from './directory.ts';
import { recordProgram } from './record-program.ts';
import { decideWaiting, waitingEntries } from './waiting.ts';

export const DECISIONS = ['same', 'another', 'dropped'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What is said to be another program is added first: if it cannot be, it goes on waiting. */
export async function settleWaiting(
  api: DataSource,
  claims: Claims,
  { id, decision, by }: { readonly id: string; readonly decision: Decision; readonly by: string },
): Promise<void> {
  if (decision === 'another') {
    const found = (await waitingEntries(api, claims, 1, id))[0];
    if (found === undefined) throw nothingHere();
    const fields = fieldTexts(found.texts, severalOf(loadContracts()));
    await recordProgram(api, claims, { fields, another: true }, by);
  }
  const decided = await decideWaiting(api, claims, { id, decision, by });
  if (decided === undefined) throw nothingHere();
}
