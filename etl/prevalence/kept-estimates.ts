/** Estimates as the hub keeps them: what each was made of, so that it can be made again, and its answer or refusal. */
import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import type { Annex, HubAnswer } from './hub-answer.ts';

export interface MadeOf {
  readonly id: string;
  readonly period: string;
  readonly county: string;
  readonly region: string;
  /** `all`, or a characteristic and its value. */
  readonly stratum: string;
  readonly known_on: string;
  readonly term: string;
  readonly term_version: number;
  readonly definitions: Readonly<Record<string, number>>;
  readonly linkage: number;
  readonly table_hash: string;
  readonly code_version: string;
  readonly seed: number;
  readonly draws: number;
  readonly lists: readonly string[];
}

export interface StoredEstimate extends MadeOf, Omit<HubAnswer, 'annex'> {}

export async function keepEstimate(
  client: ClientBase,
  run: string,
  made: MadeOf,
  answer: HubAnswer,
  workHash: string,
): Promise<void> {
  const row = { run_id: run, ...made, ...answer, work_hash: workHash };
  const values = Object.entries({
    ...row,
    definitions: JSON.stringify(made.definitions),
    annex: JSON.stringify(answer.annex),
  });
  await client.query(
    `INSERT INTO measures.estimate (${values.map(([column]) => column).join(', ')})
     VALUES (${values.map((_, i) => `$${i + 1}`).join(', ')}) ON CONFLICT (id) DO NOTHING`,
    values.map(([, value]) => value),
  );
}

/** What was worked out before from exactly the same, by stratum. */
export async function earlierAnswers(
  measurer: DataSource,
  workHash: string,
): Promise<ReadonlyMap<string, HubAnswer>> {
  const rows = await measurer.query<(HubAnswer & { stratum: string })[]>(
    `SELECT DISTINCT ON (stratum) stratum, refused, reasons, value, lower, upper, annex
     FROM measures.estimate WHERE work_hash = $1 ORDER BY stratum, made_at`,
    [workHash],
  );
  return new Map(rows.map(({ stratum, ...answer }) => [stratum, answer]));
}

export async function storedEstimates(
  measurer: DataSource,
  ids: readonly string[],
): Promise<readonly StoredEstimate[]> {
  return measurer.query<StoredEstimate[]>(
    `SELECT id, period, county, region, stratum, known_on::text AS known_on, term, term_version, definitions, linkage, table_hash,
            code_version, seed::float8 AS seed, draws, lists, refused, reasons, value, lower, upper
     FROM measures.estimate WHERE id = ANY ($1) ORDER BY stratum`,
    [ids],
  );
}

export async function storedAnnex(measurer: DataSource, id: string): Promise<Annex> {
  const [row] = await measurer.query<{ annex: Annex }[]>(
    'SELECT annex FROM measures.estimate WHERE id = $1',
    [id],
  );
  if (row === undefined) throw new Error('an estimate that was made is not there');
  return row.annex;
}
