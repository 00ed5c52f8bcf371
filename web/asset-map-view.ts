import type { Permission } from '../src/access/permit.ts';
import type { Texts } from '../src/providers/as-texts.ts';
import type { AssetMap } from '../src/providers/asset-map.ts';
import type { Decision } from '../src/providers/decide-waiting.ts';
import type { Asked } from '../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../src/providers/gaps/gaps.ts';
import type { ImportPlan } from '../src/providers/plan-import.ts';
import type { Program } from '../src/providers/program.ts';
import type { NewProgram } from '../src/providers/record-program.ts';
import type { Match, Situation } from '../src/providers/search.ts';
import type { LookedAt } from '../src/providers/upload.ts';
import type { WorkList } from '../src/providers/work-list.ts';
import type { SentFile } from './visit.ts';

/** What the pages of the asset map are given. */
export interface AssetMapPort {
  readonly map: (need: string | undefined) => Promise<AssetMap>;
  readonly programs: () => Promise<readonly Program[]>;
  readonly find: (situation: Situation) => Promise<readonly Match[]>;
  readonly program: (id: string) => Promise<Program | undefined>;
  readonly gaps: (asked: Asked) => Promise<Gaps>;
  readonly work: (permission: Permission) => Promise<WorkList>;
  readonly record: (permission: Permission, said: NewProgram, by: string) => Promise<Program>;
  /** Says what a file would do; its rows wait for a day under a name of their own. */
  readonly look: (permission: Permission, file: SentFile, otherwise: Texts, by: string) => Promise<LookedAt>;
  readonly take: (permission: Permission, upload: string, by: string) => Promise<ImportPlan | undefined>;
  readonly ask: (permission: Permission, program: string) => Promise<void>;
  readonly settle: (permission: Permission, id: string, decision: Decision, by: string) => Promise<void>;
  /** The entry that a mailed link is about. */
  readonly ofLink: (secret: string) => Promise<Program | undefined>;
  readonly confirm: (secret: string) => Promise<boolean>;
}
