import { type Command, Option } from 'commander';
import type { NightReport } from '../../../etl/night/stage-of-night.ts';
import { NIGHT_STAGES, type NightStage } from '../../../etl/night-stages.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly from?: NightStage;
  readonly until?: NightStage;
  readonly dryRun?: boolean;
  readonly cancel?: boolean;
  readonly ifDue?: boolean;
  readonly requestedBy: string;
  readonly json?: boolean;
}

export function addNightly(program: Command): void {
  program
    .command('nightly')
    .description('the whole night: take in what waits, link, estimate, measure, and release what is due')
    .addOption(new Option('--from <stage>', 'begin with this stage').choices(NIGHT_STAGES))
    .addOption(new Option('--until <stage>', 'end with this stage').choices(NIGHT_STAGES))
    .option('--dry-run', 'judge what waits and say what would be done, and store nothing')
    .option('--cancel', 'ask the night that runs now to end where it is')
    .option('--if-due', 'only if the schedule says that a night is due and nobody else has had it')
    .option('--requested-by <name>', 'who asked for it, as the ledger will keep it', 'command line')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'nightly',
        'nightly --from link --until candidate',
        'nightly --dry-run --json',
        'nightly --cancel',
      ),
    )
    .action(async (options: Options) => {
      const [
        { readSettings },
        { withHub },
        { migrateUp },
        { nightOf, plannedNight },
        { nightIsDue },
        { askNightToEnd },
      ] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../../db/migrate.ts'),
        import('../night.ts'),
        import('../night-clock.ts'),
        import('../../runs/nights.ts'),
      ]);
      const settings = readSettings();
      await withHub(settings, 'nightly', async (hub) => {
        if (options.cancel === true) {
          const run = await askNightToEnd(await hub.as('loader'), options.requestedBy);
          if (options.json) printJson({ run });
          else print('The night was asked to end where it is.');
          return;
        }
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        const stopping = stopAsked();
        const loader = await hub.as('loader');
        const report =
          options.dryRun === true
            ? await plannedNight(hub, settings, options)
            : await nightOf(hub, settings, {
                ...options,
                signal: stopping,
                ...(options.ifDue === true ? { stillDue: () => nightIsDue(loader, settings) } : {}),
                onStage: (stage) => options.json !== true && print(`${stage} …`),
              });
        if (options.json) printJson(report);
        else print(describe(report));
        process.exitCode = exitCodeOf(report);
      });
    });
}

/** The first request to stop ends the night where it is; a second one ends the process at once. */
function stopAsked(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      stop.abort();
    });
  return stop.signal;
}

function describe({ run, stages, release }: NightReport): string {
  const lines = stages.map(
    ({ stage, outcome, rows_in, accepted, rejected, seconds, attempts, reason }) =>
      `${stage.padEnd(9)} ${outcome.padEnd(10)} ${rows_in} in, ${accepted} accepted, ${rejected} rejected, ` +
      `${seconds.toFixed(1)} s${attempts === undefined ? '' : `, begun ${attempts} times`}` +
      (reason === undefined ? '' : `\n          ${reason}`),
  );
  if (run === null) return [...lines, 'Nothing was stored'].join('\n');
  return [...lines, release === null ? 'No new release' : `Release ${release} is made`].join('\n');
}

function exitCodeOf({ stages }: NightReport): number {
  if (stages.some(({ outcome }) => outcome === 'failed')) return 1;
  return stages.some(({ outcome }) => outcome === 'refused') ? 2 : 0;
}
