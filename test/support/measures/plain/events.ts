/** Metrics of things that happen on a day: no SQL, no contract, no code of the hub. */
import { dayOf, daysBetween, monthsLater } from './days.ts';
import type { HeldRow, HeldRows } from './held-rows.ts';
import type { Thing } from './things.ts';

export interface Dated extends Thing {
  readonly day: string;
}

export const ofEvents: Readonly<Record<string, (rows: HeldRows, knownOn: string) => Dated[]>> = {
  cascade_steps: (rows) => {
    const step = (
      name: string,
      record: string,
      field: string,
      taken: (cells: HeldRow['cells']) => boolean,
    ): Dated[] =>
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
