import type { ClientBase } from 'pg';
import {
  addStaged,
  closeReplaced,
  hasStoredRows,
  markAbsent,
  removeOutdated,
  removeRepeated,
  removeUnchanged,
  repeatsKeys,
  type StagedRecord,
} from './make-current.ts';

/** Where a staged row came from: the number of its file in the delivery, and its line there. */
export interface StagedRow {
  readonly file: number;
  readonly line: number;
  readonly record: string | null;
}

/** A row that was accepted when it was read and rejected when it met the others. */
export interface TurnedAway extends StagedRow {
  readonly rule: string;
  readonly field: string | null;
}

export interface Arrival {
  readonly agency: string;
  /** The delivery's number in the hub. */
  readonly delivery: number;
  readonly full: boolean;
  /** The moment of the load: what was, ends here, and what is, begins. */
  readonly now: string;
}

/**
 * Makes the staged rows of one record type current, inside the caller's transaction; answers the rows that were
 * rejected for their version (rule Q006). `rejectedBefore` names records whose rows came and were rejected already.
 */
export async function applyRecord(
  client: ClientBase,
  staged: StagedRecord,
  arrival: Arrival,
  rejectedBefore: readonly string[],
): Promise<readonly TurnedAway[]> {
  const rejects: StagedRow[] = [];
  const repeated = await yes(client, repeatsKeys(staged));
  if (repeated) rejects.push(...(await client.query<StagedRow>(removeRepeated(staged))).rows);
  if (await yes(client, hasStoredRows(staged), [arrival.agency])) {
    const outdated = (await client.query<StagedRow>(removeOutdated(staged))).rows;
    rejects.push(...outdated);
    if (arrival.full) {
      const came = [...rejectedBefore, ...outdated.map((row) => row.record ?? '')];
      await client.query(markAbsent(staged), [arrival.agency, arrival.delivery, arrival.now, came]);
    }
    await client.query(removeUnchanged(staged));
    await client.query(closeReplaced(staged), [arrival.now]);
  }
  await client.query(addStaged(staged, repeated), [arrival.delivery, arrival.now]);
  return rejects.map((row) => ({ ...row, rule: 'Q006', field: 'record_version' }));
}

async function yes(client: ClientBase, query: string, values: readonly unknown[] = []): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(query, [...values]);
  return rows[0]?.yes === true;
}
