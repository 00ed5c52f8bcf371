/** What was done so that it does not happen: programs, awareness, and activity against demand. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';

export function prevention(edition: Edition): Block[] {
  const { book } = edition;
  return chapter(
    edition,
    'prevention',
    { en: 'Prevention', es: 'Prevención' },
    says(
      edition,
      {
        en: 'Prevention programs reached {reach} participants in {year}, and {completed} of those who began a program completed it. Awareness events reached {aware} people.',
        es: 'Los programas de prevención llegaron a {reach} participantes en {year}, y el {completed} de quienes comenzaron un programa lo terminó. Los eventos de concientización llegaron a {aware} personas.',
      },
      {
        reach: book.total('prevention_reach'),
        completed: book.total('prevention_completed'),
        aware: book.total('awareness_reach'),
        year: edition.year,
      },
    ),
    breakdown(edition, {
      metric: 'prevention_reach',
      by: 'audience',
      caption: { en: 'Participants in prevention programs', es: 'Participantes en programas de prevención' },
      head: { en: 'Audience', es: 'Público' },
    }),
    breakdown(edition, {
      metric: 'activity_against_demand',
      by: 'activity',
      caption: { en: 'Activity against demand', es: 'Acciones contra la demanda' },
      head: { en: 'Activity', es: 'Acción' },
    }),
  );
}
