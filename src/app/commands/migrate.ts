import type { Command } from 'commander';
import type { MigrationState } from '../../db/migrate.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this release’s schema, or undo its newest step')
    .option('--down', 'undo the newest migration')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('migrate', 'migrate --down', 'migrate --json'))
    .action(async (options: { down?: boolean; json?: boolean }) => {
      const [{ readSettings }, { withHub }, { migrateDown, migrateUp }] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../../db/migrate.ts'),
      ]);
      await withHub(readSettings(), 'migrate', async (hub) => {
        const owner = await hub.as('owner');
        const state = options.down
          ? await migrateDown(owner)
          : await migrateUp(owner, hub.database.target.roleSecret);
        if (options.json) printJson(state);
        else print(describe(state));
      });
    });
}

function describe({ applied, pending }: MigrationState): string {
  const newest = applied.at(-1) ?? 'none';
  return `${applied.length} migrations applied, the newest ${newest}; ${pending.length} pending`;
}
