import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import type { LinkageQuality } from '../../../etl/persons/linkage-report.ts';
import type { PlantedQuality } from '../../../etl/persons/planted-truth.ts';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface LinkOptions {
  readonly threshold?: string;
  readonly cap?: string;
  readonly train?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
}

export function addPersons(program: Command): void {
  const persons = program
    .command('persons')
    .description('which records of all agencies are one young person, as linkage found it');

  persons
    .command('link')
    .description('link what changed since the last time, and make it current; the first time, everything')
    .option('--threshold <p>', 'link from this probability on (default: 0.5)')
    .option('--cap <n>', 'the largest block that is compared (default: 100)')
    .option('--train', 'learn the model anew and score everything with it')
    .option('--full', 'score everything, and not only what changed')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('persons link', 'persons link --train --json'))
    .action(async (options: LinkOptions) => {
      const { linkPersons } = await import('../../../etl/persons.ts');
      const [threshold, cap] = [thresholdOf(options.threshold), capOf(options.cap)];
      const report = await asLinker('persons link', (linker) =>
        linkPersons({
          linker,
          requestedBy: 'command line',
          train: options.train === true,
          full: options.full === true,
          ...(threshold === undefined ? {} : { threshold }),
          ...(cap === undefined ? {} : { cap }),
        }),
      );
      if (options.json) printJson(report);
      else print(`${report.outcome === 'unchanged' ? 'Nothing changed since.\n' : ''}${describe(report)}`);
    });

  persons
    .command('status')
    .description('the last linkage: how much was linked, and how good it is likely to be')
    .option('--truth <file>', 'memberships.parquet of a synthetic state: compare with what was planted')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('persons status --json', 'persons status --truth truth/memberships.parquet'),
    )
    .action(async ({ truth, json }: { truth?: string; json?: boolean }) => {
      const [{ linkageReport }, { comparedWithTruth }] = await Promise.all([
        import('../../../etl/persons/linkage-report.ts'),
        import('../../../etl/persons/planted-truth.ts'),
      ]);
      const [quality, planted] = await asLinker(
        'persons status',
        async (linker): Promise<[LinkageQuality, PlantedQuality | undefined]> => [
          await linkageReport(linker),
          truth === undefined ? undefined : await comparedWithTruth(linker, truth),
        ],
      );
      if (json) printJson({ ...quality, ...(planted === undefined ? {} : { planted }) });
      else
        print([describe(quality), ...(planted === undefined ? [] : [describePlanted(planted)])].join('\n'));
    });
}

export async function asLinker<T>(command: string, work: (linker: DataSource) => Promise<T>): Promise<T> {
  const [{ readSettings }, { withHub }, { migrateUp }] = await Promise.all([
    import('../../config.ts'),
    import('../hub.ts'),
    import('../../db/migrate.ts'),
  ]);
  return withHub(readSettings(), command, async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return work(await hub.as('linker'));
  });
}

function thresholdOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const threshold = Number(text);
  if (threshold > 0 && threshold < 1) return threshold;
  throw new Misuse('THRESHOLD', '--threshold takes a probability between 0 and 1');
}

function capOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const cap = Number(text);
  if (Number.isInteger(cap) && cap >= 2) return cap;
  throw new Misuse('CAP', '--cap takes a whole number from 2');
}

function describePlanted(planted: PlantedQuality): string {
  return `Against the planted truth: ${planted.true_persons} persons, found ${planted.found_persons}; precision ${planted.precision.value.toFixed(4)}, recall ${planted.recall.value.toFixed(4)} over pairs.`;
}

const WHY: Readonly<Record<string, string>> = {
  key: 'under another key than is linked',
  mode: 'without tokens, or a filter to stand for them',
  layout: 'of another layout than is linked',
  length: 'whose filters have another length than most',
  many: 'whose filters are too many to compare with all others in a night',
};

function leftOut(what: string): string {
  const [agency = '', why = ''] = what.split(' ');
  return `${agency}, ${WHY[why] ?? why}`;
}

function describe(quality: LinkageQuality): string {
  const { precision_by_model: precision, recall_by_model: recall, changes } = quality;
  const share = ({ value, low, high }: { value: number; low: number; high: number }): string =>
    `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const lines = [
    `Linkage ${quality.linkage} (${quality.kind}): ${quality.records} records are ${quality.persons} persons, from ${quality.pairs_scored} pairs scored.`,
    `Since the one before: ${changes.new} new, ${changes.merged} merged, ${changes.split} split, ${changes.retired} gone.`,
    `As the model sees it, precision ${share(precision)} and recall ${share(recall)}.`,
  ];
  if (quality.trained) lines.push('The model was learned in this run.');
  const dropped = quality.blocking.reduce((sum, { dropped_pairs }) => sum + dropped_pairs, 0);
  if (dropped > 0)
    lines.push(`Blocks above the cap held ${dropped} pairs that only other blocks could reach.`);
  for (const [what, count] of Object.entries(quality.left_out))
    lines.push(`Left out: ${count} records of ${leftOut(what)}.`);
  if (quality.records_by_clk > 0)
    lines.push(
      `${quality.records_by_clk} records have the filter of the whole record and nothing else; it speaks for ${quality.pairs_by_clk} pairs.`,
    );
  if (quality.loose_clusters > 0)
    lines.push(`${quality.loose_clusters} persons hang together loosely; a steward should look at them.`);
  if (quality.contradicted_decisions > 0)
    lines.push(
      `${quality.contradicted_decisions} decisions that two are different contradict other decisions.`,
    );
  if (quality.to_review > 0) lines.push(`${quality.to_review} pairs near the threshold wait for review.`);
  if (quality.precision_by_review.pairs > 0)
    lines.push(
      `Of ${quality.precision_by_review.pairs} drawn links that were reviewed, ${share(quality.precision_by_review)} are one person.`,
    );
  for (const { field, level, what, before, now } of quality.drift)
    lines.push(
      `Drift: ${what} of ${field}, ${level}: ${before.toPrecision(2)} before, now ${now.toPrecision(2)}.`,
    );
  for (const doubt of quality.doubts) lines.push(`Doubt: ${doubt}.`);
  lines.push('', 'from p       links   records that could not be linked even with their own copy');
  for (const { threshold, links, unlinkable } of quality.by_threshold)
    lines.push(
      `${String(threshold).padEnd(8)}${String(links).padStart(10)}   ${(unlinkable * 100).toFixed(1)} %`,
    );
  return lines.join('\n');
}
