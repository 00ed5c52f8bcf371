/** A release as its readers get it: payload only. */
import { namedPolicy, type Policy } from '../../../src/disclosure/policy.ts';
import { protect } from '../../../src/disclosure/protect/protect.ts';
import { type ReleasePayload, releasePayload } from '../../../src/disclosure/release/payload.ts';
import type { Table } from '../../../src/disclosure/table.ts';

export const policy = namedPolicy('calhhs-ddg-2');

export async function publish(table: Table, by: Policy = policy): Promise<ReleasePayload> {
  const result = await protect(table, { policy: by, cost: 'values' });
  if (result.refused) throw new Error(result.reason);
  const heading = { number: 1, status: 'final', period: '2025', versions: {} } as const;
  return releasePayload(table, result.certificate, by, heading, Buffer.alloc(32, 1));
}

/** The counts that a policy with the threshold 11 protects. */
export function small(table: Table): string[] {
  return table.cells.filter(({ v }) => v >= 1 && v <= 10).map(({ id }) => id);
}

/** 1 where every zero of the table can be seen in the release. */
export function floorOf(payload: ReleasePayload, table: Table): 0 | 1 {
  const cells = new Map(payload.cells);
  return table.cells.every(({ id, v }) => v !== 0 || cells.get(id) === 0) ? 1 : 0;
}
