/**
 * Some metrics counted a second time, in plain TypeScript and in the slowest way that is plain to read, from the rows as
 * they were taken in. Of the facts only who is in scope is taken over.
 */
import type { DataSource } from 'typeorm';
import { transaction } from '../../../src/db/transaction.ts';

interface Need {
  readonly person: string;
  readonly county: string;
  readonly code: string;
  readonly found: string;
  readonly offered: string | null;
  readonly answer: string;
  readonly began: string | null;
}

interface Trained {
  readonly agency: string;
  readonly county: string;
  readonly party: string;
  readonly role: string;
  readonly ends: string;
  readonly id: string;
  readonly inRole: number;
  readonly trained: number;
}

/** Numerator and denominator, or for a median its value with both. */
export type Counted = readonly [numerator: number, denominator: number | null, value?: number];

export interface Span {
  readonly period: string;
  readonly starts: string;
  readonly ends: string;
}

const NOW = `known_to = 'infinity' AND op NOT IN ('delete', 'absent')`;

/** Rows of every county. */
async function rowsOf<Row>(measurer: DataSource, sql: string): Promise<readonly Row[]> {
  return transaction(measurer, async ({ client }) => (await client.query(sql)).rows as Row[], {
    county: '*',
  });
}

export async function needRows(measurer: DataSource): Promise<readonly Need[]> {
  return rowsOf(
    measurer,
    `SELECT m.person_id::text AS person, s.county_fips AS county, s.need_code AS code, s.need_identified_at::text AS found,
       s.offered_at::text AS offered, s.accepted AS answer, s.start_date::text AS began
     FROM events.service_event s JOIN persons.membership m USING (surrogate)
     WHERE ${NOW} AND s.need_identified_at IS NOT NULL AND m.person_id IN (SELECT person_id FROM measures.young_person)`,
  );
}

export async function trainedRows(measurer: DataSource): Promise<readonly Trained[]> {
  return rowsOf(
    measurer,
    `SELECT source_agency AS agency, county_fips AS county, party, role, period_end::text AS ends, source_record_id AS id,
       n_in_role AS "inRole", n_trained AS trained FROM events.training_coverage_count WHERE ${NOW}`,
  );
}

function within(rows: readonly Need[], { starts, ends }: Span): Need[] {
  return rows.filter(({ found }) => found >= starts && found <= ends);
}

function groups<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return found;
}

/** Young people at every node of the tree above what was recorded. */
export function needsFound(rows: readonly Need[], span: Span): Map<string, Counted> {
  const at = new Map<string, Set<string>>([['all', new Set()]]);
  for (const { person, code } of within(rows, span)) {
    at.get('all')?.add(person);
    const parts = code.split('.');
    for (let level = 2; level <= parts.length; level++) {
      const node = parts.slice(0, level).join('.');
      at.set(node, (at.get(node) ?? new Set()).add(person));
    }
  }
  return new Map([...at].map(([node, people]) => [node, [people.size, null]]));
}

/** Needs, one for each young person and node recorded, that were answered by the end of the period. */
export function needsReceived(rows: readonly Need[], span: Span): Map<string, Counted> {
  const needs = [...groups(within(rows, span), ({ person, code }) => `${person} ${code}`).values()];
  const answered = (need: readonly Need[]): boolean =>
    need.some(({ answer, began }) => answer === 'accepted' && began !== null && began <= span.ends);
  const counted = (some: readonly Need[][]): Counted => [some.filter(answered).length, some.length];
  const byArea = groups(needs, ([first]) => first?.code.split('.').slice(0, 2).join('.') ?? '');
  return new Map([
    ['all', counted(needs)],
    ...[...byArea].map(([area, some]) => [area, counted(some)] as const),
  ]);
}

/** The day by which half of the needs had been answered, those still waiting at risk until the last day known. */
export function timeToService(rows: readonly Need[], span: Span, knownOn: string): Counted | undefined {
  const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const known = within(rows, span).filter(({ found }) => found <= knownOn);
  const waits = [...groups(known, ({ person, code }) => `${person} ${code}`).values()].map((need) => {
    const found = need.map((one) => one.found).toSorted()[0] ?? '';
    const began = need
      .filter((one) => one.answer === 'accepted' && one.began !== null && one.began >= one.found)
      .map((one) => one.began ?? '')
      .toSorted()[0];
    return { days: days(found, began ?? knownOn), ended: began !== undefined };
  });
  const counts = [waits.filter(({ ended }) => ended).length, waits.length] as const;
  let waiting = 1;
  const ends = new Set(waits.filter(({ ended }) => ended).map((wait) => wait.days));
  for (const day of [...ends].toSorted((a, b) => a - b)) {
    const atRisk = waits.filter((wait) => wait.days >= day).length;
    const ended = waits.filter((wait) => wait.ended && wait.days === day).length;
    waiting *= 1 - ended / atRisk;
    if (waiting <= 0.5) return [...counts, day];
  }
  return undefined;
}

/** Staff by role, from the last count of each agency in the year. */
export function staffTrained(rows: readonly Trained[], { starts, ends }: Span): Map<string, Counted> {
  const year = rows.filter((row) => row.ends >= starts && row.ends <= ends);
  const last = [
    ...groups(year, (row) => [row.agency, row.county, row.party, row.role].join(' ')).values(),
  ].flatMap(
    (same) =>
      same.toSorted((a, b) => (a.ends > b.ends || (a.ends === b.ends && a.id < b.id) ? -1 : 1))[0] ?? [],
  );
  const counted = (some: readonly Trained[]): Counted => [
    some.reduce((sum, row) => sum + row.trained, 0),
    some.reduce((sum, row) => sum + row.inRole, 0),
  ];
  return new Map([
    ['all', counted(last)],
    ...[...groups(last, ({ role }) => role)].map(([role, some]) => [role, counted(some)] as const),
  ]);
}
