/** Who was served, with what, how soon, and with what outcome. */
import type { Block } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { chapter, paragraph, says, section } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measures } from '../parts/measures.ts';
import { sentence } from '../parts/say.ts';

export function services(edition: Edition): Block[] {
  const { book } = edition;
  const step = (code: string) => book.member('needs_by_step', 'step', code);
  return chapter(
    edition,
    'services',
    { en: 'Services', es: 'Servicios' },
    paragraph(
      sentence(
        edition,
        {
          en: '{n} young people were served in {year}.',
          es: '{n} jóvenes recibieron servicios en {year}.',
        },
        {
          n: book.breakdown('young_people_served', 'served_by')?.total ?? book.total('young_people_served'),
          year: edition.year,
        },
      ),
      sentence(
        edition,
        {
          en: 'Agencies found {found} needs; for {received} of them a service was accepted and began, and {unmet} went without one.',
          es: 'Las agencias encontraron {found} necesidades; para {received} de ellas se aceptó y comenzó un servicio, y {unmet} quedaron sin servicio.',
        },
        { found: step('found'), received: step('received'), unmet: step('unmet') },
      ),
    ),
    breakdown(edition, {
      metric: 'young_people_served',
      by: 'served_by',
      caption: { en: 'Young people served', es: 'Jóvenes atendidos' },
      head: { en: 'Served by', es: 'Atendidos por' },
    }),
    section(edition, 'services-needs', { en: 'From need to service', es: 'De la necesidad al servicio' }),
    breakdown(edition, {
      metric: 'needs_by_step',
      by: 'step',
      caption: { en: 'Needs, by step', es: 'Necesidades, por paso' },
      head: { en: 'Step', es: 'Paso' },
      pictured: 'steps',
    }),
    breakdown(edition, {
      metric: 'needs_received',
      by: 'area',
      caption: {
        en: 'Needs answered by a service, by area',
        es: 'Necesidades atendidas por un servicio, por área',
      },
      head: { en: 'Area of need', es: 'Área de necesidad' },
      broad: true,
    }),
    section(edition, 'services-type', { en: 'Kinds of service', es: 'Tipos de servicio' }),
    breakdown(edition, {
      metric: 'services_by_phase',
      by: 'phase',
      caption: { en: 'Services, by phase of care', es: 'Servicios, por fase de atención' },
      head: { en: 'Phase', es: 'Fase' },
      pictured: 'bars',
    }),
    section(edition, 'services-time', {
      en: 'How soon, how long, and what came of it',
      es: 'Qué tan pronto, cuánto tiempo y con qué resultado',
    }),
    measures(
      edition,
      'services-measures',
      { en: 'Time and outcome of services', es: 'Tiempo y resultado de los servicios' },
      [
        'time_to_service',
        'served_within_30_days',
        'immediate_needs_answered',
        'continuing_support',
        'has_safety_plan',
      ],
    ),
    says(edition, {
      en: 'A service that a young person declined is not one that failed: an offer stays open.',
      es: 'Un servicio que una persona joven no aceptó no es un servicio fallido: la oferta sigue abierta.',
    }),
  );
}
