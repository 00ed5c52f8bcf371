/** What a steering committee looks at together: eight pages at most, pictures first, and what it has to decide. */
import type { Block, Report } from '../blocks/block.ts';
import { isQuarter } from '../figures/book.ts';
import { breakdown } from '../parts/breakdown.ts';
import { callout, chapter, list, says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { sharesPictured } from '../parts/measures-picture.ts';
import { reportOf } from '../parts/report-of.ts';
import { say } from '../parts/say.ts';
import { trend } from '../parts/trend.ts';
import type { Bilingual } from '../words/language.ts';

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
    isQuarter(edition.year)
      ? { en: 'What changed this quarter', es: 'Qué cambió este trimestre' }
      : { en: 'What changed', es: 'Qué cambió' },
    sinceLast(edition),
    trend(edition, OVER[isQuarter(edition.year) ? 'quarters' : 'years'], [
      'identified',
      'young_people_missing',
      'screenings',
    ]),
  );
}

const OVER = {
  years: { en: 'Over the years', es: 'A lo largo de los años' },
  quarters: { en: 'Quarter by quarter', es: 'Trimestre a trimestre' },
} as const;

/** Beside the period before; a pack of a year says how one of a quarter comes about. */
function sinceLast(edition: Edition): Block[] {
  const { book, year } = edition;
  const before = book.earlier.at(-1);
  const said = (words: Bilingual, metric: string): Block =>
    says(edition, words, {
      now: year,
      before: before ?? '–',
      n: book.total(metric),
      m: book.total(metric, before),
    });
  return [
    ...(before === undefined
      ? []
      : [
          said(
            {
              en: 'In {now}, {n} young people were identified; in {before} it was {m}.',
              es: 'En {now} se identificó a {n} jóvenes; en {before} fueron {m}.',
            },
            'identified',
          ),
          said(
            {
              en: '{n} were missing from care at some time; in {before} it was {m}.',
              es: '{n} estuvieron ausentes del cuidado en algún momento; en {before} fueron {m}.',
            },
            'young_people_missing',
          ),
        ]),
    ...(isQuarter(year)
      ? []
      : [
          says(edition, {
            en: 'This pack tells of a whole year. One of a quarter is made of the release of that quarter.',
            es: 'Esta carpeta trata de un año entero. La de un trimestre se hace con la publicación de ese trimestre.',
          }),
        ]),
  ];
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
      ['engaged_in_time', 'initial_team_in_time', 'ongoing_team_in_time', 'missing_reported_in_time'],
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
  const { book } = edition;
  const quarterly = isQuarter(edition.year);
  return chapter(
    edition,
    'screening',
    { en: 'Screening and training', es: 'Detección y capacitación' },
    sharesPictured(
      edition,
      'pack-screening',
      { en: 'Screened, followed up, trained', es: 'Detección, seguimiento, capacitación' },
      [
        'screening_coverage',
        'screening_follow_up',
        // Counted by years alone: a pack of a quarter says it in a sentence.
        ...(quarterly ? [] : ['mandated_staff_trained']),
      ],
    ),
    quarterly && book.lastYear !== undefined
      ? says(
          edition,
          {
            en: 'At the end of {year}, {share} of the staff who must be trained were.',
            es: 'Al final de {year}, el {share} del personal que debe capacitarse lo estaba.',
          },
          { year: book.lastYear, share: book.total('mandated_staff_trained', book.lastYear) },
        )
      : [],
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
