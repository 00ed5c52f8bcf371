import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { Misuse } from '../../errors.ts';
import type { MailSent } from '../../providers/outbox.ts';
import type { ImportPlan } from '../../providers/plan-import.ts';
import { examples, print, printJson } from '../terminal.ts';

interface ImportOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly counties?: string;
  readonly keptBy?: string;
  readonly needs?: string;
}

export function addProviders(program: Command): void {
  const providers = program
    .command('providers')
    .description('the asset map: who offers what to young people, and where');

  providers
    .command('import <file>')
    .description(
      'take programs in from CSV, a workbook (.xlsx) or another directory (HSDS 3: .json, or a folder of its tables)',
    )
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--counties <codes>', 'for another directory: the counties that its programs serve, with commas')
    .option('--kept-by <code>', 'for another directory: the county that keeps the entries')
    .option('--needs <codes>', 'for another directory: the needs that its programs answer, with commas')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'providers import programs.csv --dry-run',
        'providers import programs.xlsx --json',
        'providers import 211.json --counties 06001 --kept-by 06001 --needs HN.MEN.INT.PSI',
        'providers import datapackage/ --counties 06001 --kept-by 06001 --needs HN.MEN.INT.PSI --dry-run',
      ),
    )
    .action(async (file: string, options: ImportOptions) => {
      const { importProviders } = await import('../../../etl/providers/import.ts');
      const plan = await asLoader('providers import', (loader) =>
        importProviders(
          {
            loader,
            requestedBy: 'command line',
            dryRun: options.dryRun === true,
            otherwise: {
              ...(options.counties && { counties: options.counties.replaceAll(',', ';') }),
              ...(options.keptBy && { kept_by: options.keptBy }),
              ...(options.needs && { needs: options.needs.replaceAll(',', ';') }),
            },
          },
          file,
        ),
      );
      const answer = answerOf(plan, options.dryRun === true);
      if (options.json) printJson(answer);
      else print(describe(answer));
      if (answer.refusedRows > 0) process.exitCode = 2;
    });

  providers
    .command('export')
    .description('the asset map as a file: CSV, which an import takes, or HSDS 3 for other directories')
    .requiredOption('--format <format>', 'csv or hsds')
    .requiredOption('--out <file>', 'the file to write')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'providers export --format csv --out programs.csv',
        'providers export --format hsds --out hsds.json',
      ),
    )
    .action(async ({ format, out, json }: { format: string; out: string; json?: boolean }) => {
      if (format !== 'csv' && format !== 'hsds') throw new Misuse('FORMAT', '--format is csv or hsds');
      const [{ loadContracts }, { directory }, { directoryCsv }, { toHsds }, { carriedOver }, { textsOf }] =
        await Promise.all([
          import('../../contracts/contracts.ts'),
          import('../../providers/directory.ts'),
          import('../../providers/as-csv.ts'),
          import('../../providers/hsds/to-hsds.ts'),
          import('../../providers/carried-over.ts'),
          import('../../providers/as-texts.ts'),
        ]);
      const { programs, text } = await asLoader('providers export', async (loader) => {
        const contracts = loadContracts();
        const { programs: all } = await directory(loader);
        if (format === 'csv')
          return { programs: all.length, text: directoryCsv(contracts, all.map(textsOf)) };
        const organizations = toHsds(contracts, all, await carriedOver(loader));
        return { programs: all.length, text: `${JSON.stringify(organizations, null, 1)}\n` };
      });
      writeFileSync(`${out}.part`, text);
      renameSync(`${out}.part`, out);
      if (json) printJson({ format, out, programs });
      else print(`${programs} programs in ${out}`);
    });

  addMail(providers);
}

function addMail(providers: Command): void {
  providers
    .command('mail')
    .description(
      'send the mails that ask providers to confirm their entries; a running hub does it by itself',
    )
    .option(
      '--out <folder>',
      'write them out instead, for whatever sends mail here: each becomes a file .eml and counts as sent',
    )
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('providers mail', 'providers mail --out /var/spool/tessera'))
    .action(async ({ out, json }: { out?: string; json?: boolean }) => {
      const { sent, kept } = await asLoader('providers mail', (loader) =>
        out === undefined ? byRelay(loader) : intoFolder(loader, out),
      );
      if (json) printJson({ sent, kept, ...(out !== undefined && { out }) });
      else
        print(`${sent} mails ${out === undefined ? 'sent' : `in ${out}`}${kept > 0 ? `, ${kept} wait` : ''}`);
      if (kept > 0) process.exitCode = 4;
    });
}

