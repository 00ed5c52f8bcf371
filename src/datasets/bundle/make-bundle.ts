/**
 * A bundle from its request and one release: the cells are read once and written in three formats side by side, what is
 * said of them is written after, and everything is summed, signed and put together. Nothing is held but a batch of cells.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { uuidOf } from '../../access/named-id.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { zipEnd, zipHead } from '../../contracts/template/zip.ts';
import { type FoundTable, findTable } from '../../disclosure/asked-table.ts';
import { commitment, PUBLIC } from '../../disclosure/release/payload.ts';
import type { ReleaseKeys } from '../../disclosure/release/release-keys.ts';
import { storedAudiences } from '../../disclosure/release/stored-releases.ts';
import { standing } from '../../disclosure/standing.ts';
import { type BundleFormat, type Tally, writeSeveral } from '../../disclosure/table-file/several-files.ts';
import { Refused } from '../../errors.ts';
import { type DatasetRequest, textOf } from '../request.ts';
import { addressOf } from '../wanted-tables.ts';
import { catalogueEntry } from './catalogue-entry.ts';
import { releaseCertificate } from './certificate.ts';
import { checksums, KEY, SIGNATURE, SUMS, signSums } from './checksums.ts';
import { citationFile } from './citation-file.ts';
import { codebookCsv } from './codebook.ts';
import { dataPackage } from './data-package.ts';
import type { Dataset } from './dataset.ts';
import { ddiCodebook } from './ddi-codebook.ts';
import { pythonLoader, rLoader } from './loaders.ts';
import { type PackedFile, packStream, packText } from './packed-file.ts';
import { readMe } from './read-me.ts';

export interface BundleOrder {
  readonly contracts: Contracts;
  readonly request: DatasetRequest;
  readonly number: number;
  readonly release: number;
  readonly keys: ReleaseKeys;
  /** Said of data that are made up. */
  readonly madeUpNote: string;
  readonly hubAddress: string;
  /** The codebook as people print it; how, a domain does not know. */
  readonly codebookPdf: (dataset: Dataset) => Uint8Array | Promise<Uint8Array>;
  /** Where drafts may lie while it is made. */
  readonly folder: string;
}

export interface MadeBundle {
  readonly dataset: Dataset;
  readonly bytes: number;
  readonly sha256: string;
  /** The whole ZIP, as often as it is asked for. */
  readonly content: () => AsyncIterable<Uint8Array>;
  /** Its drafts are gone after this. */
  readonly dispose: () => Promise<void>;
}

/** More would need another form of ZIP, and no researcher reads so many cells. */
const MOST_BYTES = 2 ** 32 - 1;

