/** Young people whom several systems know, and in which order. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, paragraph } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';
import { sentence } from '../parts/say.ts';

export function crossover(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'crossover',
    { en: 'Young people known to several systems', es: 'Jóvenes conocidos por varios sistemas' },
    paragraph(
      sentence(
        edition,
        {
          en: '{share} of the young people identified were known to both child welfare and probation.',
          es: 'El {share} de los jóvenes identificados era conocido tanto por bienestar infantil como por libertad condicional.',
        },
        { share: book.total('crossover_share') },
      ),
      sentence(
        edition,
        {
          en: 'Half of them had been known to some system for {days} days or more before anybody identified the exploitation.',
          es: 'La mitad era conocida por algún sistema desde {days} días o más antes de que alguien identificara la explotación.',
        },
        { days: book.total('first_contact_to_identification') },
      ),
    ),
    measures(edition, 'crossover-measures', { en: 'Several systems', es: 'Varios sistemas' }, [
      'crossover_share',
      'dual_status',
      'known_to_no_system',
      'first_contact_to_identification',
      'exploited_in_another_county',
    ]),
    breakdown(edition, {
      metric: 'first_system',
      by: 'system',
      caption: {
        en: 'The first system that knew the young person',
        es: 'El primer sistema que conoció a la persona joven',
      },
      head: { en: 'System', es: 'Sistema' },
      pictured: 'bars',
    }),
    breakdown(edition, {
      metric: 'systems',
      by: 'combination',
      caption: {
        en: 'Systems that knew those identified',
        es: 'Sistemas que conocían a las personas identificadas',
      },
      head: { en: 'Systems', es: 'Sistemas' },
    }),
  );
}
