import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Bar, Policy } from '../../disclosure/policy.ts';
import type { Protection, Refusal } from '../../disclosure/protect/protect.ts';
import type { Table } from '../../disclosure/table.ts';
import { Refused } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly policy?: string;
  readonly threshold?: number;
  readonly bar?: Bar;
  readonly cost: 'cells' | 'values';
  readonly json?: boolean;
}

export function addProtect(program: Command): void {
  program
    .command('protect')
    .description('Hide what a set of linked tables must not show, and prove that it cannot be worked out')
    .argument('<table>', 'a JSON file: {"cells": [{"id", "v"}], "eqs": [[total, [parts]]], "primary"?: [id]}')
    .option('--policy <file>', 'a policy file, or the id of one that ships (default: calhhs-ddg-2)')
    .option('--threshold <count>', 'counts from 1 to one below it are never shown', wholeNumber)
    .addOption(
      new Option(
        '--bar <bar>',
        'B: 1 and the threshold stay possible; exact: nothing can be worked out exactly',
      ).choices(['B', 'exact']),
    )
    .addOption(
      new Option('--cost <cost>', 'what is lost with a cell that is hidden to protect another')
        .choices(['cells', 'values'])
        .default('values'),
    )
    .option('--json', 'print one JSON document, for the steward only')
    .addHelpText(
      'after',
      examples(
        'protect table.json',
        'protect table.json --policy schema/policies/cms-cell-size.yaml --json',
        'protect table.json --threshold 11 --bar exact --cost cells --json',
      ),
    )
    .action(run);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1');
  return number;
}

async function run(file: string, options: Options): Promise<void> {
  try {
    const [{ readTable }, { readEarlier, withEarlier }, { protect }, { verifyCertificate }] =
      await Promise.all([
        import('../../disclosure/table.ts'),
        import('../../disclosure/earlier.ts'),
        import('../../disclosure/protect/protect.ts'),
        import('../../disclosure/verify.ts'),
      ]);
    const policy = await chosenPolicy(options);
    const input = readJson(file);
    const table = withEarlier(readTable(input), readEarlier((input as { earlier?: unknown }).earlier ?? []));
    const result = await protect(table, { policy, cost: options.cost });
    if (!result.refused && verifyCertificate(table, policy, result.certificate).length > 0)
      throw new Error('the certificate of a protected table does not hold');
    if (options.json === true) printJson(document(table, result));
    else print(result.refused ? result.reason : described(table, policy, result));
    if (result.refused) process.exitCode = 2;
  } catch (error) {
    if (!(error instanceof Refused) || options.json !== true) throw error;
    printJson({ ...NOTHING, seconds: 0, refused: true, reason: error.message, code: error.code });
    process.exitCode = error.exitCode;
  }
}

async function chosenPolicy(options: Options): Promise<Policy> {
  const { DEFAULT_POLICY, adjusted, namedPolicy, readPolicyFile } = await import(
    '../../disclosure/policy.ts'
  );
  const { policy = DEFAULT_POLICY } = options;
  const base = /[./\\]/.test(policy) ? readPolicyFile(policy) : namedPolicy(policy);
  return adjusted(base, {
    ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
    ...(options.bar === undefined ? {} : { bar: options.bar }),
  });
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Refused('TABLE_UNREADABLE', `the file ${file} cannot be read`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refused('TABLE_UNREADABLE', `the file ${file} is not JSON`, { cause });
  }
}

const NOTHING = {
  suppressed: [],
  primary: [],
  complementary: [],
  cost: 0,
  optimal: false,
  intervals: {},
} as const;

function document(table: Table, result: Protection | Refusal): object {
  const seconds = Math.round(result.seconds * 1000) / 1000;
  if (result.refused)
    return { ...NOTHING, seconds, refused: true, reason: result.reason, cells: result.cells };
  const published = new Set(table.cells.filter((cell) => !cell.withheld).map((cell) => cell.id));
  const primary = [...result.primary.keys()].filter((id) => published.has(id));
  return {
    suppressed: [...primary, ...result.complementary],
    primary,
    complementary: result.complementary,
    hiddenFigures: result.hiddenFigures,
    cost: result.cost,
    optimal: result.optimal,
    intervals: Object.fromEntries(result.intervals),
    zeros: result.certificate.zeros,
    seconds,
    refused: false,
    reason: null,
  };
}

function described(table: Table, policy: Policy, result: Protection): string {
  const published = table.cells.filter((cell) => !cell.withheld).length;
  const hidden = new Set([...result.primary.keys(), ...result.complementary]);
  const shown = table.cells.filter((cell) => !cell.withheld && !hidden.has(cell.id)).length;
  return [
    policy.title,
    `${published} cells: ${shown} shown, ${result.primary.size} not to be shown, ${result.complementary.length} hidden to protect those`,
    `cost ${result.cost}${result.optimal ? ' (no choice costs less)' : ''}, ${result.seconds.toFixed(2)} s`,
    ...(result.certificate.zeros === 'hideable'
      ? ['Not every zero could be shown, so that a hidden cell may be zero to whoever reads this.']
      : []),
    '',
    ...[...result.intervals].map(([id, [lo, hi]]) => {
      const why = result.primary.get(id) ?? 'complementary';
      return `${id.padEnd(32)} ${`${lo} to ${hi ?? 'no limit'}`.padEnd(18)} ${why}`;
    }),
  ].join('\n');
}
