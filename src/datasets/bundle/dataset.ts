/** A dataset that is given to somebody: a projection of one release, and what its files say of it. */
import type { Contracts } from '../../contracts/contracts.ts';
import type { FoundTable } from '../../disclosure/asked-table.ts';
import type { Signed } from '../../disclosure/release/signature.ts';
import type { ReleaseEntity } from '../../disclosure/release.entity.ts';
import type { Tally } from '../../disclosure/table-file/several-files.ts';
import { type DatasetRequest, textOf } from '../request.ts';
import { addressOf } from '../wanted-tables.ts';

export interface Dataset {
  readonly contracts: Contracts;
  readonly request: DatasetRequest;
  /** Of the bundles of this request, from 1. */
  readonly number: number;
  readonly id: string;
  readonly release: ReleaseEntity;
  /** The signature of everything that the release shows to everybody. */
  readonly signed: Signed;
  readonly tables: readonly FoundTable[];
  readonly tally: Tally;
  /** Says that the data are made up, where they are. */
  readonly note: string | undefined;
  readonly fingerprint: string;
  readonly hubAddress: string;
}

/** A file of the bundle, as its checksums name it. */
export interface BundledFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The files that hold the cells, and what they are. */
export const DATA_FILES: Readonly<Record<string, string>> = {
  'data.csv': 'text/csv',
  'data.parquet': 'application/vnd.apache.parquet',
  'data.arrow': 'application/vnd.apache.arrow.stream',
};

export const PUBLISHER = 'Tessera';

export function titleOf({ request }: Pick<Dataset, 'request'>): string {
  return textOf(request, 'title').replaceAll(/\s+/g, ' ');
}

/** No clock is read: the same release gives the same bytes. */
export function dayOf({ release }: Pick<Dataset, 'release'>): string {
  return release.publishedAt.toISOString().slice(0, 10);
}

/** Where the dataset is listed for everybody, for good. */
export function addressOfDataset({ hubAddress, id }: Pick<Dataset, 'hubAddress' | 'id'>): string {
  return `${hubAddress}/datasets#${id}`;
}

export function citationOf(dataset: Dataset): string {
  const { release, number } = dataset;
  return `${PUBLISHER} (${dayOf(dataset).slice(0, 4)}). ${titleOf(dataset)} (dataset ${number}; release ${release.number}, closed ${release.closedOn}). ${addressOfDataset(dataset)}`;
}

export function descriptionOf(dataset: Dataset): string {
  const { tables, release, note } = dataset;
  return [
    ...(note === undefined ? [] : [note]),
    `Protected figures about young people who experienced, or may have experienced, commercial sexual exploitation: ${tables.length} tables of release ${release.number}.`,
    'Counts of 1 to 10 are never shown and cannot be worked out.',
  ].join(' ');
}

export function addressesOf({ tables }: Pick<Dataset, 'tables'>): readonly string[] {
  return tables.map(addressOf);
}

/** Each metric once, in the order of the catalogue. */
export function metricsOf({ tables }: Pick<Dataset, 'tables'>): readonly FoundTable['metric'][] {
  return [...new Set(tables.map(({ metric }) => metric))];
}

/** What must be known beside the figures, each once. */
export function limitsOf(dataset: Pick<Dataset, 'tables'>): readonly string[] {
  return [...new Set(metricsOf(dataset).flatMap(({ limits }) => limits))];
}
