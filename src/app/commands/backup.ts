import type { Command } from 'commander';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface BackupOptions {
  readonly into?: string;
  readonly keyFile?: string;
  readonly recipient: readonly string[];
  readonly keep: number;
  readonly keepDays?: number;
  readonly json?: boolean;
}

interface RestoreOptions {
  readonly keyFile: string;
  readonly check?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

export function addBackup(program: Command): void {
  const backup = program
    .command('backup')
    .description('everything the hub holds, its keys too, in one encrypted file; the hub goes on working')
    .option('--into <folder>', 'where backups are kept')
    .option('--key-file <file>', 'the key that opens it: then it is restored elsewhere at once and compared')
    .option('--recipient <keys...>', 'public halves of keys that can open it (age1…)', [])
    .option('--keep <n>', 'how many backups stay in the folder', whole, 14)
    .option('--keep-days <n>', 'and for how many days at most; the newest always stays', whole)
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'backup key --out backup.key',
        'backup --into /mnt/backups --key-file backup.key --keep 14 --keep-days 35',
        'backup --into /mnt/backups --recipient age1…   # whoever holds the key checks it: restore --check',
      ),
    )
    .action(async (options: BackupOptions) => {
      const { into, keyFile, recipient: recipients, keep: most, keepDays: days } = options;
      if (into === undefined)
        throw new Misuse('INTO', 'Where the backup goes was not said.', { remedy: 'Give --into FOLDER.' });
      if (keyFile === undefined && recipients.length === 0)
        throw new Misuse('KEY_FILE', 'A backup is always encrypted, and no key was named.', {
          remedy: 'Give --key-file or --recipient; `npx tessera backup key --out FILE` makes a key.',
        });
      const [{ readSettings }, { withHub }, { takeBackup }] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../backup.ts'),
      ]);
      const made = await withHub(readSettings(), 'backup', (hub) =>
        takeBackup(hub, {
          into,
          recipients,
          keep: { most, days },
          ...(keyFile === undefined ? {} : { keyFile }),
        }),
      );
      if (options.json) return printJson(made);
      const looked = made.verified
        ? 'restored into a database of its own and compared row by row'
        : 'NOT LOOKED AT: whoever holds the key runs `npx tessera restore --check`';
      print(`${made.file}: ${made.rows} rows of ${made.tables} tables, ${made.bytes} bytes, ${looked}`);
      for (const name of made.dropped) print(`let go: ${name}`);
    });

  backup
    .command('key')
    .description('make a key for backups; keep it where the hub is not')
    .requiredOption('--out <file>', 'a file that is not there yet')
    .addHelpText('after', examples('backup key --out backup.key'))
    .action(async ({ out }: { out: string }) => {
      const { writeKey } = await import('../write-key.ts');
      const recipient = await writeKey(out);
      print(
        `${out} opens backups made for ${recipient}\nWithout it they are lost. Keep it where the hub is not.`,
      );
    });
}

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('put a backup in the place of what the hub holds, or only look whether that would work')
    .argument('<file>', 'a backup')
    .requiredOption('--key-file <file>', 'the key that opens it')
    .option('--check', 'restore it into a database of its own, compare every row, and let that go again')
    .option('--replace', 'also where the hub holds something; that is kept under another name')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'restore /mnt/backups/tessera-20260301T090000Z.backup.age --key-file backup.key --check',
        'restore /mnt/backups/tessera-20260301T090000Z.backup.age --key-file backup.key --replace',
      ),
    )
    .action(async (file: string, { keyFile, check, replace, json }: RestoreOptions) => {
      const [{ readSettings }, { withHub, withHubAlone }, { checkBackup, restoreBackup }] = await Promise.all(
        [import('../../config.ts'), import('../hub.ts'), import('../backup.ts')],
      );
      const settings = readSettings();
      const { tables, rows, ...rest } =
        check === true
          ? await withHub(settings, 'restore', (hub) => checkBackup(hub, file, keyFile))
          : await withHubAlone(settings, (hub) =>
              restoreBackup(hub, file, keyFile, { replace: replace === true }),
            );
      const replaced = 'replaced' in rest ? rest.replaced : null;
      if (json) return printJson({ file, tables: tables.length, rows, restored: check !== true, replaced });
      print(
        check === true
          ? `${rows} rows of ${tables.length} tables open, restore, and are those that were taken`
          : `${rows} rows of ${tables.length} tables are back`,
      );
      if (typeof replaced === 'string') print(`What the hub held before lies in the database ${replaced}`);
    });
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new Misuse('NOT_A_WHOLE_NUMBER', `${text}: a whole number from 1 is asked for`);
}
