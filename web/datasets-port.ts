/** What the pages of datasets read and do, each by the permission of its reader. */
import type { Permission } from '../src/access/permit.ts';
import type { LinkedBundle } from '../src/datasets/link.ts';
import type { RecordedRequest } from '../src/datasets/record-request.ts';
import type { Actor, DatasetRequest } from '../src/datasets/request.ts';
import type { AskedStep } from '../src/datasets/request-steps.ts';
import type { GivenDataset, RequestStanding } from '../src/datasets/requests-seen.ts';
import type { Previewed } from '../src/datasets/table-preview.ts';

export interface DatasetsPort {
  /** The newest first. */
  readonly requests: (permission: Permission) => Promise<readonly DatasetRequest[]>;
  readonly standing: (permission: Permission, id: string) => Promise<RequestStanding>;
  /** The catalogue, with how much of each table the current release hides. */
  readonly tables: () => Promise<Previewed>;
  readonly record: (permission: Permission, given: RecordedRequest, by: Actor) => Promise<string>;
  readonly take: (permission: Permission, asked: AskedStep) => Promise<void>;
  /** Asks the hub to make the bundle. */
  readonly release: (
    permission: Permission,
    asked: {
      readonly request: string;
      readonly release: number | undefined;
      readonly by: string;
      readonly key: string;
    },
  ) => Promise<void>;
  readonly link: (
    permission: Permission,
    asked: { readonly request: string; readonly by: Actor },
  ) => Promise<{ readonly address: string; readonly expiresAt: Date; readonly most: number }>;
  /** Where people reach the hub, for what they cite. */
  readonly hubAddress: string;
  readonly given: () => Promise<readonly GivenDataset[]>;
  /** What a link is about; undefined for one that never was. */
  readonly ofLink: (secret: string) => Promise<LinkedBundle | undefined>;
}
