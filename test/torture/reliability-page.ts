/** docs/reliability.md, written by the runs that it reports. Pure. */
import type { AllKept, Kept } from './results.ts';

export function reliabilityPage({ night, months, load }: AllKept): string {
  return [
    '# Reliability',
    '',
    'What happens to a night when its process is killed, its database dies or restarts, its disk is full, or a source sends what it',
    'should not; to two years of nights; and to a hub that answers meanwhile. This page is written by the runs that it reports: `npm run',
    'torture -- night`, `months` or `load`, each `--short`, without an option, or `--long`. A small made-up state is taken in, linked,',
    'estimated and measured; the release, which is signed in one transaction, has a test of its own (`test/etl/publish-kill.test.ts`), and so',
    'have single loads (`npm run torture -- intake`). Clocks that jump, the two days on which they change, downtime and blackouts are tests',
    'of the calendar (`test/etl/schedule`).',
    '',
    ...(night === undefined ? ['No run of `night` has been kept.', ''] : nightSection(night)),
    ...(months === undefined ? ['No run of `months` has been kept.', ''] : monthsSection(months)),
    ...(load === undefined ? ['No run of `load` has been kept.', ''] : loadSection(load)),
  ].join('\n');
}

function nightSection(run: Kept<'night'>): string[] {
  const { kills, nights, struck, fulls, restarts, files } = run;
  const blows = [...new Set(struck.map(({ blow }) => blow))];
  const stages = [...new Set(struck.map(({ stage }) => stage))];
  const count = (stage: string, blow: string): number =>
    struck.filter((one) => one.stage === stage && one.blow === blow).length;
  return [
    '## Killed',
    '',
    when('night', run),
    '',
    `${struck.length} blows of ${kills} that were asked for fell on ${nights} nights; the others came when their stage was over.`,
    'Every night was had to its end afterwards. Its candidate, the linkage, the deliveries and their counts were those of an',
    'undisturbed night, byte for byte by their hashes.',
    '',
    `| the night was at | ${blows.join(' | ')} |`,
    `|---|${blows.map(() => '---:|').join('')}`,
    ...stages.map((stage) => `| ${stage} | ${blows.map((blow) => count(stage, blow)).join(' | ')} |`),
    '',
    '`night` kills the process with SIGKILL; `database` kills the server, which is started again, and the process once it has tried again',
    'what that stopped; `everything` kills both at once.',
    '',
    '## The database restarts',
    '',
    ...table(restarts),
    '',
    '## The disk is full',
    '',
    ...(fulls === undefined
      ? ['Not tried in this run: it needs the right to mount a disk of its own.']
      : [
          'The disk of the database has less than a mebibyte left when the stage begins. Room is made after four seconds.',
          '',
          ...table(fulls),
        ]),
    '',
    '## A source sends what it should not',
    '',
    '| what | what became of it |',
    '|---|---|',
    ...files.map(({ what, outcome }) => `| ${what} | ${outcome} |`),
    '',
  ];
}

function monthsSection(run: Kept<'months'>): string[] {
  return [
    '## Months of nights with late corrections',
    '',
    when('months', run),
    '',
    `${run.nights} nights over ${run.months} simulated months, in each of which up to three agencies corrected, withdrew or brought back rows that they`,
    `had sent long before. The candidate of the last one, ${run.figures} figures, was byte for byte that of a hub which had all of it in one night. The`,
    `process held ${run.memory.join(', ')} MiB in the first, second and last third of the nights.`,
    '',
  ];
}

function loadSection(run: Kept<'load'>): string[] {
  return [
    '## Questions while nights run',
    '',
    when('load', run),
    '',
    `A hub answered ${run.questions} questions at ${run.perSecond} a second, every one of them, while ${run.nights} nights ran beside it one after the other. Its own`,
    `process held ${run.memory.join(', ')} MiB in the first, second and last third of the time.`,
    '',
  ];
}

function when(what: string, { on, seed, processors, minutes }: Kept<'night' | 'months' | 'load'>): string {
  return `\`npm run torture -- ${what}\` on ${on}: seed ${seed}, ${processors} processors, ${minutes} minutes.`;
}

function table(rows: readonly { readonly stage: string; readonly outcome: string }[]): string[] {
  return [
    '| at the stage | what became of the night |',
    '|---|---|',
    ...rows.map(({ stage, outcome }) => `| ${stage} | ${outcome} |`),
  ];
}
