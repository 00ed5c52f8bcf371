import type { Command } from 'commander';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('load a made-up state into the hub; the first start does it by itself, in the background')
    .option('--size <size>', 'demo, or test for a few hundred young people', 'demo')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('demo', 'demo --size test --json'))
    .action(async (options: { size: string; json?: boolean }) => {
      const { size } = options;
      if (size !== 'demo' && size !== 'test') throw new Misuse('SIZE', '--size is either demo or test');
      const [{ readSettings }, { withHub }, { migrateUp }, { loadDemo, wantsDemo }] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../../db/migrate.ts'),
        import('../demo.ts'),
      ]);
      const loaded = await withHub(readSettings(), 'demo', async (hub) => {
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        if (!(await wantsDemo(await hub.as('api')))) return false;
        await loadDemo(hub, size, (line) => options.json !== true && print(line));
        return true;
      });
      if (options.json) printJson({ outcome: loaded ? 'loaded' : 'unchanged' });
      else
        print(
          loaded
            ? 'The made-up state is loaded'
            : 'The hub holds the demo already, or agencies of its own; nothing changed',
        );
    });
}
