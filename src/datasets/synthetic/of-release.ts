/** Reads what a release shows, through the one door, and makes synthetic rows of it. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import { storedAudiences } from '../../disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../../disclosure/release.entity.ts';
import { figuresOf } from '../../disclosure/release-table.ts';
import { standing } from '../../disclosure/standing.ts';
import { NotFound } from '../../errors.ts';
import { ageBandsOf, MADE_FROM, type SyntheticPeople, syntheticPeople } from './synthetic-people.ts';

export interface SyntheticRelease extends SyntheticPeople {
  readonly release: ReleaseEntity;
  /** The release itself: the same gives the same rows. */
  readonly seed: string;
}

export async function syntheticOfRelease(
  source: DataSource,
  contracts: Contracts,
  number?: number,
): Promise<SyntheticRelease> {
  const { releases, current } = await standing(source);
  const release = number === undefined ? current : releases.find((one) => one.number === number);
  if (release === undefined)
    throw new NotFound(
      'NO_RELEASE',
      number === undefined ? 'Nothing has been released yet.' : `There is no release ${number} that stands.`,
      { remedy: 'Synthetic rows are made of a release: npx tessera release list' },
    );
  const figures: ReleaseFigure[] = [];
  for (const metric of MADE_FROM)
    for (const { name, publish } of contracts.metrics.get(metric)?.tables ?? [])
      if (publish === 'public')
        figures.push(
          ...(await figuresOf(source, { release: release.number, metric, tbl: name, county: undefined })),
        );
  const audiences = await storedAudiences(source, release.number);
  const seed = audiences.find(({ audience }) => audience === 'public')?.sha256 ?? '';
  return { release, seed, ...syntheticPeople({ figures, seed, ageBands: ageBandsOf(contracts) }) };
}
