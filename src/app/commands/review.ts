import type { Command } from 'commander';
import type { ReviewedPair } from '../../../etl/persons/decisions.ts';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';
import { asLinker } from './persons.ts';

interface Answer {
  readonly same?: boolean;
  readonly different?: boolean;
  readonly json?: boolean;
}

export function addReview(program: Command): void {
  const review = program
    .command('review')
    .description(
      'pairs of records that people should look at, and what they decide; never a value of a record',
    );

  review
    .command('list')
    .description('the pairs that wait, those nearest to the threshold first')
    .option('--all', 'and those that are settled')
    .option('--limit <n>', 'how many to show', '20')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('review list', 'review list --all --json'))
    .action(async ({ all, limit, json }: { all?: boolean; limit: string; json?: boolean }) => {
      const { reviewList } = await import('../../../etl/persons/decisions.ts');
      const pairs = await asLinker('review list', reviewList);
      const wanted = pairs.filter(({ state }) => all === true || state !== 'settled');
      if (json) return printJson(wanted);
      for (const pair of wanted.slice(0, limitOf(limit))) print(line(pair));
      print(`${wanted.length} pairs. Look at one with: npx tessera review show PAIR`);
    });

  review
    .command('show <pair>')
    .description('how the two records of a pair agree, field by field, and what was said about it')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('review show 0123456789ab'))
    .action(async (pair: string, { json }: { json?: boolean }) => {
      const { reviewedPair } = await import('../../../etl/persons/decisions.ts');
      const found = await asLinker('review show', (linker) => reviewedPair(linker, pair));
      if (json) printJson(found);
      else print(waterfall(found));
    });

  review
    .command('decide <pair>')
    .description('say whether the two are one person; two stewards who say the same settle it')
    .requiredOption('--by <name>', 'the steward who says it')
    .option('--same', 'they are one person')
    .option('--different', 'they are two persons')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('review decide 0123456789ab --different --by "Steward One"'))
    .action(async (pair: string, options: Answer & { by: string }) => {
      const { decide } = await import('../../../etl/persons/decisions.ts');
      const same = sameOf(options);
      answer(
        options,
        await asLinker('review decide', (linker) => decide(linker, pair, { same, by: options.by })),
      );
    });

  review
    .command('confirm <agency> <record> <other>')
    .description('what an agency says of two of its own records, by its own record ids; its word settles it')
    .option('--same', 'they are one person')
    .option('--different', 'they are two persons')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('review confirm CW-1 rec-0001 rec-0002 --same'))
    .action(async (agency: string, record: string, other: string, options: Answer) => {
      const { confirm } = await import('../../../etl/persons/decisions.ts');
      const same = sameOf(options);
      answer(
        options,
        await asLinker('review confirm', (linker) => confirm(linker, agency, [record, other], same)),
      );
    });
}

function sameOf({ same, different }: Answer): boolean {
  if ((same === true) !== (different === true)) return same === true;
  throw new Misuse('REVIEW_ANSWER', 'say either --same or --different');
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new Misuse('LIMIT', '--limit takes a whole number from 1');
}

function answer({ json }: Answer, pair: ReviewedPair): void {
  if (json) return printJson(pair);
  const next: Record<ReviewedPair['state'], string> = {
    open: 'Nobody has said anything about it.',
    begun: 'It waits for a second steward.',
    disputed: 'There are different opinions, so it stays open.',
    settled: 'It is settled, and holds from the next linkage on.',
    contradicted: 'It is settled, and other decisions go against it.',
  };
  print(`Pair ${pair.pair}: ${next[pair.state]}`);
}

function line({ pair, agencies, weight, state, asked }: ReviewedPair): string {
  const bits = weight === null ? '' : weight.toFixed(1);
  return `${pair}  ${agencies.join(' and ').padEnd(16)} ${bits.padStart(6)} bits  ${asked.padEnd(7)} ${state}`;
}

function waterfall(pair: ReviewedPair): string {
  const { agencies, records, prior, steps, weight, opinions, state } = pair;
  const bits = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`.padStart(8);
  const lines = [
    `Pair ${pair.pair}: ${agencies[0]} ${records[0]} and ${agencies[1]} ${records[1]} (${state})`,
  ];
  if (prior !== null) lines.push(`  any two records   ${bits(prior)}`);
  for (const step of steps) lines.push(`  ${step.field.padEnd(16)}  ${bits(step.weight)}  ${step.level}`);
  if (weight !== null)
    lines.push(
      `  together          ${bits(weight)}  bits, a probability of ${(1 / (1 + 2 ** -weight)).toFixed(3)}`,
    );
  for (const { by, as, same } of opinions)
    lines.push(`  ${as} ${by} says: ${same ? 'one person' : 'two persons'}`);
  return lines.join('\n');
}
