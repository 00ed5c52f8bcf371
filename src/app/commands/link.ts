import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Unmet } from '../../../etl/link/evaluate.ts';
import type { LinkFilesOptions, LinkFilesResult, Sources } from '../../../etl/link/link-files.ts';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly dedupe?: string;
  readonly left?: string;
  readonly right?: string;
  readonly encoded?: readonly string[];
  readonly clk?: boolean;
  readonly config: string;
  readonly truth?: string;
  readonly truthPairs?: string;
  readonly truthPersons?: string;
  readonly id?: string;
  readonly threshold?: string;
  readonly oneToOne?: boolean;
  readonly model?: string;
  readonly saveModel?: string;
  readonly keyVersion?: string;
  readonly block?: readonly string[];
  readonly cap?: string;
  readonly out?: string;
  readonly clusters?: string;
  readonly pictures?: string;
  readonly json?: boolean;
}

export function addLink(program: Command): void {
  program
    .command('link')
    .description('find the records of one person, within a file, between two, or among encoded deliveries')
    .option('--dedupe <file>', 'a CSV file to link with itself')
    .option('--left <file>', 'a CSV file to link with --right')
    .option('--right <file>', 'the other CSV file')
    .option('--encoded <files...>', 'person_linkage files, CSV or Parquet')
    .option('--clk', 'compare --left with --right by the CLKs that they hold, each record with one at most')
    .option('--config <file>', 'link.yaml, which names columns and what they hold; auto guesses', 'auto')
    .option('--truth <column>', 'a column whose equal values mean one person, to measure accuracy')
    .option('--truth-pairs <file>', 'the true pairs, as CSV of ids or JSON of places')
    .option(
      '--truth-persons <file>',
      'with --encoded: source_agency, person_token and person of each row, as CSV or Parquet',
    )
    .option('--id <column>', 'the column that names a record in the outputs')
    .option(
      '--threshold <p>',
      'link from this probability on (default: 0.5; with --clk a Dice coefficient, 0.8)',
    )
    .option('--one-to-one', 'each file has at most one record of a person')
    .option('--model <file>', 'use a model that was trained before')
    .option('--save-model <file>', 'write the model as JSON')
    .option('--key-version <version>', 'the key version that encoded deliveries must have')
    .option('--block <rules...>', 'blocking rules instead of the standard ones, as "surname + birth_date"')
    .option('--cap <n>', 'the largest block that is compared (default: 100)')
    .option('--out <file>', 'write the links as CSV')
    .option('--clusters <file>', 'write every record with its cluster, as CSV or (.parquet) Parquet')
    .option('--pictures <folder>', 'write pictures of the run as SVG')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      examples(
        'link --dedupe clients.csv --out links.csv --clusters clusters.csv',
        'link --left jail.csv --right clinic.csv --one-to-one --config link.yaml --truth person --json',
        'link --clk --left probation.json --right education.json --threshold 0.8 --out links.csv',
        'link --encoded probation.csv education.csv --key-version v1-0123456789abcdef --clusters persons.csv',
      ),
    )
    .action(async (options: Options) => {
      if (options.clk === true) {
        await linkByClk(options);
        return;
      }
      const sources = sourcesOf(options);
      const { linkFiles } = await import('../../../etl/link/link-files.ts');
      const linked = await linkFiles(sources, optionsOf(options));
      const { writeClusters, writeLinks, writePictures } = await import('../../../etl/link/write.ts');
      if (options.out !== undefined) await writeLinks(linked, options.out);
      if (options.clusters !== undefined) await writeClusters(linked, options.clusters);
      if (options.pictures !== undefined) writePictures(linked, options.pictures);
      if (options.saveModel !== undefined)
        writeFileSync(options.saveModel, `${JSON.stringify(linked.result.model, null, 2)}\n`);
      if (options.json === true) printJson(document(linked));
      else print(describe(linked));
    });
}

const DICE = 0.8;

