import type { DataSource } from 'typeorm';

export interface MeasuredShare {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of records that were linked, and of those that ought to be: shares with their intervals, and no count. */
export interface LinkageShares {
  readonly precision: MeasuredShare;
  readonly recall: MeasuredShare;
  /** Of pairs that people looked at; null where too few were. */
  readonly reviewed: MeasuredShare | null;
}

/** How good the linkage was that a release rests on. */
export async function linkageShares(api: DataSource, release: number): Promise<LinkageShares | undefined> {
  const [row] = await api.query<{ shares: LinkageShares | null }[]>(
    'SELECT report.linkage_of($1) AS shares',
    [release],
  );
  return row?.shares ?? undefined;
}
