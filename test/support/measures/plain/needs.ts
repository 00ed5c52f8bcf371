/** Metrics of needs and of staff trained, from their words. */
import { daysBetween, lastDayOf } from './days.ts';
import type { Dated } from './events.ts';
import type { HeldRow, HeldRows } from './held-rows.ts';

interface Need {
  readonly person: string;
  readonly county: string;
  readonly code: string;
  readonly found: string;
  readonly answer: string;
  readonly began: string | undefined;
}

function needs(rows: HeldRows): Need[] {
  return rows('service_event').flatMap(({ person, county, cells }) => {
    const { need_identified_at: found, need_code: code, accepted: answer, start_date: began } = cells;
    if (typeof found !== 'string') return [];
    const since = typeof began === 'string' ? began : undefined;
    return [{ person, county, code: String(code), found, answer: String(answer), began: since }];
  });
}

function isAnswered({ answer, began }: Need, by: string): boolean {
  return answer === 'accepted' && began !== undefined && began <= by;
}

function area(code: string): string {
  return code.split('.').slice(0, 2).join('.');
}

/** Young people at every node of the tree above what was recorded. */
export function needsFound(rows: HeldRows): Dated[] {
  return needs(rows).flatMap(({ person, county, code, found }) => {
    const parts = code.split('.');
    return parts.slice(1).map((_, at) => {
      const dims = { county, need: parts.slice(0, at + 2).join('.') };
      return { unit: person, day: found, dims };
    });
  });
}

/** Needs, one for each young person and node recorded, that were answered by the end of the period. */
export function needsReceived(rows: HeldRows, _knownOn: string, period: string): Dated[] {
  return needs(rows).map((need) => ({
    unit: `${need.person} ${need.code}`,
    day: need.found,
    dims: { county: need.county, area: area(need.code) },
    met: isAnswered(need, lastDayOf(period)),
  }));
}

/** Waits from when a need was first found in the period, of all that agencies tell of the same need in it. */
export function timeToService(
  rows: HeldRows,
  knownOn: string,
  _period: string,
  isIn: (day: string) => boolean,
): Dated[] {
  const told = needs(rows).filter(({ found }) => found <= knownOn && isIn(found));
  const groups = Map.groupBy(told, ({ person, code }) => `${person} ${code}`);
  return [...groups].map(([unit, same]) => {
    const found = same.map((need) => need.found).toSorted()[0] ?? '';
    const began = same
      .flatMap((need) =>
        need.answer === 'accepted' && (need.began ?? '') >= need.found ? (need.began ?? []) : [],
      )
      .toSorted()[0];
    const county = same.map((need) => need.county).toSorted()[0] ?? '';
    return {
      unit,
      day: found,
      dims: { county, area: area(same[0]?.code ?? '') },
      days: daysBetween(found, began ?? knownOn),
      ended: began !== undefined,
    };
  });
}

/** Staff by role, from the last count of each agency in the year. */
export function staffTrained(
  rows: HeldRows,
  _knownOn: string,
  _period: string,
  isIn: (day: string) => boolean,
): Dated[] {
  const key = ({ agency, county, cells }: HeldRow): string =>
    [agency, county, cells['party'], cells['role']].join(' ');
  const ends = ({ cells }: HeldRow): string => String(cells['period_end']);
  const year = rows('training_coverage_count').filter((row) => isIn(ends(row)));
  return [...Map.groupBy(year, key)].flatMap(([unit, same]) => {
    const last = same.toSorted((a, b) =>
      ends(a) === ends(b) ? (a.id < b.id ? -1 : 1) : ends(a) > ends(b) ? -1 : 1,
    )[0];
    if (last === undefined) return [];
    const { n_trained: n, n_in_role: of, role } = last.cells;
    const dims = { county: last.county, role: String(role) };
    return [{ unit, day: ends(last), dims, n: Number(n), of: Number(of) }];
  });
}