/** For agencies that have nothing but CLKs: one figure for a record, and one counterpart for each. */
async function linkByClk({ left, right, threshold, out, json }: Options): Promise<void> {
  if (left === undefined || right === undefined)
    throw new Misuse('LINK_SOURCES', '--clk compares --left with --right');
  const least = threshold === undefined ? DICE : thresholdOf(threshold);
  const { linkClks, readClkFile } = await import('../../../etl/link/clk.ts');
  const [a, b] = [readClkFile(left), readClkFile(right)];
  const links = linkClks(a, b, least);
  const records = (a.filters.length + b.filters.length) / a.bytes;
  if (out !== undefined)
    writeFileSync(
      out,
      [
        'left,right,dice',
        ...links.map((link) => `${link.left},${link.right},${link.dice.toFixed(6)}`),
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
  if (json === true) printJson({ records, links: links.length, threshold: least });
  else print(`${links.length} links among ${records} CLKs, from a Dice coefficient of ${least} on.`);
}

function thresholdOf(text: string): number {
  const threshold = Number(text);
  if (!(threshold > 0 && threshold < 1))
    throw new Misuse('THRESHOLD', '--threshold takes a probability between 0 and 1');
  return threshold;
}

function sourcesOf({ dedupe, left, right, encoded }: Options): Sources {
  if (dedupe !== undefined && left === undefined && right === undefined && encoded === undefined)
    return { kind: 'dedupe', file: dedupe };
  if (left !== undefined && right !== undefined && dedupe === undefined && encoded === undefined)
    return { kind: 'across', left, right };
  if (encoded !== undefined && dedupe === undefined && left === undefined && right === undefined)
    return { kind: 'encoded', files: encoded };
  throw new Misuse('LINK_SOURCES', 'name what to link: --dedupe, or --left with --right, or --encoded');
}

function optionsOf(options: Options): LinkFilesOptions {
  const threshold = options.threshold === undefined ? undefined : thresholdOf(options.threshold);
  const cap = options.cap === undefined ? undefined : Number(options.cap);
  if (cap !== undefined && !(Number.isInteger(cap) && cap >= 2))
    throw new Misuse('CAP', '--cap takes a whole number from 2');
  return {
    config: options.config,
    oneToOne: options.oneToOne === true,
    ...(options.truth === undefined ? {} : { truth: options.truth }),
    ...(options.truthPairs === undefined ? {} : { truthPairs: options.truthPairs }),
    ...(options.truthPersons === undefined ? {} : { truthPersons: options.truthPersons }),
    ...(options.id === undefined ? {} : { idColumn: options.id }),
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(options.keyVersion === undefined ? {} : { keyVersion: options.keyVersion }),
    ...(options.block === undefined ? {} : { rules: options.block }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(cap === undefined ? {} : { cap }),
  };
}

function document(linked: LinkFilesResult): Record<string, unknown> {
  const { result, quality } = linked;
  const { clusters } = result;
  return {
    records: linked.table.count,
    pairs_compared: result.compared,
    links: countLinks(linked),
    persons: linked.persons,
    threshold: linked.threshold,
    seconds: linked.seconds,
    ...(quality === undefined
      ? {}
      : {
          true_pairs: quality.truePairs,
          true_pairs_missed_by_blocking: missed(quality.unmet),
          true_pairs_lost_to_caps: quality.unmet.lostToCaps,
          pairwise: quality.pairwise,
          best: quality.best,
          clusters: quality.clusters,
        }),
    fields: linked.fields,
    columns_left_out: linked.left,
    blocking: result.blocking.reports,
    training: result.model.training,
    refused_links: clusters.refused,
    flagged_clusters: clusters.flags.length,
    peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function missed({ lostToCaps, sharingNothing }: Unmet): number {
  return lostToCaps + sharingNothing;
}

function countLinks({ result, threshold }: LinkFilesResult): number {
  const least = Math.log2(threshold / (1 - threshold));
  return result.edges.weight.reduce((count, weight) => count + (weight >= least ? 1 : 0), 0);
}

function describe(linked: LinkFilesResult): string {
  const { table, result, quality } = linked;
  const dropped = result.blocking.reports.reduce((sum, report) => sum + report.dropped_pairs, 0);
  const lines = [
    `${table.count} records are ${linked.persons} persons: ${countLinks(linked)} links from ${result.compared} pairs compared.`,
    `Fields: ${linked.fields.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`,
  ];
  if (linked.left.length > 0)
    lines.push(`Left out: ${linked.left.map(({ column, why }) => `${column} (${why})`).join(', ')}.`);
  if (dropped > 0)
    lines.push(`Blocks above the cap held ${dropped} pairs that only other blocks could reach.`);
  if (result.clusters.flags.length > 0)
    lines.push(
      `${result.clusters.flags.length} clusters hang together loosely; a steward should look at them.`,
    );
  for (const doubt of result.model.training.doubts) lines.push(`Doubt: ${doubt}.`);
  if (quality !== undefined) {
    const show = (
      name: string,
      { precision, recall, f1 }: { precision: number; recall: number; f1: number },
    ): string =>
      `${name.padEnd(28)} precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  F1 ${f1.toFixed(4)}`;
    lines.push(
      '',
      `Against ${quality.truePairs} true pairs, of which ${missed(quality.unmet)} were never compared, ${quality.unmet.lostToCaps} of them because of caps:`,
      show(`links from p = ${quality.pairwise.threshold}`, quality.pairwise),
      show(`best (p = ${quality.best.threshold.toPrecision(3)})`, quality.best),
      show('clusters', quality.clusters),
    );
  }
  lines.push(
    '',
    `Seconds: ${Object.entries(linked.seconds)
      .map(([stage, taken]) => `${stage} ${taken.toFixed(2)}`)
      .join(', ')}.`,
  );
  return lines.join('\n');
}
