import type { Command } from 'commander';
import type { Status } from '../status.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('show the hub, its database, its release and its newest runs')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('status', 'status --json'))
    .action(async (options: { json?: boolean }) => {
      const [{ readSettings }, { withHub }, { readStatus }] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../status.ts'),
      ]);
      const status = await withHub(readSettings(), 'status', readStatus);
      if (options.json) printJson(status);
      else print(describe(status));
    });
}

function describe(status: Status): string {
  const { hub, database, release, runs, night, alerts, holds } = status;
  const lines = [
    `Tessera ${status.version}, ${hub.running ? `running as process ${hub.pid} since ${hub.since}` : 'not running'}`,
    `PostgreSQL ${database.version} (${database.embedded ? 'embedded' : 'given'}) at ${database.at}`,
    `${database.migrations.applied} migrations applied, ${database.migrations.pending} pending`,
    release === null
      ? 'No release yet'
      : `Release ${release.number} (${release.state}, period closed ${release.closedOn}, known on ${release.knownOn}) ` +
        `is what every surface shows since ${release.publishedAt.slice(0, 16)}Z`,
    ...(night === null ? [] : [lastNight(night)]),
    ...alerts.map(
      ({ level, words, since }) => `${level.toUpperCase()} since ${since.slice(0, 16)}Z: ${words}`,
    ),
    ...holds.map(({ held, because }) => `Held back: ${held} (${because})`),
    runs.length === 0 ? 'No runs yet' : 'Newest runs:',
  ];
  for (const run of runs) {
    lines.push(`  ${run.startedAt.slice(0, 19)}  ${run.kind.padEnd(12)} ${run.outcome}`);
    for (const stage of run.stages) {
      lines.push(
        `    ${stage.stage.padEnd(20)} ${stage.outcome.padEnd(12)} ${stage.rowsIn} in, ${stage.accepted} accepted, ${stage.rejected} rejected`,
      );
    }
  }
  return lines.join('\n');
}

function lastNight({ startedAt, outcome, stage, code }: NonNullable<Status['night']>): string {
  const where = outcome === 'succeeded' || stage === null ? '' : ` at ${stage}`;
  return `The night of ${startedAt.toISOString().slice(0, 16)}Z: ${outcome}${where}${code === null ? '' : ` (${code})`}`;
}
