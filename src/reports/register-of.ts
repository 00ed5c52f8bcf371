import type { DataSource } from 'typeorm';
import type { Claims } from '../db/transaction.ts';
import { type RegisterEntry, registerEntries } from '../register/entries.ts';

/** As many entries as the registers of all counties hold in practice, many times over. */
const MOST_ENTRIES = 100_000;

/** What the register of a report's place holds: a county's own, or all of them for the state. */
export async function registerOf(
  api: DataSource,
  claims: Claims,
  county: string,
): Promise<readonly RegisterEntry[]> {
  return registerEntries(api, claims, {
    county: county === 'state' ? undefined : county,
    most: MOST_ENTRIES,
  });
}
