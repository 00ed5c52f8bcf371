/** Three metrics a second time, from their words: no SQL, no contract, no code of the hub. */
import { dayOf, daysBetween, isWithin, monthsLater } from './days.ts';
import type { HeldRow, HeldRows } from './held-rows.ts';

/** One thing counted on a day, with its dimensions; `met` for a share, `days` and `ended` for a wait. */
export interface Thing {
  readonly unit: string;
  readonly day: string;
  readonly dims: Readonly<Record<string, string>>;
  readonly met?: boolean;
  readonly days?: number;
  readonly ended?: boolean;
}

export const plainMetrics: Readonly<Record<string, (rows: HeldRows, knownOn: string) => Thing[]>> = {
  cascade_steps: (rows) => {
    const step = (
      name: string,
      record: string,
      field: string,
      taken: (cells: HeldRow['cells']) => boolean,
    ): Thing[] =>
      rows(record).flatMap(({ person, county, cells }) => {
        const day = dayOf(cells[field]);
        return day === undefined || !taken(cells)
          ? []
          : [{ unit: person, day, dims: { county, step: name } }];
      });
    const always = (): boolean => true;
    const one =
      (field: string, ...values: string[]) =>
      (cells: HeldRow['cells']) =>
        values.includes(String(cells[field]));
    return [
      ...step('referred', 'cw_referral', 'referral_received_at', one('csec_flag', 'alleged', 'suspected')),
      ...step('screened', 'screening', 'screened_at', (cells) => cells['outcome'] !== 'incomplete'),
      ...step('concern', 'screening', 'screened_at', one('outcome', 'possible', 'clear', 'referred')),
      ...step(
        'identified',
        'identification',
        'decided_at',
        (cells) => one('status', 'suspected', 'confirmed')(cells) && cells['exploitation_kind'] !== 'labor',
      ),
      ...step('assessed', 'assessment', 'assessed_at', always),
      ...step('team_met', 'mdt_meeting', 'held_at', always),
      ...step('planned', 'mdt_meeting', 'held_at', one('safety_plan', 'created', 'revised')),
      ...step('served', 'service_event', 'start_date', always),
      ...step('service_ended', 'service_event', 'end_date', (cells) => cells['start_date'] !== null),
      ...step('reassessed', 'assessment', 'assessed_at', (cells) => cells['reason'] !== 'initial'),
    ];
  },

  missing_reported_in_time: (rows, knownOn) =>
    together(
      rows('cw_absence'),
      ({ person, cells }) => `${person} ${Date.parse(String(cells['discovered_at']))}`,
    ).flatMap(({ key, first, all }) => {
      const found = Date.parse(String(first.cells['discovered_at']));
      const reports = all.flatMap(({ cells: { le_report_at: at } }) =>
        typeof at === 'string' ? Date.parse(at) : [],
      );
      const told = reports.length === 0 ? undefined : Math.min(...reports);
      const mark = found + 24 * 3_600_000;
      if (told === undefined && (dayOf(new Date(mark).toISOString()) ?? '') > knownOn) return [];
      const day = dayOf(first.cells['discovered_at']) ?? '';
      return day < '2014-09-29'
        ? []
        : [{ unit: key, day, dims: { county: first.county }, met: told !== undefined && told <= mark }];
    }),

  ongoing_team_in_time: (rows, knownOn) => {
    const held = (row: HeldRow): string => dayOf(row.cells['held_at']) ?? '';
    const meetings = rows('mdt_meeting');
    return together(meetings, (row) => `${row.person} ${held(row)}`).flatMap(({ key, first }) => {
      const day = held(first);
      const own = first.county === '06091' && day >= '2026-01-01';
      const mark = monthsLater(day, own ? 3 : 1);
      const later = meetings
        .filter((row) => row.person === first.person && row.cells['tier'] === 'MT.ON' && held(row) > day)
        .map(held)
        .toSorted();
      if (day < '2015-01-01' || (later[0] === undefined && mark > knownOn)) return [];
      const dims = { county: first.county, protocol: own ? 'county' : 'shared' };
      return [{ unit: key, day, dims, met: later[0] !== undefined && later[0] <= mark }];
    });
  },

  days_missing: (rows, knownOn) =>
    together(rows('cw_absence'), ({ person, cells }) => `${person} ${dayOf(cells['absent_from'])}`).map(
      ({ key, first, all }) => {
        const day = dayOf(first.cells['absent_from']) ?? '';
        const back = all.flatMap(({ cells }) => dayOf(cells['returned_at']) ?? []).toSorted()[0];
        const days = Math.max(0, daysBetween(day, back ?? knownOn));
        return { unit: key, day, dims: { county: first.county }, days, ended: back !== undefined };
      },
    ),
};

/** Rows of several agencies about the same event; the first agency in order speaks for all. */
function together(
  rows: readonly HeldRow[],
  keyOf: (row: HeldRow) => string,
): { key: string; first: HeldRow; all: HeldRow[] }[] {
  const groups = new Map<string, HeldRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const order = ({ agency, id }: HeldRow): string => `${agency} ${id}`;
  return [...groups].flatMap(([key, all]) => {
    const first = all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))[0];
    return first === undefined ? [] : [{ key, first, all }];
  });
}

/** What a cell comes to: a count, a share as a fraction, or the median with the waits behind it. */
function figureOf(things: readonly Thing[]): string {
  const units = new Map(things.map((thing) => [thing.unit, thing]));
  const some = [...units.values()];
  if (some[0]?.met !== undefined) return `${some.filter(({ met }) => met).length}/${units.size}`;
  if (some[0]?.days === undefined) return String(units.size);
  return `${median(some)} of ${some.filter(({ ended }) => ended).length}/${units.size}`;
}

/** The first day by which at least half have ended, by Kaplan and Meier's product in whole numbers. */
function median(waits: readonly Thing[]): number | 'none' {
  let [left, of] = [1n, 1n];
  for (const day of [...new Set(waits.map(({ days }) => days ?? 0))].toSorted((a, b) => a - b)) {
    const atRisk = waits.filter(({ days = 0 }) => days >= day).length;
    const ends = waits.filter(({ days, ended }) => days === day && ended).length;
    left *= BigInt(atRisk - ends);
    of *= BigInt(atRisk);
    if (ends > 0 && 2n * left <= of) return day;
  }
  return 'none';
}

/** Every cell of a table in which anything was counted, with its margins. */
export function cellsOf(
  things: readonly Thing[],
  by: readonly string[],
  periods: readonly string[],
): Map<string, string> {
  const cells = new Map<string, Thing[]>();
  for (const period of periods)
    for (const thing of things.filter(({ day }) => isWithin(day, period))) {
      const names = by.reduce<string[]>(
        (made, name) =>
          made.flatMap((cell) => [`${cell}|${name}=all`, `${cell}|${name}=${thing.dims[name]}`]),
        [''],
      );
      for (const name of names) {
        const key = `${period} ${by.length === 0 ? 'all' : name.slice(1)}`;
        cells.set(key, [...(cells.get(key) ?? []), thing]);
      }
    }
  return new Map([...cells].map(([key, some]) => [key, figureOf(some)]));
}
