/** Which release a report of a year is made of, and what is read of it: through the one door, as everybody may. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { placeFigures } from '../../src/disclosure/place-figures.ts';
import { allReleases, oneRelease, storedSuppression } from '../../src/disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../../src/disclosure/release.entity.ts';
import { standing } from '../../src/disclosure/standing.ts';
import { Misuse, NotFound } from '../../src/errors.ts';
import type { RegisterEntry } from '../../src/register/entries.ts';
import { isPeriodOf, type ReportKind } from '../../src/reports/edition.ts';
import { linkageShares } from '../../src/reports/linkage-shares.ts';
import { registerOf } from '../../src/reports/register-of.ts';
import type { Edition, Issue } from '../parts/edition.ts';
import { type Language, writingIn } from '../words/language.ts';
import { type Book, bookOf } from './book.ts';
import { placeNamed } from './place.ts';

export interface Wanted {
  readonly report: ReportKind;
  readonly county: string | undefined;
  readonly year: string;
  readonly language: Language;
  /** A release by its number, in place of the one that the year would have. */
  readonly release?: number | undefined;
  /** As it was frozen for review, with the number of the edition; as it stands now where nothing is given. */
  readonly register?: readonly RegisterEntry[];
  readonly issue?: Issue;
}

export async function openEdition(api: DataSource, contracts: Contracts, wanted: Wanted): Promise<Edition> {
  const { year, language } = wanted;
  if (!isPeriodOf(wanted.report, year))
    throw new Misuse(
      'NOT_A_YEAR',
      'A report is of a year of four digits, such as 2025; a pack also of a quarter, such as 2025-Q3',
    );
  const place = placeNamed(contracts, wanted.county);
  const release = await releaseFor(api, year, wanted.release);
  const register =
    wanted.register ?? (await registerOf(api, { county: place.county ?? '*' }, place.county ?? 'state'));
  const lastFinal = await lastFinalOf(api, year, release);
  const bookFor = async ({ number }: ReleaseEntity, of: string): Promise<Book> =>
    bookOf(contracts, place, of, await placeFigures(api, number, place.county));
  return {
    contracts,
    place,
    year,
    release,
    writing: writingIn(language),
    madeUp: (await standing(api)).madeUp,
    book: await bookFor(release, year),
    register: register.filter((entry) => holds(entry, release)).toSorted(byParty),
    suppression: await storedSuppression(api, release.number),
    linkage: await linkageShares(api, release.number),
    lastFinal:
      lastFinal === undefined
        ? undefined
        : { release: lastFinal, book: await bookFor(lastFinal, lastFinal.period ?? year) },
    issue: wanted.issue,
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

/** The release that last year's report was made of, where it still stands. */
async function lastFinalOf(
  api: DataSource,
  year: string,
  release: ReleaseEntity,
): Promise<ReleaseEntity | undefined> {
  const before = String(Number(year) - 1);
  return (await allReleases(api)).findLast(
    ({ number, period, state }) => state === 'final' && period === before && number < release.number,
  );
}

/** The newest final release of the year; without one, the newest that stands, of which the report then says so. A quarter's is never final. */
async function releaseFor(api: DataSource, year: string, number: number | undefined): Promise<ReleaseEntity> {
  if (number !== undefined) {
    const asked = await oneRelease(api, number);
    if (asked.state !== 'withdrawn') return asked;
    throw new NotFound('RELEASE_WITHDRAWN', `Release ${number} was withdrawn; no report is made of it.`, {
      remedy: '`npx tessera release list` shows those that stand.',
    });
  }
  const standing = (await allReleases(api)).filter(({ state }) => state !== 'withdrawn');
  const ofYear = standing.filter(({ period }) => period === year);
  const release = ofYear.findLast(({ state }) => state === 'final') ?? ofYear.at(-1) ?? standing.at(-1);
  if (release === undefined)
    throw new NotFound('NO_RELEASE', 'Nothing has been released yet, so there is nothing to report.', {
      remedy: 'The steward makes a release: npx tessera release make',
    });
  return release;
}
