/** Metrics of young people identified in a period, from the words of the terms. */
import { dayOf, firstDayOf, lastDayOf } from './days.ts';
import type { HeldRow, HeldRows } from './held-rows.ts';
import type { Thing } from './things.ts';

interface Identified {
  readonly person: string;
  readonly status: 'confirmed' | 'suspected';
}

/** Confirmed by anybody in the period, or else suspected by anybody in it. */
function identifiedIn(rows: HeldRows, period: string): Identified[] {
  const [starts, ends] = [firstDayOf(period), lastDayOf(period)];
  const isIn = (moment: unknown): boolean => {
    const day = dayOf(moment);
    return day !== undefined && day >= starts && day <= ends;
  };
  const notLabor = ({ cells }: HeldRow): boolean => cells['exploitation_kind'] !== 'labor';
  const encounters = new Map(
    rows('hl_encounter').map(({ agency, id, cells }) => [`${agency} ${id}`, cells['service_from']]),
  );
  const diagnosed = (...codes: string[]): HeldRow[] =>
    rows('hl_diagnosis').filter(
      ({ agency, cells }) =>
        codes.includes(String(cells['icd10'])) &&
        isIn(encounters.get(`${agency} ${String(cells['encounter_id'])}`)),
    );
  const decided = (status: string): HeldRow[] =>
    rows('identification').filter(
      (row) => row.cells['status'] === status && notLabor(row) && isIn(row.cells['decided_at']),
    );
  const history = rows('cw_csec_history').filter(({ cells }) => {
    const [from, to] = [dayOf(cells['start_date']), dayOf(cells['end_date'])];
    return (
      cells['csec_type'] !== '6867' &&
      from !== undefined &&
      from <= ends &&
      (to === undefined || to >= starts)
    );
  });
  const confirmed = new Set(
    [...decided('confirmed'), ...history, ...diagnosed('T74.52XA', 'T74.52XD')].map(({ person }) => person),
  );
  const flagged = rows('cw_referral').filter(
    ({ cells }) =>
      ['alleged', 'suspected'].includes(String(cells['csec_flag'])) && isIn(cells['referral_received_at']),
  );
  const clear = rows('screening').filter(
    ({ cells }) => cells['outcome'] === 'clear' && isIn(cells['screened_at']),
  );
  const suspected = new Set(
    [...decided('suspected'), ...flagged, ...clear, ...diagnosed('T76.52XA', 'T76.52XD')].map(
      ({ person }) => person,
    ),
  );
  return [
    ...[...confirmed].map((person) => ({ person, status: 'confirmed' as const })),
    ...[...suspected]
      .filter((person) => !confirmed.has(person))
      .map((person) => ({ person, status: 'suspected' as const })),
  ];
}

