/** Rejects while a delivery is staged: file, line, rule and field, kept apart until the delivery is loaded. */
import type { ClientBase } from 'pg';
import type { TurnedAway as StagedReject } from './apply-record.ts';

export const rejectColumns = [
  { name: 'line', type: 'integer' },
  { name: 'record_id', type: 'text' },
  { name: 'rule', type: 'text' },
  { name: 'field', type: 'text' },
] as const;

export async function stageRejects(
  client: ClientBase,
  staged: string,
  rejects: readonly StagedReject[],
): Promise<void> {
  await client.query(
    `INSERT INTO ${staged} (file, line, record_id, rule, field)
     SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[])`,
    [
      rejects.map((reject) => reject.file),
      rejects.map((reject) => reject.line),
      rejects.map((reject) => reject.record),
      rejects.map((reject) => reject.rule),
      rejects.map((reject) => reject.field),
    ],
  );
}

/** The records of a file whose rows came and were rejected: they came, so a full delivery does not miss them. */
export async function rejectedRecords(
  client: ClientBase,
  staged: string,
  files: readonly number[],
): Promise<string[]> {
  const { rows } = await client.query<{ record: string }>(
    `SELECT DISTINCT record_id AS record FROM ${staged} WHERE file = ANY($1) AND record_id IS NOT NULL`,
    [files],
  );
  return rows.map((row) => row.record);
}

/** Whether a rejected row does not even say which record it is: then nobody can tell what a full delivery left out. */
export async function hasUnnamedRejects(
  client: ClientBase,
  staged: string,
  files: readonly number[],
): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(
    `SELECT EXISTS (SELECT FROM ${staged} WHERE file = ANY($1) AND record_id IS NULL) AS yes`,
    [files],
  );
  return rows[0]?.yes === true;
}
