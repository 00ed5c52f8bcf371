import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { Misuse } from '../../errors.ts';
import type { NextRunsView } from '../next-runs.ts';
import { examples, print, printJson } from '../terminal.ts';

interface HoldOptions {
  readonly because: string;
  readonly until?: Date;
  readonly by: string;
}

export function addSchedule(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('what happens next by itself, what is late, and what is held back')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('schedule', 'schedule --json'))
    .action(async ({ json }: { json?: boolean }) => {
      const [{ readSettings }, { withHub }, { viewNextRuns }, { migrateUp }] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../next-runs.ts'),
        import('../../db/migrate.ts'),
      ]);
      const settings = readSettings();
      const view = await withHub(settings, 'schedule', async (hub) => {
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        return viewNextRuns(hub, settings);
      });
      if (json) printJson(view);
      else print(describe(view));
    });

  schedule
    .command('hold')
    .description('hold something back: night, releases, reports, or "source AGENCY"')
    .argument('<what>')
    .requiredOption('--because <why>', 'why, for everybody who runs the hub to read')
    .option(
      '--until <moment>',
      'until when, such as 2026-12-27T09:00Z; without it, until it is lifted',
      moment,
    )
    .option('--by <name>', 'who holds it back', 'command line')
    .addHelpText(
      'after',
      examples(
        'schedule hold releases --because "counsel reads the new policy"',
        'schedule hold "source CW-1" --because "their system moves" --until 2026-12-27T09:00Z',
      ),
    )
    .action(async (what: string, { because, until, by }: HoldOptions) => {
      await asLoader(async (loader) => {
        const { holdBack } = await import('../../runs/holds.ts');
        await holdBack(loader, { held: what, because, by, ...(until === undefined ? {} : { until }) });
      });
      print(`Held back: ${what}`);
    });

  schedule
    .command('lift')
    .description('let go on what was held back')
    .argument('<what>')
    .option('--by <name>', 'who lifts it', 'command line')
    .addHelpText('after', examples('schedule lift releases', 'schedule lift "source CW-1"'))
    .action(async (what: string, { by }: { by: string }) => {
      await asLoader(async (loader) => {
        const { liftHold } = await import('../../runs/holds.ts');
        await liftHold(loader, what, by);
      });
      print(`Goes on: ${what}`);
    });
}

async function asLoader(work: (loader: DataSource) => Promise<void>): Promise<void> {
  const [{ readSettings }, { withHub }, { migrateUp }] = await Promise.all([
    import('../../config.ts'),
    import('../hub.ts'),
    import('../../db/migrate.ts'),
  ]);
  await withHub(readSettings(), 'schedule', async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    await work(await hub.as('loader'));
  });
}

function describe({ runs }: NextRunsView): string {
  const time = (moment: Date | null): string =>
    moment === null ? 'not known'.padEnd(17) : `${moment.toISOString().slice(0, 16)}Z`;
  const rows = runs.map(
    ({ what, last, next, state, because }) =>
      `${what.padEnd(28)} ${state.padEnd(9)} next ${time(next)}  last ${time(last)}${because === null ? '' : `  (${because})`}`,
  );
  return rows.join('\n');
}

function moment(text: string): Date {
  const found = new Date(text);
  if (Number.isNaN(found.getTime()))
    throw new Misuse('MOMENT', `${text}: a moment is asked for, such as 2026-12-27T09:00Z`);
  return found;
}
