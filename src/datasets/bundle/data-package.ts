/** datapackage.json: what the files are and how to read them, as Frictionless Data Package 2 has it. Pure. */
import { textOf } from '../request.ts';
import { describedColumns } from './codebook.ts';
import {
  addressOfDataset,
  type BundledFile,
  citationOf,
  DATA_FILES,
  type Dataset,
  dayOf,
  descriptionOf,
  PUBLISHER,
  titleOf,
} from './dataset.ts';

export function dataPackage(dataset: Dataset, files: readonly BundledFile[]): string {
  const { request, release, number, tally, note, fingerprint } = dataset;
  return json({
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: `tessera-release-${release.number}-${dataset.id}`,
    id: addressOfDataset(dataset),
    title: titleOf(dataset),
    description: descriptionOf(dataset),
    version: `${release.number}.${number}`,
    created: release.publishedAt.toISOString(),
    homepage: addressOfDataset(dataset),
    contributors: [{ title: PUBLISHER, roles: ['publisher'] }],
    resources: files.flatMap((file) => {
      const mediatype = DATA_FILES[file.name];
      return mediatype === undefined ? [] : [resource(dataset, file, mediatype)];
    }),
    // Of this hub: what a reader of the files can hold them to.
    tessera: {
      ...(note === undefined ? {} : { note }),
      citation: citationOf(dataset),
      release: {
        number: release.number,
        state: release.state,
        closedOn: release.closedOn,
        publishedOn: dayOf(dataset),
      },
      request: request.id,
      number,
      recipient: { organization: textOf(request, 'organization'), name: textOf(request, 'recipient') },
      agreement: textOf(request, 'agreement'),
      until: textOf(request, 'until'),
      fingerprint,
      cells: tally.cells,
      statuses: tally.statuses,
      sums: tally.sums,
    },
  });
}

function resource(dataset: Dataset, { name: path, bytes, sha256 }: BundledFile, mediatype: string): object {
  const name = path === 'data.csv' ? 'data' : path.replace('.', '-');
  const about = { name, path, mediatype, bytes, hash: `sha256:${sha256}` };
  if (name !== 'data') return about;
  return {
    ...about,
    type: 'table',
    format: 'csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      fields: describedColumns(dataset).map(({ name: field, type, words, codes }) => ({
        name: field,
        type,
        description: words,
        ...(codes.length === 0 ? {} : { categories: codes.map(([value, label]) => ({ value, label })) }),
        ...(type === 'number' ? { missingValues: [''] } : { missingValues: [] }),
      })),
      primaryKey: dataset.tally.columns
        .filter((column) => !column.numeric && !NOT_KEYS.has(column.name))
        .map((column) => column.name),
    },
  };
}

const NOT_KEYS = new Set(['definition', 'release', 'status', 'footnotes', 'note']);

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
