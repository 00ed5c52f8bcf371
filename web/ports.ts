import type { Permission } from '../src/access/permit.ts';
import type { AgreementLine, NewTerms, TermsVersion } from '../src/agreements/agreements.ts';
import type { AskedReview, DecidedReview, Review } from '../src/agreements/reviews.ts';
import type { HistoryLine } from '../src/audit/history.ts';
import type { Contracts } from '../src/contracts/contracts.ts';
import type { DeliverySeen, FileSeen } from '../src/deliveries/deliveries-seen.ts';
import type { FeedQuality } from '../src/deliveries/quality.ts';
import type { RefusedDelivery } from '../src/deliveries/refusals.ts';
import type { RejectLine } from '../src/deliveries/rejects-seen.ts';
import type { GroupSuppression } from '../src/disclosure/release/release-figures.ts';
import type { StoredAudience } from '../src/disclosure/release/stored-releases.ts';
import type { ReleaseEntity } from '../src/disclosure/release.entity.ts';
import type { NewEntry, RegisterEntry } from '../src/register/entries.ts';
import type { AskedJob } from '../src/runs/asked-jobs.ts';
import type { RunLine } from '../src/runs/recent-runs.ts';
import type { AccessPort } from './access-port.ts';
import type { AssetMapPort } from './asset-map-view.ts';
import type { DatasetsPort } from './datasets-port.ts';
import type { LinkageQuality, Opinion, ReviewedPair } from './linkage-view.ts';
import type { Say } from './messages/messages.ts';
import type { Pictures } from './pictures.ts';
import type { Catalogue, ReleasedTable, TableQuestion } from './released-table.ts';
import type { ReportsPort } from './reports-port.ts';

/** What the pages are given; src/app puts the real thing behind each, a test something small. */
export interface Ports {
  readonly contracts: Contracts;
  /** What the current release holds; nothing before the first one. */
  readonly catalogue: () => Promise<Catalogue | undefined>;
  /** With a county, from that county's twin where it holds more. */
  readonly table: (question: TableQuestion, twin: string | undefined) => Promise<ReleasedTable | undefined>;
  readonly pictures: (say: Say) => Promise<Pictures | undefined>;
  readonly releases: () => Promise<readonly ReleaseEntity[]>;
  readonly release: (number: number) => Promise<ReleaseStanding>;
  /** The newest runs, for whoever may see them. */
  readonly runs: (permission: Permission) => Promise<readonly RunLine[]>;
  /** The night's work, or the rest of one that stopped, in its turn; asked twice with one key it is one. */
  readonly askForNight: (
    permission: Permission,
    by: { readonly person: string; readonly key: string },
  ) => Promise<AskedJob>;
  /** How something stands that was asked for. */
  readonly job: (permission: Permission, id: string) => Promise<AskedJob | undefined>;
  /** Newest first, with their files. */
  readonly deliveries: (permission: Permission) => Promise<readonly DeliveryLine[]>;
  /** Deliveries that were refused, newest first. */
  readonly refusals: (permission: Permission) => Promise<readonly RefusedDelivery[]>;
  /** What was rejected, by file and rule; never a value. */
  readonly rejects: (permission: Permission) => Promise<readonly RejectLine[]>;
  readonly quality: (permission: Permission) => Promise<readonly FeedQuality[]>;
  readonly linkage: (permission: Permission) => Promise<LinkageQuality | undefined>;
  readonly review: (permission: Permission) => Promise<readonly ReviewedPair[]>;
  readonly decide: (permission: Permission, pair: string, opinion: Opinion) => Promise<void>;
  /** Requests for datasets, and what was given under them. */
  readonly datasets: DatasetsPort;
  /** Who offers what to young people, and where. */
  readonly assetMap: AssetMapPort;
  /** All that the reader may see, or the one of an id. */
  readonly agreements: (permission: Permission, id?: string) => Promise<readonly AgreementLine[]>;
  readonly terms: (permission: Permission, agreements: readonly string[]) => Promise<readonly TermsVersion[]>;
  readonly recordTerms: (permission: Permission, terms: NewTerms, person: string) => Promise<TermsVersion>;
  readonly terminate: (permission: Permission, agreement: string, lastDay: string) => Promise<unknown>;
  readonly reviews: (permission: Permission) => Promise<readonly Review[]>;
  readonly askReview: (permission: Permission, asked: AskedReview) => Promise<Review>;
  readonly decideReview: (permission: Permission, decided: DecidedReview) => Promise<Review>;
  /** What the register held on a day of a county, and of the whole state. */
  readonly register: (
    permission: Permission,
    question: { readonly county: string | undefined; readonly on: string },
  ) => Promise<readonly RegisterEntry[]>;
  /** What of a county's register is meant for everybody. */
  readonly publicRegister: (permission: Permission, county: string) => Promise<readonly RegisterEntry[]>;
  /** Newest version first. */
  readonly entryHistory: (permission: Permission, id: string) => Promise<readonly RegisterEntry[]>;
  readonly recordEntry: (
    permission: Permission,
    entry: NewEntry,
    by: { readonly person: string; readonly key: string },
  ) => Promise<RegisterEntry>;
  readonly access: AccessPort;
  readonly reports: ReportsPort;
  readonly history: (permission: Permission, before: number | undefined) => Promise<readonly HistoryLine[]>;
}

export interface ReleaseStanding {
  readonly release: ReleaseEntity;
  readonly audiences: readonly StoredAudience[];
  readonly suppression: readonly GroupSuppression[];
}

export type DeliveryLine = DeliverySeen & { readonly files: readonly FileSeen[] };
