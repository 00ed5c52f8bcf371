import type { Command } from 'commander';
import { examples, print } from '../terminal.ts';

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description(
      'have the nights and do the jobs that people ask for, beside a hub with TESSERA_WORK=workers',
    )
    .addHelpText('after', examples('worker   # with DATABASE_URL and the data folder of the hub'))
    .action(async () => {
      const [
        { readSettings },
        { openLog },
        { withHub },
        { keepNights },
        { jobQueue },
        { Misuse },
        { migrateUp },
        { setPriority, constants },
      ] = await Promise.all([
        import('../../config.ts'),
        import('../log.ts'),
        import('../hub.ts'),
        import('../night-clock.ts'),
        import('../server/job-queue.ts'),
        import('../../errors.ts'),
        import('../../db/migrate.ts'),
        import('node:os'),
      ]);
      const settings = readSettings();
      if (settings.databaseUrl === undefined)
        throw new Misuse(
          'WORKER_DATABASE',
          'The embedded database belongs to one hub, which does its work itself.',
          {
            remedy: 'Set DATABASE_URL for hub and workers, or leave the workers out.',
          },
        );
      setPriority(constants.priority.PRIORITY_LOW);
      const log = openLog(settings);
      await withHub(settings, 'worker', async (hub) => {
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        await hub.leave('owner');
        const api = await hub.as('api');
        const jobs = jobQueue(api, log);
        const nights = keepNights(api, settings, log);
        jobs.begin();
        print(`Working for ${hub.database.target.label}`);
        await new Promise<void>((resolve) => {
          process.once('SIGTERM', resolve);
          process.once('SIGINT', resolve);
        });
        await nights.stop();
        await jobs.close();
      });
    });
}
