import type { Place } from '../places.ts';
import type { Stream } from '../stream.ts';
import type { Figure, Period } from './figure.ts';

const BANDS = ['A00_09', 'A10_11', 'A12_13', 'A14_15', 'A16_17', 'A18_20'] as const;

/** Denominators, participation in the program, counts without persons, and what is done about demand. */
export function countyFigures(place: Place, period: Period, stream: Stream, figure: Figure): void {
  const { start, end, year } = period;
  const thousand = place.weight;
  const span = { period_start: start, period_end: end };
  for (const age_band of BANDS) {
    const n = (share: number): string => String(Math.floor((thousand * share) / 10) + stream.below(5));
    figure('child_welfare', place, 'denominator_count', {
      ...span,
      population: 'caseload',
      age_band,
      n: n(12),
    });
    figure('child_welfare', place, 'denominator_count', {
      ...span,
      population: 'eligible_for_screening',
      age_band,
      n: n(age_band === 'A00_09' ? 0 : 7),
    });
    figure('health', place, 'denominator_count', { ...span, population: 'covered', age_band, n: n(260) });
    figure('education', place, 'denominator_count', { ...span, population: 'enrolled', age_band, n: n(300) });
    if (age_band >= 'A12_13')
      figure('probation', place, 'denominator_count', { ...span, population: 'referred', age_band, n: n(2) });
  }
  figure('child_welfare', place, 'county_participation', {
    fiscal_year: `${year}-${String((year + 1) % 100).padStart(2, '0')}`,
    participating: stream.perMille(810) ? 'true' : 'false',
    tier: stream.pick(['tier_1', 'tier_2']),
    plan_submitted_on: `${year}-05-${String(stream.between(10, 28))}`,
    protocol_dated: '2019-03-01',
    pilot_scope: 'whole_county',
    model: stream.pick(['individualized', 'individualized', 'case_review']),
  });
  for (let i = 1; i <= 3; i++)
    figure('child_welfare', place, 'recommendation_status', {
      recommendation: `REC-${i}`,
      priority: String(i),
      due_on: end,
      status: stream.pick(['not_started', 'under_way', 'done']),
      as_of: start,
    });
  for (const population of ['homeless', 'transition_age', 'out_of_area', 'missing'] as const)
    figure('child_welfare', place, 'outside_protocol_count', {
      ...span,
      population,
      age_band: '',
      n: String(stream.below(40)),
    });
  for (const activity of ['arrest_buyer', 'arrest_exploiter', 'buyer_program'] as const)
    figure('probation', place, 'demand_activity', { ...span, activity, n: String(stream.below(30)) });
  // Counts of one to ten are suppressed at the source, so that only none or more than ten are sent.
  for (const service of ['screening', 'outpatient'] as const)
    figure('health', place, 'hl_sud_aggregate', {
      period: `${year}-Q4`,
      age_band: 'A16_17',
      sex: '',
      service,
      n_members: thousand < 100 ? '0' : String(11 + stream.below(60)),
    });
}
