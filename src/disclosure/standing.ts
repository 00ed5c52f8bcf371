/** Which releases stand at this moment, asked of the database each time, and once for everybody who asks together. */
import type { DataSource } from 'typeorm';
import { prepared } from '../db/prepared.ts';
import { together } from '../db/together.ts';
import { ReleaseEntity } from './release.entity.ts';

export interface Standing {
  /** Those that stand, oldest first. */
  readonly releases: readonly ReleaseEntity[];
  readonly current: ReleaseEntity | undefined;
  /** Whether anything that the hub holds was made up. */
  readonly madeUp: boolean;
  /** Another one as soon as any of this is. */
  readonly stamp: string;
}

export async function standing(source: DataSource): Promise<Standing> {
  const found = await asked(source, 'now');
  if (found === undefined) throw new Error('the releases were not answered');
  return found;
}

const asked = together<'now', Standing>(async (source) => new Map([['now', await read(source)]]));
const known = new WeakMap<DataSource, Standing>();

const stampOf = `SELECT governance.holds_made_up() AS made_up,
  (SELECT md5(coalesce(string_agg(number || state, ',' ORDER BY number), '')) FROM release.release) AS releases`;

async function read(source: DataSource): Promise<Standing> {
  const [found] = await prepared<{ made_up: boolean; releases: string }>(source, stampOf);
  const stamp = `${found?.releases}${found?.made_up}`;
  const before = known.get(source);
  if (before?.stamp === stamp) return before;
  const all = await source.getRepository(ReleaseEntity).find({ order: { number: 'ASC' } });
  const releases = all.filter(({ state }) => state !== 'withdrawn');
  const now = { releases, current: releases.at(-1), madeUp: found?.made_up === true, stamp };
  known.set(source, now);
  return now;
}
