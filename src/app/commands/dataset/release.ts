import type { Command } from 'commander';
import { Misuse } from '../../../errors.ts';
import { examples, print, printJson } from '../../terminal.ts';
import { requestId, type WhomOptions, withWhom } from './whom.ts';

interface ReleaseOptions extends WhomOptions {
  readonly release?: string;
  readonly out?: string;
  readonly link?: boolean;
  readonly revoke?: boolean;
}

export function addReleaseOf(dataset: Command): void {
  withWhom(
    dataset
      .command('release <id>')
      .description('make the signed bundle of an approved request from one release, and links to it')
      .option('--release <number>', 'a release that stands (default: the newest)')
      .option('--out <file>', 'also write the bundle to this file')
      .option('--link', 'also make a link by which it is fetched; its text is shown this once')
      .option('--revoke', 'end every link of the dataset instead'),
    'steward',
  )
    .addHelpText(
      'after',
      examples(
        'dataset release 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --link',
        'dataset release 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --release 3 --out bundle.zip --json',
        'dataset release 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --revoke',
      ),
    )
    .action(async (given: string, options: ReleaseOptions) => {
      const id = requestId(given);
      if (options.revoke === true) {
        const { takeAt } = await import('../../dataset/take-at-host.ts');
        await takeAt('revokeDatasetLinks', id, { act: 'revoke' }, options);
        return options.json === true ? printJson({ id, revoked: true }) : print('Its links are revoked.');
      }
      return make(id, options);
    });
}

async function make(id: string, options: ReleaseOptions): Promise<void> {
  const [
    { asHostReader },
    { loadContracts },
    { releaseDataset, writeBundle },
    { makeLink },
    { readSettings },
    { serverAddress },
  ] = await Promise.all([
    import('../../dataset/host-reader.ts'),
    import('../../../contracts/contracts.ts'),
    import('../../dataset/release-dataset.ts'),
    import('../../../datasets/link.ts'),
    import('../../../config.ts'),
    import('../../server-address.ts'),
  ]);
  const contracts = loadContracts();
  const answer = await asHostReader('releaseDataset', options, async ({ api, hub, permission, by }) => {
    const { dataDir } = hub.database;
    const hubAddress = serverAddress(dataDir, readSettings());
    const release = numberIn(options.release);
    const bundle = await releaseDataset({
      api,
      contracts,
      permission,
      by,
      request: id,
      release,
      dataDir,
      hubAddress,
    });
    if (options.out !== undefined) await writeBundle(api, permission, bundle.id, options.out);
    const link =
      options.link === true
        ? await makeLink(api, contracts, permission.claims, { request: id, by })
        : undefined;
    return {
      bundle,
      ...(options.out === undefined ? {} : { file: options.out }),
      ...(link === undefined
        ? {}
        : { link: `${hubAddress}/datasets/${link.secret}`, expiresAt: link.expiresAt, downloads: link.most }),
    };
  });
  if (options.json === true) return printJson(answer);
  const { bundle, link } = answer;
  print(
    `bundle ${bundle.number} of release ${bundle.release}: ${bundle.cells} cells, ${bundle.bytes.toLocaleString('en-US')} bytes, sha256 ${bundle.sha256}`,
  );
  if (answer.file !== undefined) print(`written to ${answer.file}`);
  if (link !== undefined)
    print(
      `${link}\n(good for ${answer.downloads} downloads until ${answer.expiresAt?.toISOString().slice(0, 10)}; not shown again)`,
    );
}

function numberIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Misuse('NOT_A_RELEASE', 'a release has a whole number from 1', {
    remedy: 'npx tessera release list',
  });
}
