/** The annual report to the State: its chapters, in the order in which they are read. */
import type { Block, Report } from '../blocks/block.ts';
import type { Edition } from '../parts/edition.ts';
import { reportOf } from '../parts/report-of.ts';
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
import { ownChapters } from './own-chapters.ts';
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
  ownChapters,
  gaps,
  protocol,
  comparison,
  federalCounts,
  reportsInTime,
  dataQuality,
  methods,
];

export function annualReport(edition: Edition): Report {
  return reportOf(edition, {
    name: 'annual',
    title: {
      en: 'Annual report on the commercial sexual exploitation of children',
      es: 'Informe anual sobre la explotación sexual comercial de niños, niñas y adolescentes',
    },
    cover: cover(edition),
    blocks: chapters.flatMap((write) => write(edition)),
  });
}
