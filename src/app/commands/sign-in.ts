import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';
import { type RoleOptions, roleIn, withRoleOptions } from './role-options.ts';

export function addSignIn(program: Command): void {
  const command = program
    .command('signin')
    .description('make a link that signs a browser in, once and within a quarter of an hour');
  withRoleOptions(command)
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('signin --role steward', 'signin --role county-analyst --county 06037 --json'),
    )
    .action(async (options: RoleOptions & { json?: boolean }) => {
      const [{ asGatekeeper }, { makeSignInAddress }] = await Promise.all([
        import('../as-gatekeeper.ts'),
        import('../sign-in-address.ts'),
      ]);
      const url = await asGatekeeper('signin', (gate, hub, settings) =>
        makeSignInAddress(gate, roleIn(options), hub.database.dataDir, settings),
      );
      if (options.json) printJson({ url });
      else print(url);
    });
}
