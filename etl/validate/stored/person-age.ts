import { type AskedRow, askedRow, type StoredRows } from './asked-row.ts';
import { day } from './sql.ts';

interface Ages {
  readonly oldest: string;
  readonly youngest: string;
}

/** Ages in whole years on a day: the month of birth is known at best, so there is an oldest and a youngest. */
function agesOn(on: string): Ages {
  const passed = `(extract(year FROM ${on})::integer - p.birth_year)`;
  const month = `extract(month FROM ${on})`;
  return {
    oldest: `${passed} - CASE WHEN ${month} < p.birth_month THEN 1 ELSE 0 END`,
    youngest: `${passed} - CASE WHEN ${month} > p.birth_month THEN 0 ELSE 1 END`,
  };
}

/** Whether the young person of a row was surely younger or older than that; the agency's own person row tells. */
export function ageBreaks(
  rows: StoredRows,
  row: AskedRow,
  on: string,
  outside: (ages: Ages) => readonly string[],
): string {
  const person = askedRow(rows, 'person', 'p');
  return `EXISTS (SELECT FROM ${person.from()}
    WHERE p.source_agency = ${row.alias}.source_agency AND p.surrogate = ${row.alias}.surrogate
      AND (${outside(agesOn(on)).join(' OR ')}))`;
}

export function outsideBounds(
  min: number | undefined,
  max: number | undefined,
): (ages: Ages) => readonly string[] {
  return ({ oldest, youngest }) => [
    ...(min === undefined ? [] : [`${oldest} < ${min}`]),
    ...(max === undefined ? [] : [`${youngest} > ${max}`]),
  ];
}

/**
 * The first day on which anything happened to the young person of a person row, at its agency. It is worked out for
 * everybody at once and joined; ask for the row's relation afterwards.
 */
export function firstEvent(rows: StoredRows, person: AskedRow): string {
  const events = [...rows.contracts.records.values()]
    .filter((record) => record.subject === 'person' && record.name !== 'person')
    .flatMap((record) => {
      const happened = record.fields.find((field) => field.moment === 'start' || field.moment === 'at');
      if (happened === undefined) return [];
      const event = askedRow(rows, record.name, 'e');
      const on = day(event.time(happened.name));
      return `SELECT e.source_agency, e.surrogate, min(${on}) AS happened FROM ${event.from()} GROUP BY 1, 2`;
    });
  const first = `${person.alias}_first`;
  person.join(
    first,
    `JOIN (SELECT source_agency, surrogate, min(happened) AS happened
        FROM (${events.join(' UNION ALL ')}) events GROUP BY 1, 2) ${first}
      ON ${first}.source_agency = ${person.alias}.source_agency AND ${first}.surrogate = ${person.alias}.surrogate`,
  );
  return `${first}.happened`;
}
