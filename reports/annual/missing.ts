/** Missing from care: how often, how long, who was told, and why (WIC 16501.35). */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { byCounty } from '../parts/by-county.ts';
import { chapter, says, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measure, measures } from '../parts/measures.ts';

export function missing(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'missing',
    { en: 'Missing from care', es: 'Ausencias del cuidado' },
    says(
      edition,
      {
        en: '{people} young people were missing from care in {year}, {times} times in all. Half of them were back within {days} days.',
        es: '{people} jóvenes estuvieron ausentes del cuidado en {year}, {times} veces en total. La mitad regresó en {days} días o menos.',
      },
      {
        people: book.total('young_people_missing'),
        times: book.total('times_missing'),
        days: book.total('days_missing'),
        year: edition.year,
      },
    ),
    measures(
      edition,
      'missing-measures',
      { en: 'Who was told, and the return', es: 'A quién se avisó, y el regreso' },
      [
        measure(edition, 'missing_reported_in_time', {
          en: 'Law enforcement told within 24 hours',
          es: 'Aviso a la policía en 24 horas',
        }),
        measure(edition, 'missing_reported_to_center_in_time', {
          en: 'The national center told within 24 hours',
          es: 'Aviso al centro nacional en 24 horas',
        }),
        measure(edition, 'returned_within_30_days', { en: 'Back within 30 days', es: 'Regreso en 30 días' }),
        measure(edition, 'days_missing', {
          en: 'Days until return (median)',
          es: 'Días hasta el regreso (mediana)',
        }),
        measure(edition, 'interviewed_after_return', {
          en: 'Asked after the return',
          es: 'Entrevista después del regreso',
        }),
        measure(edition, 'taken_back', {
          en: 'Taken back by the same placement',
          es: 'Recibidos de nuevo en la misma colocación',
        }),
      ],
    ),
    section(edition, 'missing-why', { en: 'Why young people left', es: 'Por qué se fueron' }),
    breakdown(edition, {
      metric: 'times_missing',
      by: 'factor',
      caption: { en: 'Times missing, by main reason given', es: 'Ausencias, por motivo principal' },
      head: { en: 'Reason', es: 'Motivo' },
      pictured: 'bars',
    }),
    byCounty(edition, {
      metric: 'times_missing',
      caption: { en: 'Times missing from care, by county', es: 'Ausencias del cuidado, por condado' },
    }),
  );
}
