/** Screening and assessment: who was looked at, with what, and what followed. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';

export function screening(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'screening',
    { en: 'Screening and assessment', es: 'Detección y evaluación' },
    says(
      edition,
      {
        en: '{n} screenings were recorded in {year}. Of those that raised a concern, {followed} were followed up.',
        es: 'Se registraron {n} detecciones en {year}. De las que mostraron una preocupación, el {followed} tuvo seguimiento.',
      },
      { n: book.total('screenings'), year: edition.year, followed: book.total('screening_follow_up') },
    ),
    says(edition, {
      en: 'A screening records indicators. It gives no young person a score, and ranks nobody.',
      es: 'Una detección registra indicadores. No le da una calificación a ninguna persona joven ni clasifica a nadie.',
    }),
    measures(
      edition,
      'screening-measures',
      { en: 'From screening to assessment', es: 'De la detección a la evaluación' },
      [
        'screening_coverage',
        'screening_explained',
        'screening_follow_up',
        'assessed_in_48_hours',
        'assessed_within_30_days',
        'reassessed_in_time',
        'repeat_assessments',
      ],
    ),
    breakdown(edition, {
      metric: 'screenings',
      by: 'tool',
      caption: { en: 'Screenings, by tool', es: 'Detecciones, por instrumento' },
      head: { en: 'Tool', es: 'Instrumento' },
    }),
  );
}
