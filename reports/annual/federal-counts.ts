/** The counts that federal law asks of the State each year (P.L. 113-183). */
import type { Block } from '../blocks/block.ts';
import { byCounty } from '../parts/by-county.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measureOf, measures } from '../parts/measures.ts';

export function federalCounts(edition: Edition): Block[] {
  return chapter(
    edition,
    'federal',
    { en: 'Federal counts', es: 'Recuentos federales' },
    says(edition, {
      en: 'Federal law (P.L. 113-183; 42 USC 671(a)(34)) asks the State for the yearly number of young people known to child welfare who experienced sex trafficking. These are the figures of this release that answer it; the State’s own submission is the official one.',
      es: 'La ley federal (P.L. 113-183; 42 USC 671(a)(34)) pide al Estado el número anual de jóvenes conocidos por bienestar infantil que vivieron trata sexual. Estas son las cifras de esta publicación que lo responden; la entrega del Estado es la oficial.',
    }),
    measures(edition, 'federal-measures', { en: 'Federal counts', es: 'Recuentos federales' }, [
      measureOf(edition, 'identified_by_source', ['system', 'child_welfare'], {
        en: 'Identified by child welfare',
        es: 'Identificados por bienestar infantil',
      }),
      measureOf(edition, 'identified_and_care', ['care_timing', 'before_care'], {
        en: 'Exploited before foster care',
        es: 'Explotación antes del cuidado de crianza',
      }),
      measureOf(edition, 'identified_and_care', ['care_timing', 'during_care'], {
        en: 'Exploited during foster care',
        es: 'Explotación durante el cuidado de crianza',
      }),
      measureOf(edition, 'identified_and_care', ['care_timing', 'while_absent'], {
        en: 'Exploited while absent from placement',
        es: 'Explotación en ausencia de la colocación',
      }),
      'young_people_missing',
    ]),
    byCounty(edition, {
      metric: 'young_people_missing',
      caption: {
        en: 'Young people missing from care, by county',
        es: 'Jóvenes ausentes del cuidado, por condado',
      },
    }),
  );
}
