/** Addresses under which published data can be had for ever: each names its release, or says that it means the newest. */

export function tableLink(metric: string, format: string, tbl: string, release: number): string {
  const query = new URLSearchParams();
  if (tbl !== 'all') query.set('by', tbl.split('+').join(','));
  query.set('release', String(release));
  return `/data/${metric}.${format}?${query}`;
}

export function databaseLink(release: number): string {
  return `/data/release-${release}.duckdb`;
}

export const NEWEST_DATABASE = '/data/newest.duckdb';
export const CHANGES = '/data/changes.json';
export const CATALOGUE = '/data.json';

export const DATABASE_PATH = /^\/data\/release-(\d{1,9})\.duckdb$/;

/** The number of the release whose database an address names. */
export function releaseOfDatabase(address: string): string | null {
  return DATABASE_PATH.exec(address)?.[1] ?? null;
}
