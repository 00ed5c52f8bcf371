import type { Command } from 'commander';
import type { SizeName } from '../../../etl/synthesize/size.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly size: string;
  readonly people?: string;
  readonly years?: string;
  readonly counties?: string;
  readonly seed: string;
  readonly out: string;
  readonly scenario?: string;
  readonly rawOnly?: boolean;
  readonly stress?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

export function addSynthesize(program: Command): void {
  program
    .command('synthesize')
    .description('make a state of made-up data: agency files, encoded deliveries, and the truth about them')
    .option('--size <size>', 'test, demo, county or state', 'demo')
    .option('--people <n>', 'how many young people, in place of what the size says')
    .option('--years <n>', 'how many years of history')
    .option('--counties <list>', 'county codes or regions, separated by commas')
    .option('--seed <n>', 'a whole number; the same seed gives the same bytes on any machine', '1')
    .requiredOption('--out <folder>', 'where raw/, deliveries/ and truth/ go')
    .option('--scenario <name>', 'in place of a state, one of the small named deliveries; `all` for each')
    .option('--raw-only', 'leave the encoded deliveries out')
    .option(
      '--stress',
      'also send content for one in seven who are not in scope: 25 million rows for a state',
    )
    .option('--report <file>', 'also write the realism report, with its pictures beside it')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'synthesize --size test --seed 7 --out ./made-up',
        'synthesize --size demo --counties 06001,06037 --people 20000 --out ./made-up',
        'synthesize --scenario star-court --out ./scenarios',
      ),
    )
    .action(async (options: Options) => {
      if (options.scenario !== undefined) return writeScenarios(options.scenario, options);
      const { sizes } = await import('../../../etl/synthesize/size.ts');
      const named = sizes[options.size as SizeName] as (typeof sizes)[SizeName] | undefined;
      if (named === undefined) throw new Misuse('SIZE', `--size is one of ${Object.keys(sizes).join(', ')}`);
      const size = {
        ...named,
        ...(options.people === undefined ? {} : { people: whole('people', options.people, 1, 50_000_000) }),
        ...(options.years === undefined ? {} : { years: whole('years', options.years, 1, 15) }),
        ...(options.counties === undefined ? {} : { counties: options.counties.split(',') }),
      };
      const order = {
        size,
        seed: whole('seed', options.seed, 0, 2 ** 31 - 1),
        out: options.out,
        rawOnly: options.rawOnly === true,
        stress: options.stress === true,
      };
      const { synthesize } = await import('../../../etl/synthesize/synthesize.ts');
      const tally = synthesize(loadContracts(), order);
      if (options.report !== undefined) {
        const { writeReport } = await import('../../../etl/synthesize/report/report.ts');
        writeReport(options.report, order, tally);
      }
      const summary = {
        notice: 'made-up data',
        out: options.out,
        people: tally.people,
        hidden: tally.hidden,
        identified: tally.identified,
        in_scope: tally.inScope,
        linkage_rows: tally.linkageRows,
        content_rows: tally.contentRows,
        rows_to_be_rejected: [...tally.rejects.values()].reduce((sum, n) => sum + n, 0),
      };
      if (options.json === true) printJson(summary);
      else
        print(
          describe(
            summary,
            order.rawOnly ? 'raw/ (agency side)' : 'raw/ (agency side), deliveries/ (for the hub)',
          ),
        );
    });
}

async function writeScenarios(name: string, options: Options): Promise<void> {
  const { scenarios, writeScenario } = await import('../../../etl/synthesize/scenarios/scenarios.ts');
  const chosen = name === 'all' ? [...scenarios.keys()] : [name];
  const stranger = chosen.find((candidate) => !scenarios.has(candidate));
  if (stranger !== undefined)
    throw new Misuse('SCENARIO', `there is no scenario ${stranger}`, {
      remedy: `the scenarios are ${[...scenarios.keys()].join(', ')}`,
    });
  const contracts = loadContracts();
  const written = chosen.map((scenario) => writeScenario(contracts, scenario, options.out));
  if (options.json === true) printJson({ notice: 'made-up data', scenarios: written });
  else
    print(
      written
        .map(({ name: title, persons, rows }) => `${title}: ${persons} young people, ${rows} rows`)
        .join('\n'),
    );
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new Misuse('NUMBER', `--${name} takes a whole number from ${least} to ${most}`);
  return number;
}

function describe(made: Readonly<Record<string, string | number>>, folders: string): string {
  const lines = Object.entries(made)
    .filter(([, value]) => typeof value === 'number')
    .map(
      ([name, value]) =>
        `${name.replaceAll('_', ' ').padEnd(22)}${Number(value).toLocaleString('en-US').padStart(12)}`,
    );
  return [`Made-up data in ${made['out']}: ${folders}, and truth/ (apart).`, '', ...lines].join('\n');
}
