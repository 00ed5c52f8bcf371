/** The released side of the console's ports. A release never changes, so what is made of it is kept until another stands. */
import type { DataSource } from 'typeorm';
import type { Say } from '../../../../web/messages/messages.ts';
import type { Pictures } from '../../../../web/pictures.ts';
import type { Ports } from '../../../../web/ports.ts';
import type { Catalogue } from '../../../../web/released-table.ts';
import type { Contracts } from '../../../contracts/contracts.ts';
import { publishedTables } from '../../../disclosure/published-tables.ts';
import {
  allReleases,
  oneRelease,
  storedAudiences,
  storedSuppression,
} from '../../../disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../../../disclosure/release.entity.ts';
import { standing } from '../../../disclosure/standing.ts';
import { statewideFigures } from '../../../disclosure/statewide-figures.ts';
import { NotFound } from '../../../errors.ts';
import { catalogueOf } from './release-catalogue.ts';
import { picturesOf } from './release-pictures.ts';
import { releaseView } from './release-view.ts';
import { newestPeriods, type Statewide } from './statewide.ts';

type ReleasedPorts = Pick<Ports, 'catalogue' | 'table' | 'pictures' | 'releases' | 'release'>;

interface Kept {
  readonly number: number;
  readonly catalogue: Catalogue;
  readonly statewide: Omit<Statewide, 'say'>;
  readonly changed: (say: Say) => readonly string[];
  readonly pictures: Map<string, Pictures>;
}

export function releasedPorts(api: DataSource, contracts: Contracts): ReleasedPorts {
  let kept: Promise<Kept> | undefined;
  let keptFor: number | undefined;
  const current = async (): Promise<Kept | undefined> => {
    const release = (await standing(api)).current;
    if (release === undefined) return undefined;
    if (release.number !== keptFor || kept === undefined) {
      keptFor = release.number;
      kept = keep(api, contracts, release);
      // What failed is asked again the next time.
      kept.catch(() => {
        keptFor = undefined;
      });
    }
    return kept;
  };
  return {
    catalogue: async () => (await current())?.catalogue,
    table: async (question, twin) => {
      const of = await current();
      return of && releaseView(api, contracts, of.catalogue, question, twin);
    },
    pictures: async (say) => {
      const of = await current();
      if (of === undefined) return undefined;
      // One set for each language, told apart by how it names the menu.
      const language = say('nav');
      const found = of.pictures.get(language) ?? picturesOf({ ...of.statewide, say }, of.changed(say));
      of.pictures.set(language, found);
      return found;
    },
    releases: () => allReleases(api),
    release: async (number) => {
      if (!Number.isSafeInteger(number) || number > 2_147_483_647)
        throw new NotFound('NO_RELEASE', 'A release has a number.');
      return {
        release: await oneRelease(api, number),
        audiences: await storedAudiences(api, number),
        suppression: await storedSuppression(api, number),
      };
    },
  };
}

async function keep(api: DataSource, contracts: Contracts, release: ReleaseEntity): Promise<Kept> {
  const catalogue = catalogueOf(contracts, await publishedTables(api, release.number));
  const { period, before } = newestPeriods(catalogue);
  const figures = await statewideFigures(
    api,
    release.number,
    [period, before].filter((one) => one !== undefined),
  );
  const earlier = (await allReleases(api)).findLast(
    (one) => one.number < release.number && one.state !== 'withdrawn',
  );
  return {
    number: release.number,
    catalogue,
    statewide: { contracts, catalogue, period, before, figures },
    changed: (say) => changesSince(release, earlier, say),
    pictures: new Map(),
  };
}

/** What is new is read off the headings: definitions that came, went or have another version. */
function changesSince(now: ReleaseEntity, earlier: ReleaseEntity | undefined, say: Say): readonly string[] {
  if (earlier === undefined) return [say('changed.first')];
  const [is, was] = [now.definitions ?? {}, earlier.definitions ?? {}];
  const came = Object.keys(is).filter((id) => was[id] === undefined).length;
  const went = Object.keys(was).filter((id) => is[id] === undefined).length;
  const other = Object.keys(is).filter((id) => was[id] !== undefined && was[id] !== is[id]);
  return [
    ...(now.corrects === null ? [] : [say('changed.corrects', { number: now.corrects })]),
    say('changed.period', { period: now.period ?? '', earlier: earlier.period ?? '' }),
    ...(came > 0 ? [say('changed.came', { n: came })] : []),
    ...(went > 0 ? [say('changed.went', { n: went })] : []),
    ...other.map((id) => say('changed.version', { id, version: is[id] ?? 0 })),
  ];
}
