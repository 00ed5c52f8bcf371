/** What entries said before, for several at once. */
import type { DataSource } from 'typeorm';

export interface CapacityThen {
  readonly programId: string;
  readonly month: string;
  readonly unit: string;
  readonly places: number;
  readonly occupied: number | null;
  readonly waiting: number | null;
  readonly waitingDays: number | null;
}

export async function capacitiesOf(source: DataSource, ids: readonly string[]): Promise<CapacityThen[]> {
  return source.query<CapacityThen[]>(
    `SELECT program_id AS "programId", to_char(month, 'YYYY-MM') AS month, unit, places, occupied, waiting,
       waiting_days AS "waitingDays"
     FROM directory.capacity WHERE program_id = ANY ($1) ORDER BY month DESC`,
    [ids],
  );
}

export interface Earlier {
  readonly programId: string;
  readonly version: number;
  readonly replacedAt: Date;
}

export async function earlierOf(source: DataSource, ids: readonly string[]): Promise<Earlier[]> {
  return source.query<Earlier[]>(
    `SELECT id AS "programId", (entry ->> 'version')::int AS version, replaced_at AS "replacedAt"
     FROM directory.history WHERE kind = 'program' AND id = ANY ($1) ORDER BY number DESC`,
    [ids],
  );
}
