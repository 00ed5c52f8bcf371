/** What the pages of the reports read and do, each by the permission of its reader. */
import type { Permission } from '../src/access/permit.ts';
import type { RegisterEntry } from '../src/register/entries.ts';
import type { ReportEdition, ReportFile, Step, Subject } from '../src/reports/edition.ts';
import type { Actor } from '../src/reports/edition-steps.ts';
import type { PartyText } from '../src/reports/party-texts.ts';
import type { Act } from '../src/reports/workflow.ts';

export interface ReportsPort {
  /** The newest year first. */
  readonly seen: (permission: Permission) => Promise<readonly ReportEdition[]>;
  readonly one: (permission: Permission, edition: string) => Promise<EditionStanding>;
  /** What parties wrote of a county's year, signed off or not. */
  readonly texts: (permission: Permission, subject: Subject) => Promise<readonly RegisterEntry[]>;
  readonly open: (
    permission: Permission,
    asked: Subject & { readonly release: number | undefined; readonly because: string },
    by: Actor,
  ) => Promise<string>;
  readonly enter: (
    permission: Permission,
    text: PartyText,
    by: { readonly person: string; readonly key: string },
  ) => Promise<void>;
  readonly signOff: (
    permission: Permission,
    text: { readonly id: string; readonly version: number },
    person: string,
  ) => Promise<void>;
  readonly take: (
    permission: Permission,
    asked: { readonly edition: string; readonly act: Act; readonly by: Actor; readonly key?: string },
  ) => Promise<void>;
}

export interface EditionStanding {
  readonly edition: ReportEdition;
  /** The newest edition of the same report that is published. */
  readonly newest: number;
  /** Empty for whom the edition is none of their county's. */
  readonly steps: readonly Step[];
  readonly files: readonly ReportFile[];
  /** The code of what stopped the making of its files. */
  readonly refused: string | null;
}
