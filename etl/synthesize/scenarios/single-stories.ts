import { dayOf, dayText } from '../day.ts';
import type { Cast, Stage } from './cast.ts';
import { identified } from './cohorts.ts';

/**
 * One young person is arrested five times in five counties and gives another age each time: five records with
 * conflicting years of birth, and one person.
 */
export function fiveArrests(cast: Cast, stage: Stage): void {
  const counties = ['06037', '06001', '06067', '06073', '06029'];
  const older = [5, 6, 4, 7, 0];
  const { place } = stage.of('probation', '06037');
  const player = cast.player(place, 13);
  const born = dayText(player.person.born);
  counties.forEach((county, i) => {
    const { agency } = stage.of('probation', county);
    const who = cast.known(player, agency, 'probation', county, {
      born: `${Number(born.slice(0, 4)) - (older[i] ?? 0)}${born.slice(4)}`,
      ...(i % 2 === 0 ? {} : { ssn: '', phone: '' }),
      errors: i === 4 ? [] : ['false_age'],
    });
    cast.row('pr_referral', who, `2026-0${i + 1}-12`, {
      referred_at: `2026-0${i + 1}-10`,
      source: 'law_enforcement',
      arrest_date: `2026-0${i + 1}-10`,
      action: 'closed',
      csec_screened: i === 4 ? 'true' : 'false',
      exploited_circumstance: i === 4 ? 'yes' : 'unknown',
    });
    if (i === 4) identified(cast, who, '2026-05-12', 'confirmed', 'probation');
  });
}

/** A long history in care: fourteen places and seven absences in three years, out of county and back. Invented. */
export function manyPlacements(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('child_welfare', '06001');
  const who = cast.known(cast.player(place, 15), agency, 'child_welfare', place.fips);
  identified(cast, who, '2025-02-03', 'confirmed', 'child_welfare');
  const first = dayOf(2023, 7, 10);
  for (let i = 0; i < 14; i++) {
    const from = first + i * 70;
    const to = from + 62;
    const absent = i % 2 === 1;
    const placement = cast.row('cw_placement', who, dayText(to + 1), {
      removal_episode_id: 'ep-1',
      facility_type: ['RESOURCE_FAMILY', 'STRTP', 'RELATIVE_NREFM', 'GROUP_HOME'][i % 4] ?? 'STRTP',
      placement_type: ['PL.FH', 'PL.GH', 'PL.REL', 'PL.GH'][i % 4] ?? 'PL.GH',
      start_date: dayText(from),
      end_date: dayText(to),
      end_reason: absent ? 'absence' : 'planned_move',
      out_of_county: i > 8 && i < 12 ? 'true' : 'false',
      out_of_state: 'false',
      csec_specific: i > 10 ? 'true' : 'false',
      no_eject_return: absent ? 'false' : '',
    });
    if (!absent) continue;
    cast.row('cw_absence', who, dayText(to + 8), {
      placement_id: placement,
      absent_from: `${dayText(to)}T20:00:00Z`,
      discovered_at: `${dayText(to)}T22:30:00Z`,
      le_report_at: `${dayText(to)}T23:10:00Z`,
      ncmec_report_at: `${dayText(to)}T23:40:00Z`,
      returned_at: `${dayText(to + 7)}T10:00:00Z`,
      primary_factor: 'placement_conflict',
      exploited_during: i > 6 ? 'yes' : 'unknown',
    });
  }
}
