import { type Command, Option } from 'commander';
import { Misuse } from '../../errors.ts';
import type { EstimateFlags } from '../estimate-answer.ts';
import type { HubFlags } from '../estimate-of-hub.ts';
import { examples, print, printJson } from '../terminal.ts';

/** What is run unless methods are named: the families that the verdict compares, and two lower bounds. */
const USUAL = [
  'chao-bc',
  'mth-chao',
  'sample-coverage',
  'main-effects',
  'stepwise',
  'best-bic',
  'bic-average',
  'bma',
];

export function addEstimate(program: Command): void {
  program
    .command('estimate')
    .description(
      'Estimate how many persons no list has, from a table of capture histories; or say why these lists cannot tell',
    )
    .argument('[table]', 'CSV: one column of 0 and 1 per list, then a column count; a line per history')
    .option('--hub', 'instead of a table: what the systems of this hub identified in a period', false)
    .option('--period <year>', 'with --hub: a year that is over')
    .option('--county <fips>', 'with --hub: one county instead of the state')
    .option('--region <region>', 'with --hub: one region, such as bay_area, instead of the state')
    .option('--by <characteristic>', 'with --hub: an estimate in each group: sex or race_ethnicity')
    .option('--known-on <day>', 'with --hub: of the rows as the hub knew them at the end of a day', day)
    .option('--draws <n>', 'with --hub: linkages drawn from what linkage left open', whole(2), 20)
    .option('-m, --method <names...>', 'methods, or all', USUAL)
    .option(
      '--order <k>',
      'most lists that may interact (default: all but one; pairs from six lists on)',
      whole(1),
    )
    .option('--p <tail>', 'stepwise: add a pair while its Poisson tail is under this', share, 0.02)
    .option('--bootstrap <n>', 'resamples that repeat the choice of model, for a BCa interval', whole(0), 0)
    .option('--seed <n>', 'seed of everything that is drawn', whole(0), 1)
    .option('--level <share>', 'level of the intervals', inside, 0.95)
    .addOption(
      new Option('--interval <kind>', 'limits when nothing is resampled')
        .choices(['wald', 'profile'])
        .default('wald'),
    )
    .option(
      '--top <n>',
      'models among which each resample chooses again (default: all, or 200 of many)',
      whole(1),
    )
    .option(
      '--bias-corrected',
      'families from frequencies corrected for small tables; log-normal limits',
      false,
    )
    .option('--threads <n>', 'threads for the resamples; the results do not depend on it', whole(1))
    .option('--referrals <file>', 'JSON: [{"from": list, "to": list}], pairs that every model lets depend')
    .option('--recall <share>', 'share of true links that the linkage made', share, 1)
    .option('--precision <share>', 'share of made links that are true', share, 1)
    .option('--reviewed <pairs>', 'pairs that the review of recall and precision looked at', whole(1))
    .option('--linkages <tables...>', 'the same table under other draws of the linkage, to be combined')
    .option('--over-covered <lists...>', 'lists that also hold persons outside the population')
    .option('--absent-is-zero', 'take a history without a line as one that nobody had', false)
    .option('--report <folder>', 'also write a page with pictures for a committee, and the technical annex')
    .option('--json', 'one JSON document', false)
    .addHelpText(
      'after',
      examples(
        'estimate lists.csv',
        'estimate lists.csv --method stepwise --bootstrap 1000 --seed 7',
        'estimate lists.csv --method all --json',
        'estimate lists.csv --recall 0.94 --precision 0.99 --reviewed 400',
        'estimate lists.csv --linkages draw-1.csv draw-2.csv draw-3.csv --bootstrap 200',
        'estimate lists.csv --bootstrap 1000 --report ./report',
        'estimate --hub --period 2024 --draws 20 --seed 1 --json',
        'estimate --hub --period 2024 --region bay_area',
        'estimate --hub --period 2024 --by sex --report ./report',
      ),
    )
    .action(async (file: string | undefined, flags: EstimateFlags & HubFlags) => {
      if (flags.hub) return fromHub(flags);
      if (file === undefined) throw new Misuse('NO_TABLE', 'name a table, or give --hub with --period');
      const { answerTo } = await import('../estimate-answer.ts');
      const answer = await answerTo(file, flags);
      if (flags.report !== undefined)
        (await import('../estimate-of-file.ts')).writeFileReport(flags.report, file, flags, answer);
      if (flags.json) printJson(answer);
      else print((await import('../estimate-text.ts')).describe(answer));
    });
}

async function fromHub(flags: HubFlags & { readonly json: boolean }): Promise<void> {
  const { period } = flags;
  if (period === undefined)
    throw new Misuse('PERIOD', '--hub needs a --period', {
      remedy: 'Give a year that is over, such as 2024.',
    });
  const { describeEstimates, estimatesOfHub } = await import('../estimate-of-hub.ts');
  const { found, files } = await estimatesOfHub({ ...flags, period });
  if (flags.json) return printJson(found.length === 1 ? found[0] : found);
  print(describeEstimates(found));
  for (const file of files) print(`written: ${file}`);
}

function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new Misuse('NOT_A_WHOLE_NUMBER', `${text}: a whole number from ${least} is asked for`);
    return value;
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new Misuse('NOT_A_SHARE', `${text}: a share from 0 to 1 is asked for`);
  return value;
}

function inside(text: string): number {
  const value = share(text);
  if (value === 0 || value === 1)
    throw new Misuse('NOT_A_LEVEL', `${text}: a level between 0 and 1 is asked for`);
  return value;
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new Misuse('NOT_A_DAY', `${text}: a day is asked for, such as 2025-06-30`);
  return text;
}
