import type { Membership } from '../membership.ts';
import type { Cast, Stage } from './cast.ts';

/** Two organizations know 200 young people; 106 of them, 53 percent, lived in a group home. */
export function oakland(cast: Cast, stage: Stage): void {
  const { agency: provider, place } = stage.of('community', '06001');
  const { agency: welfare } = stage.of('child_welfare', '06001');
  for (let i = 0; i < 200; i++) {
    const player = cast.player(place, 13 + (i % 5));
    identified(
      cast,
      cast.known(player, provider, 'community', place.fips),
      '2025-11-05',
      'confirmed',
      'community',
    );
    if (i >= 106) continue;
    cast.row('cw_placement', cast.known(player, welfare, 'child_welfare', place.fips), '2025-06-02', {
      removal_episode_id: `ep-${i}`,
      facility_type: 'GROUP_HOME',
      placement_type: 'PL.GH',
      start_date: '2025-01-06',
      end_date: '2025-06-01',
      end_reason: 'planned_move',
      out_of_county: 'false',
      out_of_state: 'false',
      csec_specific: 'false',
    });
  }
}

/** Of 71 under supervision 6 are in a locked place: a count that no published table may show. */
export function laProbation(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('probation', '06037');
  for (let i = 0; i < 71; i++) {
    const who = cast.known(cast.player(place, 15 + (i % 3)), agency, 'probation', place.fips);
    identified(cast, who, '2025-12-01', 'confirmed', 'probation');
    cast.row('pr_supervision', who, '2025-12-10', {
      supervision: 'ward',
      start_date: '2025-12-09',
      end_date: '',
    });
    if (i >= 6) continue;
    cast.row('pr_detention', who, '2026-01-10', {
      facility_type: 'camp',
      booked_at: '2026-01-08T17:00:00Z',
      released_at: '',
      status: 'post_disposition',
    });
  }
}

/**
 * 115 before a specialty court. The source prints 45 percent who were never arrested on an indicative charge, which
 * is 51.75 of 115, so that no count gives it exactly: 52 are made here, which is 45.2 percent.
 */
export function specialtyCourt(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('probation', '06037');
  for (let i = 0; i < 115; i++) {
    const who = cast.known(cast.player(place, 26 + (i % 4)), agency, 'probation', place.fips);
    identified(cast, who, '2014-09-04', 'confirmed', 'court');
    // In 2014 they were 14 to 17, and minors were still arrested under this section.
    const referral = cast.row('pr_referral', who, '2014-09-05', {
      referred_at: '2014-09-04',
      source: 'law_enforcement',
      arrest_date: '2014-09-03',
      action: 'petition',
      csec_screened: 'true',
      exploited_circumstance: 'yes',
    });
    cast.row('pr_charge', who, '2014-09-05', {
      referral_id: referral,
      statute: i < 52 ? 'WIC 602' : 'PC 647(b)',
      level: 'misdemeanor',
      offense_date: '2014-09-03',
      disposition: 'sustained',
    });
    cast.row('pr_court', who, '2014-12-02', {
      petition_type: '602',
      filed_at: '2014-10-01',
      outcome: 'wardship',
      outcome_date: '2014-12-01',
      lead_agency: 'probation',
      specialty_court: 'STAR',
    });
  }
}

/** A funnel that does not narrow at every step: 141 referred, 104 screened, 112 served, 18 completed. */
export function georgiaFunnel(cast: Cast, stage: Stage): void {
  const { agency, place } = stage.of('child_welfare', '06001');
  for (let i = 0; i < 141; i++) {
    const who = cast.known(cast.player(place, 13 + (i % 5)), agency, 'child_welfare', place.fips);
    cast.row('cw_referral', who, '2025-03-12', {
      referral_received_at: '2025-03-03T17:00:00Z',
      screening_decision: '10_day',
      csec_flag: 'alleged',
      csec_special_project_code: 'S-CSEC',
      closed_date: '2025-03-11',
    });
    if (i < 104)
      cast.row('screening', who, '2025-03-20', {
        tool: 'ST02',
        tool_version: '1.0',
        screened_at: '2025-03-10',
        setting: 'hotline',
        outcome: 'clear',
        disclosure_script_read: 'true',
        follow_up_opened_at: '2025-03-11T17:00:00Z',
      });
    // Of the 112 who were served 37 had never been screened, which is how more are served than screened.
    if (i >= 29)
      cast.row('service_event', who, '2025-11-20', {
        need_code: 'HN.HOU.PLC',
        need_identified_at: '2025-03-12',
        offered_at: '2025-03-13',
        accepted: 'accepted',
        start_date: '2025-03-20',
        end_date: i < 29 + 18 ? '2025-11-14' : '',
        phase: i < 29 + 18 ? 'CP.3' : 'CP.2',
      });
  }
}

export function identified(cast: Cast, who: Membership, day: string, status: string, system: string): void {
  cast.row('identification', who, day, {
    status,
    decided_at: `${day}T18:00:00Z`,
    method: 'disclosure',
    form: 'FX.UNK',
    decided_by_system: system,
    residence_county: who.county,
  });
}