async function byRelay(loader: DataSource): Promise<MailSent> {
  const [{ readSettings }, { readSchedule }, { mailProviders }] = await Promise.all([
    import('../../config.ts'),
    import('../../../etl/schedule/schedule-file.ts'),
    import('../mail-providers.ts'),
  ]);
  const { mail } = readSchedule(readSettings().schedule);
  if (mail === undefined)
    throw new Misuse('NO_RELAY', 'The schedule names nothing that sends mail.', {
      remedy:
        'Name a relay under `mail` in the schedule (docs/operate.md), or write the mails out with --out.',
    });
  return mailProviders(loader, mail);
}

async function intoFolder(loader: DataSource, out: string): Promise<MailSent> {
  const { asMessage, sendWaitingMail } = await import('../../providers/outbox.ts');
  mkdirSync(out, { recursive: true });
  return sendWaitingMail(loader, async (mail) => {
    const path = join(out, `${mail.id}.eml`);
    // The link in it is a key: for whoever sends mail here, and nobody else.
    writeFileSync(`${path}.part`, asMessage(mail), { mode: 0o600 });
    renameSync(`${path}.part`, path);
  });
}

async function asLoader<T>(command: string, work: (loader: DataSource) => Promise<T>): Promise<T> {
  const [{ readSettings }, { withHub }, { migrateUp }] = await Promise.all([
    import('../../config.ts'),
    import('../hub.ts'),
    import('../../db/migrate.ts'),
  ]);
  return withHub(readSettings(), command, async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return work(await hub.as('loader'));
  });
}

interface ImportAnswer {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly added: number;
  readonly changed: readonly {
    readonly line: number;
    readonly id: string;
    readonly fields: readonly string[];
  }[];
  readonly unchanged: number;
  readonly waiting: readonly {
    readonly line: number;
    readonly reasons: readonly string[];
    readonly looksLike: string | null;
  }[];
  readonly refusedRows: number;
  readonly problems: ImportPlan['refused'];
}

/** Ids, lines, fields and rules: what stands in a row is in the file of whoever sent it. */
function answerOf(plan: ImportPlan, dryRun: boolean): ImportAnswer {
  return {
    dryRun,
    rows: plan.rows,
    added: plan.fresh.length,
    changed: plan.changed.map(({ line, id, fields }) => ({ line, id, fields })),
    unchanged: plan.unchanged,
    waiting: plan.waiting.map(({ line, reasons, looksLike }) => ({
      line,
      reasons,
      looksLike: looksLike?.id ?? null,
    })),
    refusedRows: plan.refusedRows,
    problems: plan.refused,
  };
}

function describe(answer: ImportAnswer): string {
  const { dryRun, rows, added, changed, unchanged, waiting, refusedRows, problems } = answer;
  const done = dryRun ? 'would be ' : '';
  return [
    `${rows} rows: ${added} ${done}added, ${changed.length} ${done}changed, ${unchanged} as they stand, ${waiting.length} ${dryRun ? 'would wait' : 'wait'} for somebody to look, ${refusedRows} refused`,
    ...changed.map(
      ({ line, fields }) => `  line ${line}: ${dryRun ? 'would change' : 'changed'} ${fields.join(', ')}`,
    ),
    ...waiting.map(
      ({ line, reasons, looksLike }) =>
        `  line ${line}: waits, ${reasons.join('; ')}${looksLike === null ? '' : ` (${looksLike})`}`,
    ),
    ...problems.map(({ line, field, words }) => `  line ${line}: refused, ${`${field} ${words}`.trim()}`),
    ...(waiting.length > 0 && !dryRun ? ['What waits is on the work list: /map/work'] : []),
  ].join('\n');
}
