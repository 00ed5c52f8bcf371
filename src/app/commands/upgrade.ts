import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly check?: boolean;
  readonly into?: string;
  readonly keyFile?: string;
  readonly withoutBackup?: boolean;
  readonly json?: boolean;
}

export function addUpgrade(program: Command): void {
  program
    .command('upgrade')
    .description('bring what an earlier release holds to this one: look, back up, migrate, look again')
    .option('--check', 'only look whether it can be done')
    .option('--into <folder>', 'where the backup goes')
    .option('--key-file <file>', 'the key that opens it')
    .option('--without-backup', 'where one was taken another way')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('upgrade --check', 'upgrade --into /mnt/backups --key-file backup.key'))
    .action(async ({ check, withoutBackup, into, keyFile, json }: Options) => {
      const [{ readSettings }, { upgrade }] = await Promise.all([
        import('../../config.ts'),
        import('../upgrade.ts'),
      ]);
      const found = await upgrade(readSettings(), {
        check: check === true,
        withoutBackup: withoutBackup === true,
        ...(into === undefined ? {} : { into }),
        ...(keyFile === undefined ? {} : { keyFile }),
      });
      if (json) printJson(found);
      else {
        for (const { check: what, ok, found: is, remedy } of found.findings)
          print(
            `${ok ? 'ok  ' : 'NOT '} ${what.padEnd(16)} ${is}${remedy === null ? '' : `\n     ${remedy}`}`,
          );
        const steps = `${found.pending.length} ${found.pending.length === 1 ? 'step' : 'steps'} of the schema`;
        if (found.done)
          print(`${steps} done${found.backup === null ? '' : `; before it: ${found.backup.file}`}`);
        else print(found.pending.length === 0 ? 'Nothing to do' : `${steps} to do`);
      }
      if (!found.ok) process.exitCode = 2;
    });
}
