import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Plan } from '../../../etl/encode/batch.ts';
import { Misuse, Refused } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly mode: string;
  readonly record: string;
  readonly schema?: string;
  readonly secretFile: string;
  readonly clkSecretFile?: string;
  readonly saltFile?: string;
  readonly agency?: string;
  readonly county?: string;
  readonly dates: string;
  readonly allowDoubleHash?: boolean;
  readonly for?: string;
  readonly dryRun?: boolean;
  readonly threads: string;
  readonly json?: boolean;
}

export function addEncode(program: Command): void {
  program
    .command('encode')
    .description("turn an agency's identified extract into tokens and filters that can be linked")
    .argument('<in.csv>', 'the extract: CSV in UTF-8 with a header')
    .argument('[out]', 'where the encoded rows go; not needed in a dry run')
    .option('--mode <mode>', 'field (tokens and a filter per field), clk (one CLK per row) or both', 'field')
    .option('--record <record>', 'the record type to encode', 'person')
    .option('--schema <file>', 'clk mode and both: the linkage schema, as clkhash reads it')
    .option('--clk-secret-file <file>', 'both: a file with the secret that the CLKs are made with')
    .requiredOption('--secret-file <file>', 'the secret share of the key; in clk mode a file with the secret')
    .option('--salt-file <file>', 'the salt share of the key (default: the secret file with .salt added)')
    .option('--agency <id>', "field mode: the sending agency's id in the agreement")
    .option('--county <fips>', 'field mode: the county whose agency sends the rows, as 06037')
    .option('--dates <order>', 'mdy or dmy, for dates that do not start with the year', 'mdy')
    .option('--allow-double-hash', 'clk mode: accept a schema with double hashing, which can be broken')
    .option(
      '--for <record>',
      'field mode: person_linkage, to write the file of a delivery and its manifest entry',
    )
    .option('--dry-run', 'write nothing; show only how the values fared, as counts')
    .option('--threads <n>', 'threads to use', String(Math.min(2, availableParallelism())))
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'encode --record person --agency PROB-1 --county 06037 --secret-file csec.key clients.csv clients.linkage.csv',
        'encode --for person_linkage --agency PROB-1 --county 06037 --secret-file csec.key clients.csv person_linkage.csv',
        'encode --dry-run --agency PROB-1 --county 06037 --secret-file csec.key clients.csv',
        'encode --mode clk --schema schema.json --secret-file secret.txt clients.csv clks.json',
        'encode --mode both --agency PROB-1 --secret-file csec.key --schema schema.json --clk-secret-file secret.txt clients.csv out.csv',
      ),
    )
    .action(async (input: string, output: string | undefined, options: Options) => {
      if (options.dryRun !== true && output === undefined)
        throw new Misuse('OUTPUT', 'name the file to write, or add --dry-run');
      if (output !== undefined && output === input)
        throw new Misuse('OUTPUT', 'the output would overwrite the extract');
      const { encodeFile } = await import('../../../etl/encode/encode-file.ts');
      const plan = await (options.mode === 'clk' ? clkPlan(input, options) : fieldPlan(input, options));
      const target = options.dryRun === true ? undefined : output;
      const report = await encodeFile(input, target, plan, wholeNumber(options.threads));
      const unread = plan.mode === 'field' ? plan.columns.unread : [];
      const entry =
        options.for === undefined || target === undefined
          ? undefined
          : await manifestEntry(target, plan, report.encoded);
      const summary = {
        mode: plan.mode,
        dry_run: target === undefined,
        ...report,
        columns_not_read: unread,
        ...entry,
      };
      if (options.json === true) printJson(summary);
      else
        print(
          describe(report, target, unread) +
            (entry === undefined ? '' : `\n\nFor the manifest:\n${JSON.stringify(entry, null, 2)}`),
        );
    });
}

/** What the manifest of the delivery has to say about the file, and the version of the key that made it. */
async function manifestEntry(file: string, plan: Plan, rows: number): Promise<object> {
  const { keyVersion } = await import('../../../etl/encode/key.ts');
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return {
    ...(plan.mode === 'field' && { token_key_version: keyVersion(plan.key) }),
    manifest_entry: {
      record_type: 'person_linkage',
      file: basename(file),
      rows,
      deletes: 0,
      sha256: hash.digest('hex'),
    },
  };
}

