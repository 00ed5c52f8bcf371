import type { Contracts } from '../../src/contracts/contracts.ts';
import type { GroupSuppression } from '../../src/disclosure/release/release-figures.ts';
import type { ReleaseEntity } from '../../src/disclosure/release.entity.ts';
import type { RegisterEntry } from '../../src/register/entries.ts';
import type { Told } from '../../src/reports/edition.ts';
import type { LinkageShares } from '../../src/reports/linkage-shares.ts';
import type { Book } from '../figures/book.ts';
import type { Place } from '../figures/place.ts';
import type { Writing } from '../words/language.ts';

/** Everything that a chapter may say something of: one place, one year, one release, one language. */
export interface Edition {
  readonly contracts: Contracts;
  readonly place: Place;
  readonly year: string;
  readonly release: ReleaseEntity;
  readonly book: Book;
  readonly writing: Writing;
  readonly madeUp: boolean;
  /** What the county, or the state, keeps of its program: parties, submissions, and what the parties wrote. */
  readonly register: readonly RegisterEntry[];
  /** How many figures are blank, by county and by race and ethnicity. */
  readonly suppression: readonly GroupSuppression[];
  /** How good the linkage was that the release rests on; nothing where none was measured. */
  readonly linkage: LinkageShares | undefined;
  /** What the final release of the year before said, which last year's report was made of. */
  readonly lastFinal: { readonly release: ReleaseEntity; readonly book: Book } | undefined;
  /** The number under which it is published; nothing of a report that somebody made for themselves. */
  readonly issue: Issue | undefined;
}

export interface Issue {
  readonly number: number;
  readonly corrects: Corrected | undefined;
}

/** The edition that one corrects, as it was published. */
export interface Corrected {
  readonly number: number;
  readonly release: number;
  readonly publishedOn: string;
  /** In its author's words; nothing where a newer release was the reason. */
  readonly because: string | null;
  readonly told: readonly Told[];
  readonly register: readonly RegisterEntry[];
}
