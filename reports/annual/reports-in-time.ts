/** The 24-hour reports: to law enforcement, and to the national center (PC 11166(j); 42 USC 671(a)(34)–(35)). */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { byCounty } from '../parts/by-county.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';

export function reportsInTime(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'in-time',
    { en: 'Reports within 24 hours', es: 'Informes en 24 horas' },
    says(
      edition,
      {
        en: 'Child welfare told law enforcement of an identified young person within 24 hours in {identified} of cases. When somebody was missing from care, law enforcement was told within 24 hours in {missing}, and the national center in {center}.',
        es: 'Bienestar infantil avisó a la policía de una persona joven identificada dentro de 24 horas en el {identified} de los casos. Cuando alguien estaba ausente del cuidado, se avisó a la policía en 24 horas en el {missing} y al centro nacional en el {center}.',
      },
      {
        identified: book.total('identified_reported_in_time'),
        missing: book.total('missing_reported_in_time'),
        center: book.total('missing_reported_to_center_in_time'),
      },
    ),
    measures(edition, 'in-time-measures', { en: 'Reports within 24 hours', es: 'Informes en 24 horas' }, [
      'identified_reported_in_time',
      'missing_reported_in_time',
      'missing_reported_to_center_in_time',
    ]),
    breakdown(edition, {
      metric: 'missing_report_hours',
      by: 'hours',
      caption: { en: 'Hours until law enforcement was told', es: 'Horas hasta el aviso a la policía' },
      head: { en: 'Hours', es: 'Horas' },
      pictured: 'bars',
    }),
    byCounty(edition, {
      metric: 'missing_reported_in_time',
      caption: {
        en: 'Law enforcement told of somebody missing within 24 hours, by county',
        es: 'Aviso a la policía de una ausencia en 24 horas, por condado',
      },
    }),
  );
}
