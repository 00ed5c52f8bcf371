import { type Command, Option } from 'commander';
import { NIGHT_STAGES, type NightStage } from '../../../etl/night-stages.ts';
import type { NightReport } from '../../../etl/pipeline.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly from?: NightStage;
  readonly until?: NightStage;
  readonly dryRun?: boolean;
  readonly requestedBy: string;
  readonly json?: boolean;
}

export function addNightly(program: Command): void {
  program
    .command('nightly')
    .description('the whole night: take in what waits in the inbox, link, measure, and release what is due')
    .addOption(new Option('--from <stage>', 'begin with this stage').choices(NIGHT_STAGES))
    .addOption(new Option('--until <stage>', 'end with this stage').choices(NIGHT_STAGES))
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--requested-by <name>', 'who asked for it, as the ledger will keep it', 'command line')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('nightly', 'nightly --from link --until measure', 'nightly --dry-run --json'),
    )
    .action(async (options: Options) => {
      const [{ readSettings }, { withHub }, { migrateUp }, { nightOf, inboxOf }, pipeline, inbox] =
        await Promise.all([
          import('../../config.ts'),
          import('../hub.ts'),
          import('../../db/migrate.ts'),
          import('../night.ts'),
          import('../../../etl/pipeline.ts'),
          import('../../../etl/receive/inbox.ts'),
        ]);
      const settings = readSettings();
      const stages = pipeline.plannedStages(options);
      await withHub(settings, 'nightly', async (hub) => {
        if (options.dryRun === true) {
          const deliveries = await inbox.waitingDeliveries(inboxOf(hub, settings));
          if (options.json) printJson({ stages, deliveries: deliveries.length });
          else print(`Would do ${stages.join(', ')}; ${deliveries.length} deliveries wait`);
          return;
        }
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        const report = await nightOf(hub, settings, {
          ...options,
          onStage: (stage) => options.json !== true && print(`${stage} …`),
        });
        if (options.json) printJson(report);
        else print(describe(report));
        process.exitCode = exitCodeOf(report);
      });
    });
}

function describe({ stages, release }: NightReport): string {
  const lines = stages.map(
    ({ stage, outcome, rows_in, accepted, rejected, seconds, reason }) =>
      `${stage.padEnd(8)} ${outcome.padEnd(10)} ${rows_in} in, ${accepted} accepted, ${rejected} rejected, ` +
      `${seconds.toFixed(1)} s${reason === undefined ? '' : `\n         ${reason}`}`,
  );
  return [...lines, release === null ? 'No new release' : `Release ${release} is made`].join('\n');
}

function exitCodeOf({ stages }: NightReport): number {
  if (stages.some(({ outcome }) => outcome === 'failed')) return 1;
  return stages.some(({ outcome }) => outcome === 'refused') ? 2 : 0;
}
