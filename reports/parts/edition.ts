import type { Contracts } from '../../src/contracts/contracts.ts';
import type { GroupSuppression } from '../../src/disclosure/release/release-figures.ts';
import type { ReleaseEntity } from '../../src/disclosure/release.entity.ts';
import type { RegisterEntry } from '../../src/register/entries.ts';
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
}