/** What the most sources say; of those said equally often the newest, then that of the first agency. */
function mostSay(
  rows: readonly HeldRow[],
  answerOf: (row: HeldRow) => string | undefined,
): string | undefined {
  const answers = [...Map.groupBy(rows, (row) => answerOf(row) ?? '')]
    .filter(([answer]) => answer !== '')
    .map(([answer, some]) => ({
      answer,
      sources: some.length,
      given:
        some
          .map(({ cells }) => dayOf(cells['effective_date']) ?? '')
          .toSorted()
          .at(-1) ?? '',
      agency: some.map(({ agency }) => agency).toSorted()[0] ?? '',
    }));
  return answers.toSorted(
    (a, b) =>
      b.sources - a.sources ||
      order(b.given, a.given) ||
      order(a.agency, b.agency) ||
      order(a.answer, b.answer),
  )[0]?.answer;
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

interface Known {
  readonly sex: string;
  readonly race: string;
  readonly bornOn: string | undefined;
  readonly residence: string | undefined;
}

function whoIs(own: readonly HeldRow[]): Known {
  const races = mostSay(own, ({ cells }) =>
    ((cells['race_ethnicity'] as string[] | null) ?? []).toSorted().join(';'),
  );
  const newest = own
    .filter(({ cells }) => typeof cells['residence_county'] === 'string')
    .toSorted(
      (a, b) =>
        order(dayOf(b.cells['effective_date']) ?? '', dayOf(a.cells['effective_date']) ?? '') ||
        order(a.agency, b.agency) ||
        order(a.id, b.id),
    )[0];
  return {
    sex:
      mostSay(own, ({ cells }) => (cells['sex'] === 'unknown' ? '' : String(cells['sex'] ?? ''))) ??
      'unknown',
    race: races === undefined ? 'unknown' : races.includes(';') ? 'two_or_more' : races,
    bornOn: mostSay(own, ({ cells }) =>
      cells['birth_year'] === null
        ? ''
        : `${String(cells['birth_year'])}-${String(cells['birth_month'] ?? 7).padStart(2, '0')}-01`,
    ),
    residence: newest === undefined ? undefined : String(newest.cells['residence_county']),
  };
}

/** Under 12, 12 to 14, 15 to 17, 18 to 20, by the age on the last day of the period. */
function bandOn(day: string, bornOn: string | undefined): string {
  if (bornOn === undefined) return 'unknown';
  const age = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (day.slice(5) < bornOn.slice(5) ? 1 : 0);
  if (age < 0 || age > 20) return 'unknown';
  return age < 12 ? 'P00_11' : age < 15 ? 'P12_14' : age < 18 ? 'P15_17' : 'P18_20';
}

/** The county of residence that the newest decision names; where none does, the one that agencies have on record. */
function livesIn(decisions: readonly HeldRow[], ends: string, residence: string | undefined): string {
  const newest = decisions
    .filter(
      ({ cells }) =>
        typeof cells['residence_county'] === 'string' && (dayOf(cells['decided_at']) ?? '') <= ends,
    )
    .toSorted(
      (a, b) =>
        order(dayOf(b.cells['decided_at']) ?? '', dayOf(a.cells['decided_at']) ?? '') ||
        order(a.agency, b.agency) ||
        order(a.id, b.id),
    )[0];
  const told = String(newest?.cells['residence_county'] ?? 'unknown');
  return told === 'unknown' ? (residence ?? 'unknown') : told;
}

const CONTACTS: readonly (readonly [system: string, record: string, began: string])[] = [
  ['CW', 'cw_referral', 'referral_received_at'],
  ['CW', 'cw_allegation', 'disposition_date'],
  ['CW', 'cw_case', 'start_date'],
  ['CW', 'cw_placement', 'start_date'],
  ['CW', 'cw_absence', 'absent_from'],
  ['PR', 'pr_referral', 'referred_at'],
  ['PR', 'pr_referral', 'arrest_date'],
  ['PR', 'pr_detention', 'booked_at'],
  ['PR', 'pr_court', 'filed_at'],
  ['PR', 'pr_supervision', 'start_date'],
  ['HL', 'hl_encounter', 'service_from'],
  ['ED', 'ed_enrollment', 'start_date'],
  ['ED', 'ed_attendance', 'period_end'],
  ['ED', 'ed_discipline', 'incident_date'],
];

/** An allegation must have been substantiated, and a period of attendance missed by a tenth. */
function isContact(record: string, cells: HeldRow['cells']): boolean {
  if (record === 'cw_allegation') return cells['disposition'] === 'SUBSTANTIATED';
  if (record !== 'ed_attendance') return true;
  const missed = ['absent_excused', 'absent_unexcused', 'absent_oss', 'incomplete_is_days'];
  const days = missed.reduce((sum, name) => sum + Number(cells[name] ?? 0), 0);
  return Number(cells['expected_days']) >= 31 && days * 10 >= Number(cells['expected_days']);
}

/** The first day on which each system knew a young person. */
function firstContacts(rows: HeldRows): Map<string, Map<string, string>> {
  const first = new Map<string, Map<string, string>>();
  for (const [system, record, began] of CONTACTS)
    for (const { person, cells } of rows(record)) {
      const day = dayOf(cells[began]);
      if (day === undefined || !isContact(record, cells)) continue;
      const known = first.get(person) ?? new Map<string, string>();
      if (day < (known.get(system) ?? '9999')) known.set(system, day);
      first.set(person, known);
    }
  return first;
}

/** Everybody identified in a period with what `identified` and `systems` are cut by. */
export function peopleMetrics(rows: HeldRows): Readonly<Record<string, (period: string) => Thing[]>> {
  const own = Map.groupBy(rows('person'), ({ person }) => person);
  const decisions = Map.groupBy(
    rows('identification').filter(
      ({ cells }) =>
        cells['status'] === 'at_risk' ||
        cells['status'] === 'ruled_out' ||
        cells['exploitation_kind'] !== 'labor',
    ),
    ({ person }) => person,
  );
  const known = new Map([...own].map(([person, some]) => [person, whoIs(some)]));
  const contacts = firstContacts(rows);
  const people = (period: string): (Thing & { person: string })[] => {
    const ends = lastDayOf(period);
    return identifiedIn(rows, period).map(({ person, status }) => {
      const { sex = 'unknown', race = 'unknown', bornOn, residence } = known.get(person) ?? {};
      const county = livesIn(decisions.get(person) ?? [], ends, residence);
      const dims = { county, status, age_band: bandOn(ends, bornOn), sex, race_ethnicity: race };
      return { person, unit: person, dims };
    });
  };
  return {
    identified: people,
    systems: (period) =>
      people(period).map(({ person, unit, dims }) => {
        const since = contacts.get(person) ?? new Map<string, string>();
        const knew = ['CW', 'PR', 'HL', 'ED'].filter(
          (system) => (since.get(system) ?? '9999') <= lastDayOf(period),
        );
        return { unit, dims: { county: dims['county'] ?? '', combination: knew.join('+') || 'none' } };
      }),
  };
}
