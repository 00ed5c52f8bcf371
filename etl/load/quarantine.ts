/**
 * Rows that wait for another: a young person or a referral that the hub does not know yet. They are tried again with
 * every delivery of their agency, and rejected when they have waited long enough.
 */
import type { ClientBase } from 'pg';
import type { Arrival } from './apply-record.ts';
import { type StagedRecord, stored } from './make-current.ts';

/**
 * Marks staged rows that came with an earlier delivery; the files of this one are numbered from 0. Their lines may be
 * the same, so each is staged under a number of its own instead.
 */
export const waitedBefore = -1;

/** Takes the agency's waiting rows out of quarantine, to be staged once more beside the new ones. */
export async function takeWaiting(client: ClientBase, agency: string, waiting: string): Promise<string[]> {
  await client.query(`DROP TABLE IF EXISTS ${waiting}`);
  await client.query(
    `CREATE UNLOGGED TABLE ${waiting} (LIKE events.quarantine, number integer GENERATED ALWAYS AS IDENTITY)`,
  );
  const { rows } = await client.query<{ record: string }>(
    `WITH taken AS (DELETE FROM events.quarantine WHERE source_agency = $1 RETURNING *),
          kept AS (INSERT INTO ${waiting} SELECT * FROM taken ORDER BY delivery, file, line)
     SELECT DISTINCT record FROM taken`,
    [agency],
  );
  return rows.map((row) => row.record);
}

export async function stageWaiting(
  client: ClientBase,
  { table, staged }: StagedRecord,
  waiting: string,
): Promise<void> {
  const columns = table.columns.map((column) => column.name);
  await client.query(
    `INSERT INTO ${staged} (file, line, ${columns.join(', ')})
     SELECT ${waitedBefore}, w.number, ${columns.map((name) => `r.${name}`).join(', ')}
     FROM ${waiting} w, jsonb_populate_record(NULL::${stored(table)}, w.row) r WHERE w.record = $1`,
    [table.record],
  );
}

/** Moves the staged rows that `breaking` names into quarantine. */
export async function quarantine(
  client: ClientBase,
  { table, staged }: StagedRecord,
  breaking: { readonly rule: string; readonly sql: string },
  arrival: Arrival,
  files: { readonly names: readonly string[]; readonly waiting: string },
): Promise<void> {
  await client.query(
    `WITH gone AS (
       DELETE FROM ${staged} s USING (${breaking.sql}) b
       WHERE s.source_agency = b.source_agency AND s.source_record_id = b.source_record_id AND s.op <> 'delete'
       RETURNING s.*),
     settled AS (DELETE FROM ${files.waiting} w USING gone g WHERE g.file = ${waitedBefore} AND w.number = g.line)
     INSERT INTO events.quarantine (source_agency, county_fips, record, rule, row, delivery, file, line, nights)
     SELECT g.source_agency, g.county_fips, $1, $2, to_jsonb(g) - 'file' - 'line',
       coalesce(w.delivery, $3), coalesce(w.file, ($4::text[])[g.file + 1]), coalesce(w.line, g.line), coalesce(w.nights + 1, 0)
     FROM gone g LEFT JOIN ${files.waiting} w ON g.file = ${waitedBefore} AND w.number = g.line`,
    [table.record, breaking.rule, arrival.delivery, files.names],
  );
}

/** What has waited for so many deliveries is rejected, under the delivery it came with. */
export async function rejectWaiting(
  client: ClientBase,
  agency: string,
  rule: string,
  nights: number,
): Promise<void> {
  await client.query(
    rejecting(
      'DELETE FROM events.quarantine WHERE source_agency = $1 AND rule = $2 AND nights >= $3 RETURNING *',
      'rule',
    ),
    [agency, rule, nights],
  );
}

/** A full delivery repeats whatever still holds; what waited from before has nothing to add to it. */
export async function rejectForgotten(client: ClientBase, waiting: string, record: string): Promise<void> {
  await client.query(rejecting(`DELETE FROM ${waiting} WHERE record = $1 RETURNING *`, 'rule'), [record]);
}

/** What waited, was tried again, and neither became current nor waits on: the delivery that it came with hears why. */
export async function rejectReplaced(client: ClientBase, waiting: string, rejects: string): Promise<void> {
  const why = `coalesce(
    (SELECT r.rule FROM ${rejects} r WHERE r.file = ${waitedBefore} AND r.line = gone.number LIMIT 1), rule)`;
  await client.query(rejecting(`DELETE FROM ${waiting} RETURNING *`, why));
}

/** Counts the rows that a deletion returns as rejected where they were counted as waiting, and keeps file, line and rule. */
function rejecting(deletion: string, rule: string): string {
  return `
    WITH gone AS (${deletion}),
     counted AS (
       UPDATE ops.delivery_file f SET rejected = f.rejected + g.n, quarantined = f.quarantined - g.n
       FROM (SELECT delivery, file, count(*) AS n FROM gone GROUP BY delivery, file) g
       WHERE f.delivery = g.delivery AND f.file = g.file)
     INSERT INTO ops.reject (delivery, file, line, record_id, rule)
     SELECT delivery, file, line, row ->> 'source_record_id', ${rule} FROM gone`;
}

/** What no longer waits came with the delivery it was sent in, and counts there. */
export async function giveBack(
  client: ClientBase,
  { table }: StagedRecord,
  arrival: Arrival,
  waiting: string,
): Promise<void> {
  await client.query(
    `WITH back AS (
       UPDATE ${stored(table)} t SET delivery = w.delivery, line = w.line FROM ${waiting} w
       WHERE w.record = $1 AND t.delivery = $2 AND t.source_agency = w.source_agency AND t.line = w.number
         AND t.source_record_id = w.row ->> 'source_record_id' AND t.record_version = (w.row ->> 'record_version')::int
       RETURNING w.delivery, w.file, w.number),
     settled AS (DELETE FROM ${waiting} w USING back b WHERE w.number = b.number)
     UPDATE ops.delivery_file f SET accepted = f.accepted + b.n, quarantined = f.quarantined - b.n
     FROM (SELECT delivery, file, count(*) AS n FROM back GROUP BY delivery, file) b
     WHERE f.delivery = b.delivery AND f.file = b.file`,
    [table.record, arrival.delivery],
  );
}
