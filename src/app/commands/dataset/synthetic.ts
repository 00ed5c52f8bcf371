import type { Command } from 'commander';
import { examples, print, printJson } from '../../terminal.ts';
import { releaseNumber } from '../release-number.ts';

interface Options {
  readonly out: string;
  readonly release?: number;
  readonly json?: boolean;
}

export function addSynthetic(dataset: Command): void {
  dataset
    .command('synthetic')
    .description('made-up rows in the shape of the facts, for writing code against; not for inference')
    .requiredOption('--out <folder>', 'the folder to write into')
    .option('--release <number>', 'the release to make them from (default: the newest)', releaseNumber)
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('dataset synthetic --out synthetic', 'dataset synthetic --out synthetic --release 3 --json'),
    )
    .action(async ({ out, release, json }: Options) => {
      const { writeSynthetic } = await import('../../write-synthetic.ts');
      const written = await writeSynthetic(out, release);
      if (json === true) printJson(written);
      else {
        print(`${written.rows} rows that nobody lived, from release ${written.release}: not for inference`);
        for (const { path, bytes } of written.files) print(`${path}  ${bytes.toLocaleString('en-US')} bytes`);
      }
    });
}
