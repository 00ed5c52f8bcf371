/** Where young people live: kinds of placement, those made for them, and moves. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';

export function placements(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'placements',
    { en: 'Placements', es: 'Colocaciones' },
    says(
      edition,
      {
        en: '{n} young people were in a placement, {csec} of them in one made for young people who experienced exploitation.',
        es: '{n} jóvenes estaban en una colocación, el {csec} en una creada para jóvenes que vivieron explotación.',
      },
      { n: book.total('placement_types'), csec: book.total('placed_in_csec_placement') },
    ),
    breakdown(edition, {
      metric: 'placement_types',
      by: 'kind',
      caption: { en: 'Young people, by kind of placement', es: 'Jóvenes, por tipo de colocación' },
      head: { en: 'Kind of placement', es: 'Tipo de colocación' },
    }),
    measures(
      edition,
      'placement-measures',
      { en: 'Distance, security and stability', es: 'Distancia, seguridad y estabilidad' },
      [
        'placed_in_csec_placement',
        'placed_out_of_county',
        'placed_out_of_state',
        'locked_placement',
        'non_minor_dependents',
      ],
    ),
    breakdown(edition, {
      metric: 'placement_moves',
      by: 'placements',
      caption: { en: 'Number of placements', es: 'Número de colocaciones' },
      head: { en: 'Placements in the year', es: 'Colocaciones en el año' },
    }),
  );
}
