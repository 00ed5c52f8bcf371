/** The multidisciplinary team against the clocks of the protocol. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { byCounty } from '../parts/by-county.ts';
import { chapter, paragraph } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';
import { sentence } from '../parts/say.ts';

export function teamMeetings(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'team',
    { en: 'The team and its clocks', es: 'El equipo y sus plazos' },
    paragraph(
      sentence(
        edition,
        {
          en: '{initial} of first team meetings were held within ten days.',
          es: 'El {initial} de las primeras reuniones del equipo se celebró en un plazo de diez días.',
        },
        { initial: book.total('initial_team_in_time') },
      ),
      sentence(
        edition,
        {
          en: 'In {engaged} of crises somebody was with the young person within two hours, and {support} had support through the first 72 hours.',
          es: 'En el {engaged} de las crisis alguien estuvo con la persona joven en un plazo de dos horas, y en el {support} hubo apoyo durante las primeras 72 horas.',
        },
        { engaged: book.total('engaged_in_time'), support: book.total('supported_through_crisis') },
      ),
    ),
    measures(
      edition,
      'clock-measures',
      { en: 'Response within its time', es: 'Respuesta dentro del plazo' },
      [
        'engaged_in_time',
        'supported_through_crisis',
        'initial_team_in_time',
        'ongoing_team_in_time',
        'team_reconvened',
        'required_parties_at_meetings',
        'young_people_at_meetings',
      ],
    ),
    breakdown(edition, {
      metric: 'initial_team_days',
      by: 'days',
      caption: { en: 'Days until the first team meeting', es: 'Días hasta la primera reunión del equipo' },
      head: { en: 'Days', es: 'Días' },
      pictured: 'bars',
    }),
    byCounty(edition, {
      metric: 'initial_team_in_time',
      caption: {
        en: 'First team meeting within ten days, by county',
        es: 'Primera reunión del equipo en diez días, por condado',
      },
    }),
  );
}
