/** Two pages for legislators: what the year was, in the words and numbers of the annual report. */

import { helpLines } from '../annual/cover.ts';
import { summary } from '../annual/summary.ts';
import type { Report } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';
import { reportOf } from '../parts/report-of.ts';

export function legislativeBrief(edition: Edition): Report {
  return reportOf(edition, {
    name: 'brief',
    title: {
      en: 'Commercial sexual exploitation of children: a brief',
      es: 'Explotación sexual comercial de niños, niñas y adolescentes: resumen',
    },
    short: true,
    cover: [],
    blocks: [
      ...summary(edition),
      ...chapter(
        edition,
        'who',
        { en: 'Who identified them', es: 'Quién los identificó' },
        breakdown(edition, {
          metric: 'identified_by_source',
          by: 'system',
          caption: { en: 'Young people identified, by source', es: 'Jóvenes identificados, por fuente' },
          head: { en: 'Source', es: 'Fuente' },
        }),
      ),
      ...chapter(
        edition,
        'response',
        { en: 'The response', es: 'La respuesta' },
        measures(edition, 'brief-measures', { en: 'Response and resources', es: 'Respuesta y recursos' }, [
          'initial_team_in_time',
          'served_within_30_days',
          'missing_reported_in_time',
          'mandated_staff_trained',
          'placed_in_csec_placement',
        ]),
        says(edition, {
          en: 'Identified is not the same as exploited: the figures show what agencies found.',
          es: 'Identificado no es lo mismo que explotado: las cifras muestran lo que las agencias encontraron.',
        }),
        helpLines(edition),
      ),
    ],
  });
}
