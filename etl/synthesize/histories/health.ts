import { monthOf } from '../day.ts';
import type { Membership } from '../membership.ts';
import {
  cell,
  type Day,
  dayText,
  exploitedBetween,
  isExploitedOn,
  lastDay,
  monthStart,
  type Story,
  type Stream,
  weighted,
  yearOf,
  yesNo,
} from './parts.ts';

const PLACE_OF_SERVICE = weighted([
  ['clinic', 620],
  ['ED', 160],
  ['telehealth', 110],
  ['school', 50],
  ['inpatient', 20],
  ['other', 40],
]);
const PROGRAM = weighted([
  ['physical', 700],
  ['nsmhs', 150],
  ['smhs', 90],
  ['public_health', 60],
]);
const DISPOSITION = weighted([
  ['home', 860],
  ['admitted', 40],
  ['left_before_end', 60],
  ['other', 40],
]);
const CODES = weighted<readonly string[]>([
  [['Z11.3'], 60],
  [['F43.10'], 60],
  [['R45.851'], 30],
  [['Z32.02'], 40],
  [[], 810],
]);
const CODES_WHILE_EXPLOITED = weighted<readonly string[]>([
  [['Z11.3'], 200],
  [['F43.10'], 180],
  [['R45.851'], 120],
  [['Z32.02'], 120],
  [['Z20.2', 'Z11.3'], 80],
  [[], 300],
]);
const NEED: Readonly<Record<string, readonly string[]>> = {
  physical: ['HN.PHY.EVA', 'HN.PHY.LTC', 'HN.PHY.DEN', 'HN.PHY.VIS'],
  smhs: ['HN.MEN.INT.ASM', 'HN.MEN.INT.PSI', 'HN.MEN.INT.CCM', 'HN.MEN.MED'],
  nsmhs: ['HN.MEN.LTC', 'HN.MEN.INT.PSI'],
  public_health: ['HN.SRH.STI', 'HN.SRH.HIV'],
};
/** Claims arrive between two and six months after the service. */
const CLAIM_LAG = [60, 180] as const;

/** Coverage by month, encounters, diagnoses and services. A mental-health department sends encounters of its own. */
export function tellHealth(story: Story, who: Membership): void {
  const stream = story.stream(`health ${who.list}`);
  const until = lastDay(story, 21);
  const from = Math.max(who.on, story.world.from);
  if (who.list === 'health') tellCoverage(story, who, from, until, stream);
  let day = from + stream.below(90);
  const mean = who.list === 'mental_health' ? 35 : 110;
  for (let i = 0; i < 60 && day < until; i++) {
    tellEncounter(story, who, day, false, stream);
    day += 3 + stream.waiting(isExploitedOn(story.hidden, day) ? Math.floor(mean / 2) : mean);
  }
  const noticed = story.hidden?.notices.find(({ list }) => list === who.list)?.on;
  if (noticed !== undefined) tellEncounter(story, who, noticed, true, stream);
}

function tellCoverage(story: Story, who: Membership, from: Day, until: Day, stream: Stream): void {
  const foster = story.at('child_welfare') !== undefined && stream.perMille(300);
  for (let day = from; day < until; day += 30) {
    if (stream.perMille(40)) continue;
    const month = monthStart(day);
    if (monthStart(day - 30) === month) continue;
    story.event(
      'hl_coverage',
      who,
      day,
      {
        month,
        aid_category: foster ? 'foster_care' : stream.perMille(30) ? 'disability' : 'family_income',
        foster_aid_code: yesNo(foster),
        managed_care_plan: foster ? 'fee_for_service' : 'managed_care',
      },
      20,
    );
  }
}

function tellEncounter(story: Story, who: Membership, day: Day, noticed: boolean, stream: Stream): void {
  const program = who.list === 'mental_health' ? 'smhs' : stream.weighted(PROGRAM);
  const place = noticed ? stream.pick(['ED', 'clinic']) : stream.weighted(PLACE_OF_SERVICE);
  const to = place === 'inpatient' ? day + stream.between(1, 12) : day;
  const lag = to - day + stream.between(...CLAIM_LAG);
  const clinician = `cl-${who.county.slice(2)}-${stream.below(400)}`;
  const encounter = story.event(
    'hl_encounter',
    who,
    day,
    {
      service_from: cell(day),
      service_to: cell(to),
      place_of_service: place,
      program,
      provider_type:
        program === 'physical' || program === 'public_health'
          ? stream.pick(['physician', 'nurse_practitioner'])
          : stream.pick(['therapist', 'psychologist', 'case_manager']),
      clinician_token: clinician,
      disposition: stream.weighted(DISPOSITION),
    },
    lag,
  );
  if (encounter === undefined) return;
  // The tenth revision of the codes came into use in fiscal year 2016; older claims have codes that no list here holds.
  const codes =
    fiscalYear(day) < 2016 ? [] : noticed ? [finding(story, who, day)] : diagnoses(story, day, stream);
  for (const [i, icd10] of codes.entries())
    story.event(
      'hl_diagnosis',
      who,
      day,
      {
        encounter_id: encounter,
        sequence: String(i + 1),
        icd10,
        fiscal_year: String(fiscalYear(day)),
      },
      lag,
    );
  if (!stream.perMille(600)) return;
  story.event(
    'hl_service',
    who,
    day,
    {
      encounter_id: encounter,
      need_code: stream.pick(NEED[program] ?? ['HN.PHY.EVA']),
      procedure_group: stream.pick(['evaluation', 'treatment', 'screening', 'preventive']),
      units: String(stream.between(1, 4)),
      clinician_token: clinician,
    },
    lag,
  );
}

/** Codes on exploitation began in October 2018; before it, sexual abuse was what could be written. */
function finding(story: Story, who: Membership, day: Day): string {
  const confirmed = story.hidden?.notices.find(({ list }) => list === who.list)?.status === 'confirmed';
  const kind = dayText(day) < '2018-10-01' ? '22' : '52';
  return `${confirmed ? 'T74' : 'T76'}.${kind}XA`;
}

function diagnoses(story: Story, day: Day, stream: Stream): readonly string[] {
  const exploited = exploitedBetween(story.hidden, day - 120, day) !== undefined;
  return stream.weighted(exploited ? CODES_WHILE_EXPLOITED : CODES);
}

/** The federal fiscal year, which begins in October and is named after the year in which it ends. */
function fiscalYear(day: Day): number {
  return yearOf(day) + (monthOf(day) >= 10 ? 1 : 0);
}
