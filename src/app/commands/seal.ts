import type { Command } from 'commander';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly to: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

export function addSeal(program: Command): void {
  const seal = program
    .command('seal')
    .description('what an agency runs last: encrypt every file of a delivery for the hub, in the age format')
    .argument('<folder>', 'a delivery that `tessera check` has looked at')
    .option(
      '--to <keys...>',
      'public halves of the keys that can open it (age1…), as the hub gives them out',
      [],
    )
    .option('--out <folder>', 'where the encrypted delivery goes; not there yet')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples('seal outbox/2026-03-01 --to age1… --out sealed/2026-03-01', 'seal key --out delivery.key'),
    )
    .action(async (folder: string, { to, out, json }: Options) => {
      if (to.length === 0 || out === undefined)
        throw new Misuse('SEAL', 'For whom, or where to, was not said.', { remedy: 'Give --to and --out.' });
      const { sealDelivery } = await import('../../../etl/seal-delivery.ts');
      const sealed = await sealDelivery(folder, out, to);
      if (json) printJson(sealed);
      else print(`${out}: ${sealed.files.length} files of ${sealed.delivery}, encrypted`);
    });

  seal
    .command('key')
    .description('at the hub: make a key for what agencies send; TESSERA_DELIVERY_KEY_FILE names it')
    .requiredOption('--out <file>', 'a file that is not there yet')
    .addHelpText('after', examples('seal key --out /etc/tessera/delivery.key'))
    .action(async (options: { out: string }) => {
      const { writeKey } = await import('../write-key.ts');
      const recipient = await writeKey(options.out);
      print(
        `${options.out} opens what is encrypted for ${recipient}\nGive agencies that line, and nobody the file.`,
      );
    });
}
