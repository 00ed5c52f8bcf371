import type { Command } from 'commander';
import { Misuse } from '../../../errors.ts';
import { examples, print, printJson } from '../../terminal.ts';
import { requestId, type WhomOptions, withWhom } from './whom.ts';

interface RequestOptions extends WhomOptions {
  readonly template?: boolean;
  readonly tables?: string | true;
  readonly list?: boolean;
  readonly show?: string;
  readonly id?: string;
  readonly draft?: boolean;
  readonly withdraw?: string;
  readonly destroyed?: string;
  readonly words?: string;
}

export function addRequest(dataset: Command): void {
  withWhom(
    dataset
      .command('request [file]')
      .description('ask for a dataset with a request file, or look at what was asked')
      .option('--template', 'print a request file to fill in')
      .option(
        '--tables [metric]',
        'list the tables that can be asked for, and how much of each is hidden today',
      )
      .option('--list', 'list the requests that whoever acts may see')
      .option('--show <id>', 'show one request with its steps, bundles and links')
      .option('--id <id>', 'change this request, as long as it is a draft or was returned')
      .option('--draft', 'keep it as a draft instead of putting it to review')
      .option('--withdraw <id>', 'take a request back')
      .option('--destroyed <id>', 'say that a dataset was destroyed; --words says how')
      .option('--words <words>', 'what is said of it'),
    'researcher',
  )
    .addHelpText(
      'after',
      examples(
        'dataset request --template > request.yaml',
        'dataset request --tables identified',
        'dataset request request.yaml --as researcher@university.example --json',
        'dataset request --list --role steward',
        'dataset request --show 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55',
      ),
    )
    .action(async (file: string | undefined, options: RequestOptions) => {
      if (options.template === true) return template();
      if (options.tables !== undefined) return tables(options);
      if (options.list === true) return list(options);
      if (options.show !== undefined) return show(options.show, options);
      if (options.withdraw !== undefined)
        return act('withdrawRequest', options.withdraw, { act: 'withdraw' }, options);
      if (options.destroyed !== undefined)
        return act(
          'destroyDataset',
          options.destroyed,
          { act: 'destroy', words: options.words ?? '' },
          options,
        );
      if (file === undefined)
        throw new Misuse('NO_FILE', 'name a request file', {
          remedy: 'npx tessera dataset request --template > request.yaml',
        });
      return ask(file, options);
    });
}

async function template(): Promise<void> {
  const [{ loadContracts }, { requestTemplate }] = await Promise.all([
    import('../../../contracts/contracts.ts'),
    import('../../dataset/request-file.ts'),
  ]);
  print(requestTemplate(loadContracts()));
}

async function tables(options: RequestOptions): Promise<void> {
  const [{ asHostReader }, { loadContracts }, { previewTables }] = await Promise.all([
    import('../../dataset/host-reader.ts'),
    import('../../../contracts/contracts.ts'),
    import('../../../datasets/table-preview.ts'),
  ]);
  const seen = await asHostReader('datasetTables', options, ({ api }) => previewTables(api, loadContracts()));
  const wanted = seen.tables.filter(({ metric }) => options.tables === true || metric === options.tables);
  if (options.json === true) return printJson({ release: seen.release?.number ?? null, tables: wanted });
  print(
    seen.release === undefined
      ? 'Nothing is released yet, so how much would be hidden is not known.'
      : `How much of each table release ${seen.release.number} hides:`,
  );
  for (const { address, cells, hidden } of wanted)
    print(
      `${address.padEnd(60)} ${cells === 0 ? 'not in this release' : `${hidden} of ${cells} cells hidden`}`,
    );
}

async function list(options: RequestOptions): Promise<void> {
  const [{ asHostReader }, { requestsSeen }, { textOf }] = await Promise.all([
    import('../../dataset/host-reader.ts'),
    import('../../../datasets/requests-seen.ts'),
    import('../../../datasets/request.ts'),
  ]);
  const found = await asHostReader('requests', options, ({ api, permission }) =>
    requestsSeen(api, permission.claims, { most: 1000 }),
  );
  if (options.json === true) return printJson(found);
  if (found.length === 0) return print('No requests: npx tessera dataset request --template > request.yaml');
  for (const request of found)
    print(
      `${request.id}  ${request.state.padEnd(10)} ${request.dueOn === null ? '' : `due ${request.dueOn}  `}${textOf(request, 'title')}`,
    );
}

async function show(id: string, options: RequestOptions): Promise<void> {
  const [{ asHostReader }, { standingOf }, { textOf }] = await Promise.all([
    import('../../dataset/host-reader.ts'),
    import('../../../datasets/requests-seen.ts'),
    import('../../../datasets/request.ts'),
  ]);
  const found = await asHostReader('requests', options, ({ api, permission }) =>
    standingOf(api, permission.claims, requestId(id)),
  );
  if (options.json === true) return printJson(found);
  const { request, steps, bundles } = found;
  print(`${textOf(request, 'title')}: ${request.state}`);
  for (const [name, value] of Object.entries(request.content)) print(`  ${name}: ${String(value)}`);
  for (const table of request.tables) print(`  table ${table}`);
  for (const table of request.proposals) print(`  proposed ${table}`);
  for (const { at, step, name, role, words } of steps)
    print(
      `${at.toISOString().slice(0, 16)}  ${step} ${name ?? 'the hub'}${role === null ? '' : ` (${role})`} ${words ?? ''}`.trimEnd(),
    );
  for (const { number, release, cells, sha256 } of bundles)
    print(`bundle ${number} of release ${release}: ${cells} cells, sha256 ${sha256}`);
}

async function ask(file: string, options: RequestOptions): Promise<void> {
  const [{ asHostReader }, { loadContracts }, { readRequestFile }, { recordRequest }, { oneRequest }] =
    await Promise.all([
      import('../../dataset/host-reader.ts'),
      import('../../../contracts/contracts.ts'),
      import('../../dataset/request-file.ts'),
      import('../../../datasets/record-request.ts'),
      import('../../../datasets/requests-seen.ts'),
    ]);
  const { randomUUID } = await import('node:crypto');
  const request = await asHostReader('requestDataset', options, async ({ api, permission, by }) => {
    const contracts = loadContracts();
    const given = readRequestFile(contracts, file);
    const known = options.id === undefined ? {} : { id: requestId(options.id) };
    const recorded = { ...given, ...known, key: randomUUID(), submit: options.draft !== true };
    const id = await recordRequest(api, contracts, permission.claims, recorded, by);
    return oneRequest(api, permission.claims, id);
  });
  if (options.json === true) printJson(request);
  else
    print(`${request.id}  ${request.state}${request.dueOn === null ? '' : `, answered by ${request.dueOn}`}`);
}

async function act(
  operation: string,
  id: string,
  wanted: { readonly act: 'withdraw' } | { readonly act: 'destroy'; readonly words: string },
  options: RequestOptions,
): Promise<void> {
  const { takeAt } = await import('../../dataset/take-at-host.ts');
  const request = await takeAt(operation, requestId(id), wanted, options);
  if (options.json === true) printJson(request);
  else print(`${request.id}  ${request.state}`);
}
