import type { Cast, Stage } from './cast.ts';
import { identified } from './cohorts.ts';

/** 37 came forward in one of three halls: one source says over six months, another since the program began. */
export function detentionPeriods(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('probation', '06037');
  const sixMonths = [4, 6, 5, 7, 8, 7];
  sixMonths.forEach((came_forward, i) => {
    cast.figure('outreach_session', agency, place.fips, `2026-0${i + 1}-20`, {
      facility_type: 'hall',
      held_on: `2026-0${i + 1}-15`,
      curriculum: 'PV.DET',
      session_number: String(1 + (i % 5)),
      participants: '16',
      came_forward: String(came_forward),
    });
  });
}

/**
 * The same charge on a minor two days before and a day after the law of 2017. The section that was repealed in 2023
 * has no row: since its code ended, no delivery of today can carry it, whatever the day of the arrest.
 */
export function lawChanges(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('probation', '06037');
  const arrests = [
    { age: 25, on: '2016-12-30', statute: 'PC 647(b)' },
    { age: 25, on: '2017-01-02', statute: 'PC 647(b)' },
    { age: 23, on: '2022-06-01', statute: 'WIC 602' },
    { age: 16, on: '2023-02-01', statute: 'WIC 602' },
  ];
  for (const { age, on, statute } of arrests) {
    const who = cast.known(cast.player(place, age), agency, 'probation', place.fips);
    const referral = cast.row('pr_referral', who, on, {
      referred_at: on,
      source: 'law_enforcement',
      arrest_date: on,
      action: 'closed',
      exploited_circumstance: 'unknown',
    });
    cast.row('pr_charge', who, on, {
      referral_id: referral,
      statute,
      level: 'misdemeanor',
      offense_date: on,
    });
  }
}

/** Meetings with the five parties that the template lists, and with four of them: substance use is missing. */
export function requiredParties(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('child_welfare', '06001');
  const all = ['PA.CW', 'PA.PRB', 'PA.MH', 'PA.SUD', 'PA.PH'];
  for (const parties of [all, all.filter((party) => party !== 'PA.SUD')]) {
    const who = cast.known(cast.player(place, 15), agency, 'child_welfare', place.fips);
    identified(cast, who, '2026-01-05', 'confirmed', 'child_welfare');
    cast.row('mdt_meeting', who, '2026-01-14', {
      tier: 'MT.IN',
      trigger: 'new_identification',
      identified_at: '2026-01-05T18:00:00Z',
      first_engaged_at: '2026-01-08T18:00:00Z',
      held_at: '2026-01-12T18:00:00Z',
      mode: 'in_person',
      youth_invited: 'true',
      youth_attended: 'true',
      confidentiality_script_read: 'true',
      safety_plan: 'created',
      parties: parties.join(';'),
    });
  }
}

/** All fifteen tools of the matrix are used once; the memo's text counts fourteen. */
export function fifteenTools(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('child_welfare', '06001');
  for (let i = 1; i <= 15; i++) {
    const who = cast.known(cast.player(place, 14), agency, 'child_welfare', place.fips);
    cast.row('screening', who, '2026-02-10', {
      tool: `ST${String(i).padStart(2, '0')}`,
      tool_version: '1.0',
      screened_at: '2026-02-09',
      setting: 'intake',
      outcome: 'no_concern',
      disclosure_script_read: 'true',
    });
  }
}

/** A young person just under and one just over 18, and one of 20 in extended care: only a label tells them apart. */
export function ageOfMajority(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('child_welfare', '06001');
  for (const age of [17, 18, 20]) {
    const who = cast.known(cast.player(place, age), agency, 'child_welfare', place.fips);
    identified(cast, who, '2026-06-01', 'confirmed', 'child_welfare');
    if (age === 20)
      cast.row('cw_case', who, '2025-01-10', {
        case_id: 'case-extended',
        component: 'ST',
        start_date: '2025-01-06',
        end_date: '',
        supervising_agency: 'child_welfare',
        court_status: '300',
      });
  }
}

/** Two agencies disagree about one young person: one suspects, another has ruled out. Both stand. */
export function disagreement(cast: Cast, stage: Stage): void {
  const { agency: welfare, place } = stage.of('child_welfare', '06001');
  const { agency: probation } = stage.of('probation', '06001');
  const player = cast.player(place, 16);
  identified(
    cast,
    cast.known(player, welfare, 'child_welfare', place.fips),
    '2026-03-03',
    'suspected',
    'child_welfare',
  );
  identified(
    cast,
    cast.known(player, probation, 'probation', place.fips),
    '2026-03-20',
    'ruled_out',
    'probation',
  );
}
