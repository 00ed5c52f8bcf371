/** What a steering committee looks at together: eight pages at most, pictures first, and what it has to decide. */
import type { Block, Report } from '../blocks/block.ts';
import { breakdown } from '../parts/breakdown.ts';
import { callout, chapter, list } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { measure } from '../parts/measures.ts';
import { sharesPictured } from '../parts/measures-picture.ts';
import { reportOf } from '../parts/report-of.ts';
import { say } from '../parts/say.ts';
import { trend } from '../parts/trend.ts';

export function steeringPack(edition: Edition): Report {
  return reportOf(edition, {
    name: 'pack',
    title: { en: 'Steering committee pack', es: 'Carpeta del comité directivo' },
    short: true,
    cover: [],
    blocks: [changed, clocks, placements, missing, screeningAndTraining, gaps, decisions].flatMap((write) =>
      write(edition),
    ),
  });
}

function changed(edition: Edition): Block[] {
  return chapter(
    edition,
    'changed',
    { en: 'What changed', es: 'Qué cambió' },
    trend(edition, { en: 'Over the years', es: 'A lo largo de los años' }, [
      measure(edition, 'identified', { en: 'Young people identified', es: 'Jóvenes identificados' }),
      measure(edition, 'young_people_missing', { en: 'Missing from care', es: 'Ausentes del cuidado' }),
      measure(edition, 'screenings', { en: 'Screenings', es: 'Detecciones' }),
    ]),
  );
}

function clocks(edition: Edition): Block[] {
  return chapter(
    edition,
    'clocks',
    { en: 'The clocks', es: 'Los plazos' },
    sharesPictured(
      edition,
      'pack-clocks',
      { en: 'Response within its time', es: 'Respuesta dentro del plazo' },
      [
        measure(edition, 'engaged_in_time', {
          en: 'Somebody there within 2 hours',
          es: 'Alguien presente en 2 horas',
        }),
        measure(edition, 'initial_team_in_time', {
          en: 'First team meeting within 10 days',
          es: 'Primera reunión en 10 días',
        }),
        measure(edition, 'ongoing_team_in_time', {
          en: 'Team met again within a month',
          es: 'Nueva reunión en un mes',
        }),
        measure(edition, 'missing_reported_in_time', {
          en: 'Law enforcement told within 24 hours',
          es: 'Aviso a la policía en 24 horas',
        }),
      ],
    ),
  );
}

function placements(edition: Edition): Block[] {
  return chapter(
    edition,
    'placements',
    { en: 'Where young people are placed', es: 'Dónde están colocados los jóvenes' },
    breakdown(edition, {
      metric: 'placement_types',
      by: 'kind',
      caption: { en: 'Young people, by kind of placement', es: 'Jóvenes, por tipo de colocación' },
      head: { en: 'Kind of placement', es: 'Tipo de colocación' },
    }),
  );
}

function missing(edition: Edition): Block[] {
  return chapter(
    edition,
    'missing',
    { en: 'Missing from care', es: 'Ausencias del cuidado' },
    breakdown(edition, {
      metric: 'exploited_while_missing',
      by: 'exploited',
      caption: {
        en: 'Times missing, by whether exploitation was learned of',
        es: 'Ausencias, según si se supo de explotación',
      },
      head: { en: 'Exploitation learned of', es: 'Se supo de explotación' },
      pictured: 'bars',
    }),
  );
}

function screeningAndTraining(edition: Edition): Block[] {
  return chapter(
    edition,
    'screening',
    { en: 'Screening and training', es: 'Detección y capacitación' },
    sharesPictured(
      edition,
      'pack-screening',
      { en: 'Screened, followed up, trained', es: 'Detección, seguimiento, capacitación' },
      [
        measure(edition, 'screening_coverage', {
          en: 'Coverage of screening',
          es: 'Cobertura de la detección',
        }),
        measure(edition, 'screening_follow_up', {
          en: 'Screenings with concern followed up',
          es: 'Detecciones con seguimiento',
        }),
        measure(edition, 'mandated_staff_trained', {
          en: 'Staff who must be trained',
          es: 'Personal que debe capacitarse',
        }),
      ],
    ),
  );
}

function gaps(edition: Edition): Block[] {
  return chapter(
    edition,
    'gaps',
    { en: 'Gaps', es: 'Carencias' },
    breakdown(edition, {
      metric: 'unmet_reasons',
      by: 'reason',
      caption: { en: 'Why needs were not met', es: 'Por qué no se atendieron las necesidades' },
      head: { en: 'Reason', es: 'Motivo' },
      pictured: 'bars',
    }),
  );
}

/** What parties undertook and have not done: the register knows, and nothing is made up for an agenda. */
function decisions(edition: Edition): Block[] {
  const open = edition.register.filter(
    ({ kind, content }) =>
      kind === 'responsibility' && content['status'] !== 'done' && content['status'] !== 'dropped',
  );
  const parties = edition.contracts.codeLists.get('party')?.codes ?? [];
  return chapter(
    edition,
    'decisions',
    { en: 'Decisions needed', es: 'Decisiones necesarias' },
    open.length === 0
      ? callout(
          edition,
          { en: 'Nothing open', es: 'Nada pendiente' },
          say(edition, {
            en: 'The register holds no undertaking of a party that is still open.',
            es: 'El registro no contiene compromisos de las partes que sigan pendientes.',
          }),
        )
      : list(
          ...open.map(({ content }) => [
            `${parties.find(({ code }) => code === content['party'])?.label ?? ''}: ${textOf(content['duty'])} (${textOf(content['due_on'])})`,
          ]),
        ),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '–';
}
