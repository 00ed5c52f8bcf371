/** docs/reliability.md, written by the run that it reports. */
import { cpus } from 'node:os';
import type { Struck } from '../support/killed-night.ts';

export interface Results {
  readonly seed: number;
  readonly kills: number;
  readonly minutes: number;
  readonly nights: number;
  readonly struck: readonly Struck[];
  readonly fulls: readonly { readonly stage: string; readonly outcome: string }[] | undefined;
  readonly restarts: readonly { readonly stage: string; readonly outcome: string }[];
  readonly files: readonly { readonly what: string; readonly outcome: string }[];
}

export function reliabilityPage(results: Results): string {
  const { seed, kills, minutes, nights, struck, fulls, restarts, files } = results;
  const blows = [...new Set(struck.map(({ blow }) => blow))];
  const stages = [...new Set(struck.map(({ stage }) => stage))];
  const count = (stage: string, blow: string): number =>
    struck.filter((one) => one.stage === stage && one.blow === blow).length;
  return [
    '# Reliability',
    '',
    'What happens to a night when its process is killed, its database dies or restarts, its disk is full, or a source sends what it',
    'should not. This page is written by the run that it reports: `npm run torture -- --short`, without an option, or `--long`',
    '(20, 100 or 500 blows). A small made-up state is taken in, linked, estimated and measured; the release, which is signed in one',
    'transaction, has a test of its own (`test/etl/publish-kill.test.ts`), and so have uploads and single loads',
    '(`npm run torture -- intake`).',
    '',
    `The last run: ${new Date().toISOString().slice(0, 10)}, seed ${seed}, ${cpus().length} processors, ${minutes} minutes.`,
    '',
    '## Killed',
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
    '## Not tried by this run',
    '',
    'Clocks that jump, the two days on which they change, downtime and blackouts are tests of the calendar (`test/etl/schedule`). Two years of',
    'nights and eight hours of load are not part of any run yet.',
    '',
  ].join('\n');
}

function table(rows: readonly { readonly stage: string; readonly outcome: string }[]): string[] {
  return [
    '| at the stage | what became of the night |',
    '|---|---|',
    ...rows.map(({ stage, outcome }) => `| ${stage} | ${outcome} |`),
  ];
}
