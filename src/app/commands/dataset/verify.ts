import type { Command } from 'commander';
import { examples, print, printJson } from '../../terminal.ts';
import type { WhomOptions } from './whom.ts';
import { withWhom } from './whom.ts';

interface VerifyOptions extends WhomOptions {
  readonly key?: string;
  readonly hub?: boolean;
}

export function addVerifyOf(dataset: Command): void {
  withWhom(
    dataset
      .command('verify <file>')
      .description(
        'check a bundle: checksums and signature; with the hub also whose copy it is, and every cell',
      )
      .option('--key <file>', 'the hub’s public key (PEM), as the hub told it')
      .option('--hub', 'ask the hub on this host: whose copy it is, and whether every cell is the release’s'),
    'steward',
  )
    .addHelpText(
      'after',
      examples(
        'dataset verify bundle.zip',
        'dataset verify bundle.zip --key hub.pem --json',
        'dataset verify bundle.zip --hub',
      ),
    )
    .action(async (file: string, options: VerifyOptions) => {
      const { verifyDataset } = await import('../../dataset/verify-dataset.ts');
      const found =
        options.hub === true
          ? await atHub(file, options)
          : await verifyDataset(file, { key: options.key, hub: undefined });
      const holds = found.findings.length === 0;
      if (options.json === true) printJson({ file, holds, ...found });
      else if (holds) {
        print(`${file} holds: ${found.files} files as they were signed with key ${found.keyId}`);
        if (!found.keyKnown)
          print('The key is the one in the bundle: compare it with the hub’s, or name that with --key.');
        if (found.bundle !== null)
          print(
            `bundle ${found.bundle.number} of request ${found.bundle.request}, release ${found.bundle.release}, for ${found.recipient}; every cell is the release’s`,
          );
      } else
        for (const finding of found.findings)
          print(`${finding.code}${'file' in finding ? `: ${finding.file}` : ''}`);
      if (!holds) process.exitCode = 2;
    });
}

async function atHub(file: string, options: VerifyOptions) {
  const [{ asHostReader }, { loadContracts }, { keptReleaseKeys }, { verifyDataset }] = await Promise.all([
    import('../../dataset/host-reader.ts'),
    import('../../../contracts/contracts.ts'),
    import('../../../disclosure/release/release-keys.ts'),
    import('../../dataset/verify-dataset.ts'),
  ]);
  return asHostReader('requests', options, ({ api, hub, permission }) =>
    verifyDataset(file, {
      key: options.key,
      hub: {
        api,
        contracts: loadContracts(),
        permission,
        publicKey: keptReleaseKeys(hub.database.dataDir).publicKeyPem,
      },
    }),
  );
}