export async function makeBundle(api: DataSource, order: BundleOrder): Promise<MadeBundle> {
  const tables = await tablesOf(api, order);
  const note = tables.some(({ madeUp }) => madeUp) ? order.madeUpNote : undefined;
  const fingerprint = fingerprintOf(order);
  const folder = await mkdtemp(join(order.folder, 'bundle-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { tally, files } = await writeData(api, order, { tables, note, fingerprint, folder });
    const dataset = await datasetOf(api, order, { tables, tally, note, fingerprint });
    const parts = finished(await described(dataset, files, order), order.keys);
    const content = (): AsyncIterable<Uint8Array> => zipped(parts);
    return { dataset, ...(await weighed(content())), content, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** All of one release that stands; a proposed table is one of them as soon as a release carries it. */
async function tablesOf(api: DataSource, order: BundleOrder): Promise<readonly FoundTable[]> {
  const { contracts, request, release } = order;
  const { releases } = await standing(api);
  if (!releases.some(({ number }) => number === release))
    throw new Refused('NO_RELEASE', `There is no release ${release} that stands.`, {
      remedy: 'npx tessera release list shows those that there are.',
    });
  const tables: FoundTable[] = [];
  const missing: string[] = [];
  for (const address of [...request.tables, ...request.proposals]) {
    const [metric = '', tbl = ''] = address.split('/');
    const by = tbl === 'all' ? [] : tbl.split('+');
    const declared = contracts.metrics.get(metric)?.tables.find(({ name }) => name === tbl);
    if (declared?.publish !== 'public') missing.push(address);
    else tables.push(await findTable(api, contracts, { metric, by, where: new Map(), periods: [], release }));
  }
  if (missing.length > 0) throw notYet(release, missing);
  return tables;
}

function notYet(release: number, addresses: readonly string[]): Refused {
  return new Refused(
    'NOT_IN_RELEASE',
    `Release ${release} does not hold ${addresses.join(', ')} for these years.`,
    {
      remedy:
        'A proposed table is added to schema/metrics and leaves with the next release; other tables are in other releases: npx tessera release show',
    },
  );
}

/** Known to whoever holds the hub's key, and to nobody else: without the key nobody can tell for whom a copy was made. */
function fingerprintOf({
  request,
  number,
  release,
  keys,
}: Pick<BundleOrder, 'request' | 'number' | 'release' | 'keys'>): string {
  return commitment(keys.commitmentKey, {
    dataset: request.id,
    recipient: [request.author, textOf(request, 'organization'), textOf(request, 'recipient')],
    release,
    number,
  });
}

interface Written {
  readonly tables: readonly FoundTable[];
  readonly note: string | undefined;
  readonly fingerprint: string;
}

async function writeData(
  api: DataSource,
  { request, release }: BundleOrder,
  { tables, note, fingerprint, folder }: Written & { readonly folder: string },
): Promise<{ readonly tally: Tally; readonly files: readonly PackedFile[] }> {
  const files = new Map<BundleFormat, PackedFile>();
  const about = new Map([
    ...(note === undefined ? [] : [['note', note] as const]),
    ['fingerprint', fingerprint] as const,
  ]);
  const years = { from: Number(textOf(request, 'from_year')), to: Number(textOf(request, 'to_year')) };
  const tally = await writeSeveral(api, { tables, ...years, note, about }, async (format, bytes) => {
    files.set(format, await packStream(`data.${format}`, bytes, join(folder, format)));
  });
  if (tally.absent.length > 0) throw notYet(release, tally.absent.map(addressOf));
  return { tally, files: [...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

async function datasetOf(
  api: DataSource,
  order: BundleOrder,
  { tables, tally, note, fingerprint }: Written & { readonly tally: Tally },
): Promise<Dataset> {
  const { contracts, request, number, hubAddress } = order;
  const signed = (await storedAudiences(api, order.release)).find(({ audience }) => audience === PUBLIC);
  const release = tables[0]?.release;
  if (signed === undefined || release === undefined)
    throw new Refused('RELEASE_UNSIGNED', `Release ${order.release} was made before releases were signed.`);
  const id = uuidOf('dataset bundle', request.id, String(number));
  return { contracts, request, number, id, release, signed, tables, tally, note, fingerprint, hubAddress };
}

async function described(
  dataset: Dataset,
  data: readonly PackedFile[],
  { codebookPdf }: BundleOrder,
): Promise<readonly PackedFile[]> {
  return [
    packText('README.md', readMe(dataset)),
    ...data,
    packText('datapackage.json', dataPackage(dataset, data)),
    packText('codebook.csv', codebookCsv(dataset)),
    packText('codebook.pdf', await codebookPdf(dataset)),
    packText('load.py', pythonLoader(dataset)),
    packText('load.R', rLoader(dataset)),
    packText('CITATION.cff', citationFile(dataset)),
    packText('dcat-us.json', catalogueEntry(dataset, data)),
    packText('ddi-codebook.xml', ddiCodebook(dataset)),
    packText('release-certificate.json', releaseCertificate(dataset)),
  ];
}

function finished(
  files: readonly PackedFile[],
  { privateKey, publicKeyPem }: ReleaseKeys,
): readonly PackedFile[] {
  const keyed = [...files, packText(KEY, publicKeyPem)];
  const sums = checksums(keyed);
  return [...keyed, packText(SUMS, sums), packText(SIGNATURE, signSums(sums, privateKey))];
}

async function* zipped(files: readonly PackedFile[]): AsyncGenerator<Uint8Array> {
  for (const { part, body } of files) {
    yield zipHead(part);
    if (typeof body === 'string')
      yield* createReadStream(body, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>;
    else yield body;
  }
  yield zipEnd(files.map(({ part }) => part));
}

async function weighed(
  content: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of content) {
    hash.update(piece);
    bytes += piece.length;
  }
  if (bytes > MOST_BYTES)
    throw new Refused('BUNDLE_TOO_LARGE', 'The dataset is larger than a ZIP may be.', {
      remedy: 'Ask for fewer tables or years.',
    });
  return { bytes, sha256: hash.digest('hex') };
}
