import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';

export function addAlerts(program: Command): void {
  program
    .command('alerts')
    .description('what is wrong with the hub, from when on; the words hold no count of rows')
    .option('--look', 'look now, and tell whoever the schedule names; a running hub does it by itself')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('alerts', 'alerts --look --json'))
    .action(async (options: { look?: boolean; json?: boolean }) => {
      const [{ readSettings }, { withHub }, { migrateUp }, { watchOver }, { readSchedule }, { openAlerts }] =
        await Promise.all([
          import('../../config.ts'),
          import('../hub.ts'),
          import('../../db/migrate.ts'),
          import('../watch-over.ts'),
          import('../../../etl/schedule/schedule-file.ts'),
          import('../../../etl/alerts/kept-alerts.ts'),
        ]);
      const settings = readSettings();
      const alerts = await withHub(settings, 'alerts', async (hub) => {
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        if (options.look === true) await watchOver(hub, settings, readSchedule(settings.schedule));
        return openAlerts(await hub.as('loader'));
      });
      if (options.json) return printJson(alerts);
      if (alerts.length === 0) print('Nothing is wrong that the schedule asks about.');
      for (const { level, words, raisedAt } of alerts)
        print(`${level.padEnd(8)} since ${raisedAt.toISOString().slice(0, 16)}Z: ${words}`);
    });
}
