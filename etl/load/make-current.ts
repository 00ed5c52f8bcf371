/**
 * What a delivery's staged rows do to the stored ones, for one record type, as SQL. Pure: every function answers a
 * statement, and the statements run in the order of this page inside one transaction.
 *
 * A row is known by its key; the highest version counts. A row is never overwritten: what it replaces is closed at
 * the moment of the load, so that every past state can be read as the hub knew it.
 */
import type { RecordTable } from './record-table.ts';

export interface StagedRecord {
  readonly table: RecordTable;
  /** The table in `staging` that holds the delivery's rows of this record type. */
  readonly staged: string;
}

/** Whether any key came more than once: only then is there something to sort out among the staged rows. */
export function repeatsKeys({ table, staged }: StagedRecord): string {
  return `SELECT EXISTS (SELECT FROM ${staged} GROUP BY ${list(table.key)} HAVING count(*) > 1) AS yes`;
}

export function hasStoredRows({ table }: StagedRecord): string {
  return `SELECT EXISTS (SELECT FROM ${stored(table)} WHERE source_agency = $1) AS yes`;
}

/** The same key and version a second time: the first stays. */
export function removeRepeated({ table, staged }: StagedRecord): string {
  return `
    DELETE FROM ${staged} s USING (
      SELECT file, line, row_number() OVER (PARTITION BY ${list(table.key)}, record_version ORDER BY file, line) AS nth
      FROM ${staged}) r
    WHERE r.nth > 1 AND s.file = r.file AND s.line = r.line
    RETURNING s.file, s.line, s.source_record_id AS record`;
}

/** A version below the stored one, or the stored version with other content. */
export function removeOutdated({ table, staged }: StagedRecord): string {
  const content = table.columns
    .map((column) => column.name)
    .filter((name) => !table.key.includes(name) && name !== 'op' && name !== 'record_version');
  return `
    DELETE FROM ${staged} s USING ${stored(table)} n
    WHERE n.known_to = 'infinity' AND ${sameKey(table, 's', 'n')}
      AND (s.record_version < n.record_version
        OR s.record_version = n.record_version AND n.op <> 'absent'
          AND (s.op = 'delete', ${list(content, 's')}) IS DISTINCT FROM (n.op = 'delete', ${list(content, 'n')}))
    RETURNING s.file, s.line, s.source_record_id AS record`;
}

/**
 * In a full delivery, what is stored and did not come is gone. A row that came and was rejected did come: its
 * record ids are given, and what they name stays as it is.
 */
export function markAbsent({ table, staged }: StagedRecord): string {
  const kept = table.columns.map((column) => column.name).filter((name) => name !== 'op');
  return `
    WITH gone AS (
      UPDATE ${stored(table)} n SET known_to = $3::timestamptz
      WHERE n.known_to = 'infinity' AND n.source_agency = $1 AND n.op NOT IN ('delete', 'absent')
        AND n.source_record_id <> ALL($4::text[])
        AND NOT EXISTS (SELECT FROM ${staged} s WHERE ${sameKey(table, 's', 'n')})
      RETURNING n.*)
    INSERT INTO ${stored(table)} (${list(kept)}, op, delivery, line, known_from)
    SELECT ${list(kept)}, 'absent', $2::bigint, 0, $3::timestamptz FROM gone`;
}

/** What came again as it was. */
export function removeUnchanged({ table, staged }: StagedRecord): string {
  return `
    DELETE FROM ${staged} s USING ${stored(table)} n
    WHERE n.known_to = 'infinity' AND ${sameKey(table, 's', 'n')}
      AND s.record_version = n.record_version AND n.op <> 'absent'`;
}

export function closeReplaced({ table, staged }: StagedRecord): string {
  return `
    UPDATE ${stored(table)} n SET known_to = $1::timestamptz
    FROM (SELECT DISTINCT ${list(table.key)} FROM ${staged}) s
    WHERE n.known_to = 'infinity' AND ${sameKey(table, 's', 'n')}`;
}

/** Of several versions that came together the highest holds; the lower ones are kept, closed as they are opened. */
export function addStaged({ table, staged }: StagedRecord, repeated: boolean): string {
  const columns = list(table.columns.map((column) => column.name));
  const until = repeated
    ? `CASE row_number() OVER (PARTITION BY ${list(table.key)} ORDER BY record_version DESC) WHEN 1 THEN 'infinity'::timestamptz ELSE $2::timestamptz END`
    : `'infinity'::timestamptz`;
  return `
    INSERT INTO ${stored(table)} (${columns}, delivery, line, known_from, known_to)
    SELECT ${columns}, $1::bigint, line, $2::timestamptz, ${until} FROM ${staged}`;
}

/** The rows that will hold once the staged ones are current, for rules that look across rows. */
export function rowsAfter(table: RecordTable, staged: string | undefined): string {
  const columns = list(table.columns.map((column) => column.name));
  const now = `SELECT ${columns} FROM ${stored(table)} n WHERE known_to = 'infinity' AND op NOT IN ('delete', 'absent')`;
  if (staged === undefined) return `(${now})`;
  const untouched = `${now} AND NOT EXISTS (SELECT FROM ${staged} s WHERE ${sameKey(table, 's', 'n')})`;
  return `(SELECT ${columns} FROM ${staged} WHERE op <> 'delete' UNION ALL ${untouched})`;
}

export function stored(table: RecordTable): string {
  return `${table.schema}.${table.record}`;
}

function sameKey(table: RecordTable, left: string, right: string): string {
  return table.key.map((name) => `${left}.${name} = ${right}.${name}`).join(' AND ');
}

function list(names: readonly string[], of?: string): string {
  return names.map((name) => (of === undefined ? name : `${of}.${name}`)).join(', ');
}
