import type { Command } from 'commander';
import type { ProjectKey } from '../../../etl/encode/key.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Files {
  readonly saltFile?: string;
  readonly json?: boolean;
}

const AFTER = [
  'The secret and the salt are the two shares of one key. Give each to another custodian, over another channel;',
  'both are needed to encode, and the hub must hold neither.',
].join('\n');

/** The key ceremony: make, name and replace the key of a linkage project. */
export function addKey(program: Command): void {
  const key = program
    .command('key')
    .description("make, name and replace the key of a linkage project's agencies");

  key
    .command('new')
    .description('make a key: a file with the secret share, and one with the salt share')
    .argument('<file>', 'the file for the secret share')
    .requiredOption('--project <name>', 'the linkage project, in lower-case letters, digits and hyphens')
    .option('--salt-file <file>', 'the file for the salt share (default: the first with .salt added)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('key new csec.key --project ca-csec-2026'))
    .action(async (file: string, options: Files & { project: string }) => {
      const { newKey } = await import('../../../etl/encode/key.ts');
      await writeBoth(newKey(options.project), file, options);
    });

  key
    .command('fingerprint')
    .description('name a key, so that custodians and the hub can compare it without seeing it')
    .argument('<file>', 'the file with the secret share')
    .option('--salt-file <file>', 'the file with the salt share (default: the first with .salt added)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('key fingerprint csec.key'))
    .action(async (file: string, options: Files) => {
      const { keyVersion, readKey } = await import('../../../etl/encode/key.ts');
      const found = readKey(file, options.saltFile);
      const named = { project: found.project, version: found.version, key_version: keyVersion(found) };
      if (options.json === true) printJson(named);
      else print(`${named.key_version}  (project ${named.project})`);
    });

  key
    .command('rotate')
    .description('make the next version of a key; every agency then encodes its whole caseload again')
    .argument('<old>', 'the file with the secret share in use')
    .argument('<new>', 'the file for the new secret share')
    .option(
      '--salt-file <file>',
      'the salt share in use (default: <old>.salt); the new one goes to <new>.salt',
    )
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('key rotate csec.key csec-2.key'))
    .action(async (old: string, next: string, options: Files) => {
      const { readKey, rotateKey } = await import('../../../etl/encode/key.ts');
      const { saltFile, ...rest } = options;
      await writeBoth(rotateKey(readKey(old, saltFile)), next, rest);
    });
}

async function writeBoth(made: ProjectKey, file: string, options: Files): Promise<void> {
  const { keyVersion, shareOf, writeShare } = await import('../../../etl/encode/key.ts');
  const saltFile = options.saltFile ?? `${file}.salt`;
  writeShare(file, shareOf(made, 'secret'));
  writeShare(saltFile, shareOf(made, 'salt'));
  const named = { project: made.project, version: made.version, key_version: keyVersion(made) };
  if (options.json === true) printJson({ ...named, secret_file: file, salt_file: saltFile });
  else print(`Key ${named.key_version} of project ${named.project}: ${file} and ${saltFile}.\n${AFTER}`);
}
