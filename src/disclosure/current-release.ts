import type { DataSource } from 'typeorm';
import { ReleaseEntity } from './release.entity.ts';

/** The newest release that stands; undefined before the first one. */
export async function currentRelease(source: DataSource): Promise<ReleaseEntity | undefined> {
  const found = await source.getRepository(ReleaseEntity).find({
    where: [{ state: 'final' }, { state: 'provisional' }],
    order: { number: 'DESC' },
    take: 1,
  });
  return found[0];
}
