/** Which release a report of a year is made of, and what is read of it: through the one door, as everybody may. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { placeFigures } from '../../src/disclosure/place-figures.ts';
import { allReleases, oneRelease, storedSuppression } from '../../src/disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../../src/disclosure/release.entity.ts';
import { standing } from '../../src/disclosure/standing.ts';
import { Misuse, NotFound } from '../../src/errors.ts';
import { type RegisterEntry, registerEntries } from '../../src/register/entries.ts';
import type { Edition } from '../parts/edition.ts';
import { type Language, writingIn } from '../words/language.ts';
import { bookOf } from './book.ts';
import { placeNamed } from './place.ts';

export interface Wanted {
  readonly county: string | undefined;
  readonly year: string;
  readonly language: Language;
  /** A release by its number, in place of the one that the year would have. */
  readonly release?: number | undefined;
}

export async function openEdition(api: DataSource, contracts: Contracts, wanted: Wanted): Promise<Edition> {
  const { year, language } = wanted;
  if (!/^20\d{2}$/.test(year))
    throw new Misuse('NOT_A_YEAR', 'A report is of a year of four digits, such as 2025');
  const place = placeNamed(contracts, wanted.county);
  const release = await releaseFor(api, year, wanted.release);
  const register = await registerEntries(
    api,
    { county: place.county ?? '*' },
    { county: place.county, most: MOST_ENTRIES },
  );
  return {
    contracts,
    place,
    year,
    release,
    writing: writingIn(language),
    madeUp: (await standing(api)).madeUp,
    book: bookOf(contracts, place, year, await placeFigures(api, release.number, place.county)),
    register: register.filter((entry) => holds(entry, release)).toSorted(byParty),
    suppression: await storedSuppression(api, release.number),
  };
}

/** What a party wrote is of the year that it names, whenever it was entered; the rest must hold on the release's day. */
function holds({ content, effectiveFrom, effectiveTo }: RegisterEntry, { closedOn }: ReleaseEntity): boolean {
  if (content['words'] !== undefined && content['year'] !== undefined) return true;
  return effectiveFrom <= closedOn && closedOn <= (effectiveTo ?? '9999-12-31');
}

function byParty(a: RegisterEntry, b: RegisterEntry): number {
  const key = ({ county, content, id }: RegisterEntry): string =>
    JSON.stringify([county, content['party'], id]);
  return key(a) < key(b) ? -1 : 1;
}

/** As many entries as a county's register holds in practice, many times over. */
const MOST_ENTRIES = 5000;

/** The newest final release of the year; without one, the newest that stands, of which the report then says so. */
async function releaseFor(api: DataSource, year: string, number: number | undefined): Promise<ReleaseEntity> {
  if (number !== undefined) {
    const asked = await oneRelease(api, number);
    if (asked.state !== 'withdrawn') return asked;
    throw new NotFound('RELEASE_WITHDRAWN', `Release ${number} was withdrawn; no report is made of it.`, {
      remedy: '`npx tessera release list` shows those that stand.',
    });
  }
  const standing = (await allReleases(api)).filter(({ state }) => state !== 'withdrawn');
  const release =
    standing.findLast(({ period, state }) => period === year && state === 'final') ?? standing.at(-1);
  if (release === undefined)
    throw new NotFound('NO_RELEASE', 'Nothing has been released yet, so there is nothing to report.', {
      remedy: 'The steward makes a release: npx tessera release make',
    });
  return release;
}
