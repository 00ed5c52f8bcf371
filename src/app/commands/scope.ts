import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { StageResult } from '../../runs/ledger.ts';
import type { Hub } from '../hub.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addScope(program: Command): void {
  const scope = program
    .command('scope')
    .description('for which young people content is asked: those of concern to any agency, and nobody else');

  scope
    .command('find')
    .description('say who is in scope by the term in_scope, over everything that was delivered')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('scope find'))
    .action(async ({ json }: { json?: boolean }) => {
      const found = await inHub('scope find', find);
      if (json) printJson({ records: found.accepted, outcome: found.outcome });
      else
        print(
          `${found.accepted} records of agencies are of concern${found.outcome === 'unchanged' ? ', as before' : ''}`,
        );
    });

  scope
    .command('export <agency>')
    .description(
      'give an agency back its own pseudonyms of young people in scope, so that it sends content for those',
    )
    .option('--out <file>', 'write them as CSV')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('scope export CW-1 --out cw-1-in-scope.csv', 'scope export CW-1 --json'))
    .action(async (agency: string, { out, json }: { out?: string; json?: boolean }) => {
      const { ownInScope } = await import('../../../etl/persons/own-in-scope.ts');
      const own = await inHub('scope export', async (hub) => {
        await find(hub);
        return ownInScope(await hub.as('linker'), agency);
      });
      const csv = ['person_token', ...own.personTokens, ''].join('\n');
      if (out !== undefined) writeFileSync(out, csv);
      if (json) printJson({ agency, linkage: own.linkage, person_tokens: own.personTokens });
      else if (out !== undefined) print(`${own.personTokens.length} of ${agency} are in scope: ${out}`);
      else process.stdout.write(csv);
    });

  scope
    .command('purge')
    .description(
      'forget tokens that matched nobody in scope for as long as TESSERA_TOKEN_RETENTION_DAYS says',
    )
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('scope purge'))
    .action(async ({ json }: { json?: boolean }) => {
      const { purgeOutOfScope } = await import('../../../etl/purge.ts');
      const { readSettings } = await import('../../config.ts');
      const { tokenRetentionDays } = readSettings();
      const purged = await inHub('scope purge', async (hub) => {
        await find(hub);
        return purgeOutOfScope({
          linker: await hub.as('linker'),
          requestedBy: 'command line',
          retentionDays: tokenRetentionDays,
          now: new Date(),
        });
      });
      const counts = { known: purged.rowsIn, purged: purged.accepted, retention_days: tokenRetentionDays };
      if (json) printJson(counts);
      else
        print(
          `${counts.purged} of ${counts.known} were forgotten; tokens are kept for ${tokenRetentionDays} days`,
        );
    });
}

async function find(hub: Hub): Promise<StageResult> {
  const { findScope } = await import('../../../etl/scope.ts');
  const on = new Date().toISOString().slice(0, 10);
  return findScope({ measurer: await hub.as('measurer'), requestedBy: 'command line', on });
}

async function inHub<T>(command: string, work: (hub: Hub) => Promise<T>): Promise<T> {
  const [{ readSettings }, { withHub }, { migrateUp }] = await Promise.all([
    import('../../config.ts'),
    import('../hub.ts'),
    import('../../db/migrate.ts'),
  ]);
  return withHub(readSettings(), command, async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return work(hub);
  });
}
