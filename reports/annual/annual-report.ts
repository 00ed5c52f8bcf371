/** The annual report to the State: its chapters, in the order in which they are read. */
import type { Block, Report } from '../blocks/block.ts';
import { definitionsOf, notesOf } from '../parts/definitions.ts';
import type { Edition } from '../parts/edition.ts';
import { MADE_UP } from '../parts/picture.ts';
import { text } from '../parts/say.ts';
import { comparison } from './comparison.ts';
import { cover } from './cover.ts';
import { crossover } from './crossover.ts';
import { dataQuality } from './data-quality.ts';
import { education } from './education.ts';
import { exploitationAndCare } from './exploitation-and-care.ts';
import { federalCounts } from './federal-counts.ts';
import { gaps } from './gaps.ts';
import { health } from './health.ts';
import { identified } from './identified.ts';
import { methods } from './methods.ts';
import { missing } from './missing.ts';
import { placements } from './placements.ts';
import { practices } from './practices.ts';
import { prevalence } from './prevalence.ts';
import { prevention } from './prevention.ts';
import { protocol } from './protocol.ts';
import { reportsInTime } from './reports-in-time.ts';
import { screening } from './screening.ts';
import { services } from './services.ts';
import { summary } from './summary.ts';
import { teamMeetings } from './team-meetings.ts';
import { training } from './training.ts';

const chapters: readonly ((edition: Edition) => readonly Block[])[] = [
  summary,
  identified,
  exploitationAndCare,
  services,
  teamMeetings,
  screening,
  missing,
  placements,
  education,
  health,
  crossover,
  prevalence,
  training,
  prevention,
  practices,
  gaps,
  protocol,
  comparison,
  federalCounts,
  reportsInTime,
  dataQuality,
  methods,
];

export function annualReport(edition: Edition): Report {
  const { place, year, release, writing, madeUp } = edition;
  const state = text(edition, STATES[release.state === 'final' ? 'final' : 'provisional']);
  const title = text(edition, TITLE);
  const front = cover(edition);
  const blocks = chapters.flatMap((write) => write(edition));
  return {
    name: `annual-${place.county ?? 'state'}-${year}`,
    language: writing.language,
    title,
    subtitle:
      place.county === undefined
        ? text(edition, { en: `State of California, ${year}`, es: `Estado de California, ${year}` })
        : text(edition, { en: `County of ${place.name}, ${year}`, es: `Condado de ${place.name}, ${year}` }),
    author: 'Tessera',
    running: text(edition, {
      en: `${place.name}, ${year} · release ${release.number} (${state}), closed ${release.closedOn}`,
      es: `${place.name}, ${year} · publicación ${release.number} (${state}), cerrada el ${release.closedOn}`,
    }),
    contents: text(edition, { en: 'Contents', es: 'Contenido' }),
    madeUp: madeUp ? text(edition, MADE_UP) : undefined,
    day: release.closedOn,
    cover: front,
    blocks,
    definitions: definitionsOf(edition, blocks),
    notes: notesOf(edition, title),
  };
}

const TITLE = {
  en: 'Annual report on the commercial sexual exploitation of children',
  es: 'Informe anual sobre la explotación sexual comercial de niños, niñas y adolescentes',
};

const STATES = {
  final: { en: 'final', es: 'definitiva' },
  provisional: { en: 'provisional', es: 'provisional' },
} as const;
