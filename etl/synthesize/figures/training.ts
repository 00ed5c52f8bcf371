import type { List } from '../agencies.ts';
import type { Place } from '../places.ts';
import { nameOf, type Stream } from '../stream.ts';
import type { Figure, Period } from './figure.ts';

const ROLES: readonly (readonly [List, string, string])[] = [
  ['child_welfare', 'PA.CW', 'social_worker'],
  ['probation', 'PA.PRB', 'probation_officer'],
  ['health', 'PA.PH', 'nurse'],
  ['mental_health', 'PA.MH', 'clinician'],
  ['education', 'PA.EDU', 'educator'],
];
const COMPETENCIES = ['CO1', 'CO2', 'CO3', 'CO4', 'CO5', 'CO6'] as const;

/** Who was trained, how many of each role, whether schools know, and whether staff are looked after. */
export function trainingFigures(place: Place, period: Period, stream: Stream, figure: Figure): void {
  const span = { period_start: period.start, period_end: period.end };
  for (const [list, party, role] of ROLES) {
    const inRole = 3 + Math.floor(place.weight / 20) + stream.below(8);
    figure(list, place, 'training_coverage_count', {
      ...span,
      party,
      role,
      mandated: 'true',
      n_in_role: String(inRole),
      n_trained: String(Math.floor((inRole * stream.between(250, 960)) / 1000)),
    });
    for (let i = Math.min(12, Math.floor(inRole / 3)); i > 0; i--)
      figure(list, place, 'training_completion', {
        staff_hash: `st-${nameOf(period.year, place.fips, party, i)}`,
        party,
        role,
        course: stream.pick(['CSEC-101', 'CSEC-102', 'TOOLS-1']),
        competency: stream.pick(COMPETENCIES),
        hours: String(stream.between(2, 16)),
        completed_at: `${period.year + 1}-0${stream.between(1, 6)}-15`,
        basis: stream.pick(['CSEC101', 'tool', 'protocol']),
      });
    figure(list, place, 'staff_wellbeing', {
      ...span,
      party,
      support: stream.pick(['reflective_supervision', 'peer_support', 'counseling', 'debriefing']),
      in_place: stream.perMille(600) ? 'true' : 'false',
    });
  }
  const schools = 2 + Math.floor(place.weight / 12);
  for (const school_level of ['middle', 'high'] as const)
    figure('education', place, 'school_awareness_count', {
      ...span,
      region: `R-${place.fips}`,
      school_level,
      schools: String(schools),
      schools_trained: String(Math.floor((schools * stream.between(100, 900)) / 1000)),
    });
  figure('mental_health', place, 'provider_training_count', {
    ...span,
    providers_trained: String(stream.between(300, 500)),
    agencies_with_ebp: String(stream.between(60, 80)),
    mdt_meetings_joined: String(stream.between(100, 300)),
  });
}
