/** Health care; what a minor may consent to alone is told for the whole state only. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures, statewideMeasure } from '../parts/measures.ts';

export function health(edition: Edition): Block[] {
  const { book, place } = edition;
  const statewide = [
    statewideMeasure(edition, 'seen_by_health_in_30_days'),
    statewideMeasure(edition, 'medical_evaluation_in_time'),
    statewideMeasure(edition, 'mental_health_care'),
    statewideMeasure(edition, 'follow_up_after_emergency'),
  ];
  return chapter(
    edition,
    'health',
    { en: 'Health', es: 'Salud' },
    says(
      edition,
      {
        en: '{covered} of the young people identified were covered by Medi-Cal, and {emergency} were seen in an emergency department.',
        es: 'El {covered} de los jóvenes identificados tenía cobertura de Medi-Cal, y el {emergency} fue atendido en un servicio de urgencias.',
      },
      { covered: book.total('covered_by_medi_cal'), emergency: book.total('emergency_department_visits') },
    ),
    measures(edition, 'health-measures', { en: 'Coverage and care', es: 'Cobertura y atención' }, [
      'covered_by_medi_cal',
      'emergency_department_visits',
    ]),
    says(edition, {
      en: 'Care to which a minor may consent alone is told for the whole state only, whatever the county.',
      es: 'La atención a la que una persona menor puede consentir por sí sola se informa solo para todo el estado.',
    }),
    measures(
      edition,
      'health-state-measures',
      { en: 'Care, whole state', es: 'Atención, todo el estado' },
      statewide,
      place.county === undefined ? place.name : 'California',
    ),
    breakdown(edition, {
      metric: 'health_visits',
      by: 'place',
      caption: { en: 'Health visits, by place', es: 'Visitas de salud, por lugar' },
      head: { en: 'Place', es: 'Lugar' },
    }),
  );
}
