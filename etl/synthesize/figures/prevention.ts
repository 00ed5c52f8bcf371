import type { Place } from '../places.ts';
import type { Stream } from '../stream.ts';
import type { Figure, Period } from './figure.ts';

/** Programs in schools and halls, and days that make people aware. */
export function preventionFigures(place: Place, period: Period, stream: Stream, figure: Figure): void {
  const autumn = `${period.year}-10-0${stream.between(1, 9)}`;
  for (let i = 1 + Math.floor(place.weight / 800); i > 0; i--) {
    const participants = stream.between(12, 60);
    figure('education', place, 'prevention_delivery', {
      program: stream.pick(['PV.MLMC', 'PV.PREV', 'PV.TYF', 'PV.CAASE', 'PV.MAN']),
      setting: 'school',
      audience: stream.pick(['middle_school', 'high_school', 'boys', 'girls']),
      start_date: autumn,
      end_date: `${period.year}-12-1${stream.below(9)}`,
      sessions: String(stream.between(4, 12)),
      participants: String(participants),
      completers: String(Math.floor((participants * stream.between(500, 950)) / 1000)),
      age_band: '',
      identified_during: String(stream.below(2)),
    });
  }
  for (let session = 1; session <= 5; session++)
    figure('probation', place, 'outreach_session', {
      facility_type: 'hall',
      held_on: `${period.year + 1}-02-0${session}`,
      curriculum: 'PV.DET',
      session_number: String(session),
      participants: String(stream.between(6, 20)),
      came_forward: String(stream.below(3)),
    });
  figure('education', place, 'awareness_event', {
    kind: stream.pick(['assembly', 'family_evening', 'campaign', 'staff_meeting']),
    audience: stream.pick(['high_school', 'caregivers', 'staff']),
    held_on: `${period.year + 1}-01-1${stream.below(9)}`,
    reached: String(stream.between(40, 600)),
  });
  if (period.year % 2 === 0)
    figure('education', place, 'prevention_program_profile', {
      program: 'PV.MLMC',
      curriculum_version: '2.1',
      setting: 'school',
      audience: 'high_school;girls',
      sessions: '10',
      hours: '10',
      evidence: 'before_after',
      valid_from: period.start,
      valid_to: '',
    });
}