async function fieldPlan(input: string, options: Options): Promise<Plan & { mode: 'field' }> {
  if (options.mode !== 'field' && options.mode !== 'both')
    throw new Misuse('MODE', '--mode is field, clk or both');
  if (options.record !== 'person')
    throw new Misuse('RECORD', 'only the record type person carries identifiers to encode');
  if (options.for !== undefined && options.for !== 'person_linkage')
    throw new Misuse('FOR', '--for takes person_linkage, the only record type that carries tokens');
  const dateOrder = options.dates;
  if (dateOrder !== 'mdy' && dateOrder !== 'dmy') throw new Misuse('DATES', '--dates is either mdy or dmy');
  if (options.agency === undefined || !/^[A-Z0-9-]{1,20}$/.test(options.agency))
    throw new Misuse('AGENCY', '--agency takes an id of 1 to 20 capital letters, digits and hyphens');
  if (options.county !== undefined && !/^\d{5}$/.test(options.county))
    throw new Misuse('COUNTY', '--county takes the five digits of a county, as 06037');
  const { readKey } = await import('../../../etl/encode/key.ts');
  const { readHeader } = await import('../../../etl/encode/encode-file.ts');
  const { personColumns } = await import('../../../etl/encode/columns.ts');
  const { personLayout } = await import('../../../etl/encode/layout.ts');
  const header = readHeader(input);
  const layout = personLayout;
  return {
    mode: 'field',
    layout,
    dateOrder,
    key: readKey(options.secretFile, options.saltFile),
    agency: options.agency,
    named: options.for !== undefined,
    county: options.county ?? '',
    madeAt: statSync(input).mtime.toISOString(),
    columns: personColumns(header, layout),
    width: header.length,
    ...(options.mode === 'both' ? { clk: await clkPart(header, options.clkSecretFile, options) } : {}),
  };
}

async function clkPlan(input: string, options: Options): Promise<Plan & { mode: 'clk' }> {
  const { readHeader } = await import('../../../etl/encode/encode-file.ts');
  const header = readHeader(input);
  return { mode: 'clk', ...(await clkPart(header, options.secretFile, options)), width: header.length };
}

/** What CLKs are made with: a schema without double hashing, unless that is asked for, and a secret. */
async function clkPart(
  header: readonly string[],
  secretFile: string | undefined,
  options: Options,
): Promise<{ schema: unknown; secret: Uint8Array }> {
  if (options.schema === undefined) throw new Misuse('SCHEMA', `${options.mode} mode needs --schema`);
  if (secretFile === undefined) throw new Misuse('SECRET', 'both modes at once need --clk-secret-file');
  const { readSecretFile } = await import('../../../etl/encode/key.ts');
  const { requireClkHeader } = await import('../../../etl/encode/batch.ts');
  const { readClkSchema } = await import('../../../etl/encode/clk-schema.ts');
  const document = readJson(options.schema);
  const schema = readClkSchema(document);
  const weak = schema.features.some((feature) => feature?.hash === 'doubleHash');
  if (weak && options.allowDoubleHash !== true)
    throw new Refused(
      'CLK_DOUBLE_HASH',
      `${options.schema} uses double hashing, whose patterns can be broken`,
      {
        remedy: 'use blakeHash; or, for data that exists only so, add --allow-double-hash',
      },
    );
  requireClkHeader(header, schema);
  // A text file ends with a newline that is not meant as part of the secret.
  const secret = readSecretFile(secretFile).replace(/\r?\n$/, '');
  if (secret === '') throw new Refused('KEY_EMPTY', `${secretFile} holds no secret`);
  return { schema: document, secret: new Uint8Array(Buffer.from(secret, 'utf8')) };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Misuse('SCHEMA', `${file} cannot be read as JSON`, { cause });
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Misuse('THREADS', '--threads takes a number from 1');
  return number;
}

function describe(
  report: {
    rows: number;
    encoded: number;
    withoutId: number;
    outcomes: Readonly<Record<string, Record<string, number>>>;
  },
  target: string | undefined,
  unread: readonly string[],
): string {
  const lines = [
    target === undefined
      ? `Dry run: ${report.rows} rows read, nothing written.`
      : `${report.encoded} rows encoded to ${target}.`,
  ];
  if (report.withoutId > 0) lines.push(`${report.withoutId} rows have no own id and were left out.`);
  const fields = Object.entries(report.outcomes);
  if (fields.length > 0) {
    const columns = ['present', 'empty', 'placeholder', 'malformed'];
    lines.push('', `${'field'.padEnd(14)}${columns.map((column) => column.padStart(13)).join('')}`);
    for (const [field, counts] of fields)
      lines.push(
        `${field.padEnd(14)}${columns.map((column) => String(counts[column] ?? 0).padStart(13)).join('')}`,
      );
  }
  if (unread.length > 0) lines.push('', `Columns that were not read: ${unread.join(', ')}.`);
  return lines.join('\n');
}
