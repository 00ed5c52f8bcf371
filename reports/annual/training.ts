/** Who was trained, among those who must be. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';

export function training(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'training',
    { en: 'Training', es: 'Capacitación' },
    says(
      edition,
      {
        en: '{share} of the staff who must be trained were trained by the end of {year}.',
        es: 'El {share} del personal que debe capacitarse estaba capacitado al final de {year}.',
      },
      { share: book.total('mandated_staff_trained'), year: edition.year },
    ),
    measures(
      edition,
      'training-measures',
      { en: 'Staff and schools trained', es: 'Personal y escuelas capacitados' },
      ['mandated_staff_trained', 'staff_trained', 'schools_trained', 'providers_trained'],
    ),
    breakdown(edition, {
      metric: 'mandated_staff_trained',
      by: 'party',
      caption: { en: 'Staff who must be trained, by party', es: 'Personal que debe capacitarse, por parte' },
      head: { en: 'Party', es: 'Parte' },
      pictured: 'bars',
    }),
    breakdown(edition, {
      metric: 'competencies_covered',
      by: 'competency',
      caption: { en: 'Staff trained, by competency', es: 'Personal capacitado, por competencia' },
      head: { en: 'Competency', es: 'Competencia' },
    }),
    breakdown(edition, {
      metric: 'staff_supports',
      by: 'support',
      caption: {
        en: 'Support of staff against secondary trauma',
        es: 'Apoyo al personal frente al trauma secundario',
      },
      head: { en: 'Support', es: 'Apoyo' },
    }),
  );
}
