/** Missing from care: how often, how long, who was told, and why (WIC 16501.35). */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { byCounty } from '../parts/by-county.ts';
import { chapter, says, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';

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
        'missing_reported_in_time',
        'missing_reported_to_center_in_time',
        'returned_within_30_days',
        'days_missing',
        'interviewed_after_return',
        'taken_back',
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
