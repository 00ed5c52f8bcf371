import type { Command } from 'commander';
import type { IntakeReport } from '../../../etl/intake-report.ts';
import { Refused } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addDeliver(program: Command): void {
  program
    .command('deliver <folder>')
    .description(
      'take a delivery in: hold it against its agreement, read and judge its rows, load what is right',
    )
    .option('--json', 'answer as JSON')
    .option('--requested-by <name>', 'who asked for it, as the ledger will keep it', 'command line')
    .addHelpText('after', examples('deliver inbox/2026-03-01/CW-1', 'deliver inbox/2026-03-01/CW-1 --json'))
    .action(async (folder: string, options: { json?: boolean; requestedBy: string }) => {
      const [{ readSettings }, { withHub }, { migrateUp }, { takeDelivery }, { openProgress, silent }] =
        await Promise.all([
          import('../../config.ts'),
          import('../hub.ts'),
          import('../../db/migrate.ts'),
          import('../../../etl/intake.ts'),
          import('../progress.ts'),
        ]);
      const settings = readSettings();
      const progress = options.json ? silent() : openProgress();
      await answer(options, 'was loaded', () =>
        withHub(settings, 'deliver', async (hub) => {
          await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
          const intake = {
            loader: await hub.as('loader'),
            surrogateKey: hub.database.surrogateKey,
            deliveryKeyFile: settings.deliveryKeyFile,
            requestedBy: options.requestedBy,
            onProgress: ({ rowsIn, rejected }: { rowsIn: number; rejected: number }) =>
              progress.update(`${rowsIn} rows read, ${rejected} rejected`),
          };
          return takeDelivery(intake, folder).finally(() => progress.end());
        }),
      );
    });
}

export function addCheck(program: Command): void {
  program
    .command('check <folder>')
    .description(
      'what an agency runs before it sends: read and judge a delivery as the hub will, and store nothing',
    )
    .option(
      '--sources <file>',
      'the register that the hub’s steward keeps, to hold the delivery against its agreement',
    )
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('check outbox/2026-03-01', 'check outbox/2026-03-01 --sources sources.yaml --json'),
    )
    .action(async (folder: string, options: { sources?: string; json?: boolean }) => {
      const { checkDelivery } = await import('../../../etl/check-delivery.ts');
      await answer(options, 'can be loaded', () => checkDelivery(folder, options.sources));
    });
}

/** A refusal is an answer too: it says so in the same form, and with its exit code. */
async function answer(
  options: { json?: boolean },
  loaded: string,
  work: () => Promise<IntakeReport>,
): Promise<void> {
  try {
    const report = await work();
    if (options.json) printJson(report);
    else print(describe(report, loaded));
  } catch (error) {
    if (!(error instanceof Refused) || !options.json) throw error;
    const { code, message, remedy, exitCode } = error;
    const refused: IntakeReport = {
      outcome: 'refused',
      delivery: null,
      files: [],
      reason: { code, message, remedy: remedy ?? null },
    };
    printJson(refused);
    process.exitCode = exitCode;
  }
}

function describe({ outcome, delivery, files }: IntakeReport, loaded: string): string {
  const words = { loaded, unchanged: 'came before; nothing changed', refused: 'was refused' };
  const lines = [`Delivery ${delivery ?? ''} ${words[outcome]}`];
  for (const { file, rows, accepted, rejected, quarantined, rules, first = [] } of files) {
    const waiting = quarantined > 0 ? `, ${quarantined} waiting` : '';
    lines.push(`  ${file.padEnd(32)} ${rows} rows, ${accepted} accepted, ${rejected} rejected${waiting}`);
    for (const { rule, severity, count } of rules) lines.push(`    ${rule}  ${severity.padEnd(12)} ${count}`);
    const waits = new Set(rules.flatMap(({ rule, severity }) => (severity === 'quarantine' ? [rule] : [])));
    for (const { line, rule, field } of first)
      lines.push(
        `      ${file}, line ${line}${field === null ? '' : `, ${field}`}: ${waits.has(rule) ? 'kept waiting by' : 'rejected by'} ${rule}`,
      );
  }
  const named = new Set(files.flatMap(({ rules }) => rules.map(({ rule }) => rule)));
  if (named.size > 0)
    lines.push(`What a rule says: npx tessera contracts show ${[...named].toSorted()[0] ?? ''}`);
  return lines.join('\n');
}
