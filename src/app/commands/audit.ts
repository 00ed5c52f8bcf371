import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the log of who asked for what');

  audit
    .command('verify')
    .description('find any edit, deletion, change of order or cut in the log')
    .option(
      '--checkpoints <file>',
      'the checkpoints as they were kept elsewhere; those of the data folder, if left out',
    )
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('audit verify', 'audit verify --checkpoints /mnt/archive/audit-checkpoints.jsonl --json'),
    )
    .action(async (options: { checkpoints?: string; json?: boolean }) => {
      const [{ asGatekeeper }, { checkpointFile }, { readCheckpoints }, { keptSigningKey }, { verifyAudit }] =
        await Promise.all([
          import('../as-gatekeeper.ts'),
          import('../checkpoints.ts'),
          import('../../audit/checkpoint.ts'),
          import('../../audit/signing-key.ts'),
          import('../../audit/verify.ts'),
        ]);
      const report = await asGatekeeper('audit verify', async (_gate, hub) => {
        const { dataDir } = hub.database;
        const kept = readCheckpoints(options.checkpoints ?? checkpointFile(dataDir));
        return verifyAudit(await hub.as('owner'), keptSigningKey(dataDir).publicKey, kept);
      });
      if (options.json) printJson(report);
      else if (report.ok)
        print(`${report.entries} entries are as they were written, by ${report.checkpoints} checkpoints.`);
      else for (const { code, number } of report.findings) print(`${code} at ${number}`);
      if (!report.ok) process.exitCode = 2;
    });

  audit
    .command('checkpoint')
    .description('sign how far the log has come; a running hub does it by itself')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('audit checkpoint'))
    .action(async (options: { json?: boolean }) => {
      const [{ asGatekeeper }, { checkpointFile }, { makeCheckpoint }, { keptSigningKey }] =
        await Promise.all([
          import('../as-gatekeeper.ts'),
          import('../checkpoints.ts'),
          import('../../audit/checkpoint.ts'),
          import('../../audit/signing-key.ts'),
        ]);
      const made = await asGatekeeper('audit checkpoint', async (_gate, hub) => {
        const { dataDir } = hub.database;
        return makeCheckpoint(await hub.as('recorder'), keptSigningKey(dataDir), checkpointFile(dataDir));
      });
      if (options.json) printJson(made ?? { unchanged: true });
      else
        print(
          made === undefined ? 'Nothing was added since the last one.' : `Signed at entry ${made.number}.`,
        );
    });
}
