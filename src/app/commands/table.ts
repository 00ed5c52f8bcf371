import type { Command } from 'commander';
import type { CandidateTable } from '../../disclosure/candidate-table.ts';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly period: string;
  readonly by: readonly string[];
  readonly where: readonly string[];
  readonly as?: string;
  readonly candidate?: string;
  readonly json?: boolean;
}

export function addTable(program: Command): void {
  program
    .command('table <metric>')
    .description('one table of a metric')
    .requiredOption('--period <period>', 'a year, a quarter or a pool: 2024, 2024-Q1, 2022/2024')
    .option('--by <dimension...>', 'the dimensions of the table', [])
    .option('--where <dimension=member...>', 'only these members', [])
    .option('--as <reader>', 'steward: the newest candidate, unprotected, for nobody else to see')
    .option(
      '--candidate <id>',
      'with --as steward: another candidate than the newest, by the beginning of its id',
    )
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'table identified --period 2024 --by county',
        'table identified --period 2024 --by county --as steward',
        'table identified --period 2024 --by county age_band --where county=06001 --as steward --json',
      ),
    )
    .action(async (metric: string, options: Options) => {
      if (options.as !== undefined && options.as !== 'steward')
        throw new Misuse('NO_SUCH_READER', '--as takes steward, or is left out to read the current release');
      if (
        options.candidate !== undefined &&
        (options.as !== 'steward' || !/^[0-9a-f]{8,64}$/.test(options.candidate))
      )
        throw new Misuse(
          'NOT_A_CANDIDATE',
          '--candidate takes at least 8 digits of an id, and goes with --as steward',
        );
      const [{ readSettings }, { withHub }, { candidateTable, releasedTable }, { loadContracts }] =
        await Promise.all([
          import('../../config.ts'),
          import('../hub.ts'),
          import('../../disclosure/candidate-table.ts'),
          import('../../contracts/contracts.ts'),
        ]);
      const asked = {
        metric,
        period: options.period,
        by: options.by,
        where: new Map(options.where.map(memberOf)),
      };
      const table = await withHub(readSettings(), 'table', async (hub) =>
        options.as === 'steward'
          ? candidateTable(await hub.as('publisher'), loadContracts(), {
              ...asked,
              candidate: options.candidate,
            })
          : releasedTable(await hub.as('api'), loadContracts(), asked),
      );
      if (options.json === true) printJson(table);
      else print(describe(table));
    });
}

function memberOf(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1)
    throw new Misuse('NOT_A_MEMBER', '--where expects a dimension and a member, such as county=06001');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

const WORDS: Readonly<Record<string, string>> = { not_available: 'not available', hidden: 'hidden' };

function describe({ title, cells, definition, footnotes }: CandidateTable): string {
  const short = (value: number | null): string =>
    value === null ? '' : Number.isInteger(value) ? String(value) : value.toFixed(3);
  const lines = cells.map(({ dims, value, lower, upper, status }) => {
    const members = Object.entries(dims).map(([name, member]) => `${name} ${member}`);
    const range = lower === null || upper === null ? '' : ` (${short(lower)} to ${short(upper)})`;
    return `${(members.join(', ') || 'all').padEnd(44)} ${(WORDS[status] ?? short(value)).padStart(10)}${range}${status === 'provisional' ? '  provisional' : ''}`;
  });
  return [`${title} (${definition})`, ...lines, '', ...footnotes].join('\n');
}
