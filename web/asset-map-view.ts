import type { Permission } from '../src/access/permit.ts';
import type { AssetMap } from '../src/providers/asset-map.ts';
import type { Decision } from '../src/providers/decide-waiting.ts';
import type { Asked } from '../src/providers/gaps/gap-matrix.ts';
import type { Gaps } from '../src/providers/gaps/gaps.ts';
import type { Program } from '../src/providers/program.ts';
import type { NewProgram } from '../src/providers/record-program.ts';
import type { Match, Situation } from '../src/providers/search.ts';
import type { WorkList } from '../src/providers/work-list.ts';

/** What the pages of the asset map are given. */
export interface AssetMapPort {
  readonly map: (need: string | undefined) => Promise<AssetMap>;
  readonly programs: () => Promise<readonly Program[]>;
  readonly find: (situation: Situation) => Promise<readonly Match[]>;
  readonly program: (id: string) => Promise<Program | undefined>;
  readonly gaps: (asked: Asked) => Promise<Gaps>;
  readonly work: (permission: Permission) => Promise<WorkList>;
  readonly record: (permission: Permission, said: NewProgram, by: string) => Promise<Program>;
  readonly ask: (permission: Permission, program: string) => Promise<void>;
  readonly settle: (permission: Permission, id: string, decision: Decision, by: string) => Promise<void>;
  /** The entry that a mailed link is about. */
  readonly ofLink: (secret: string) => Promise<Program | undefined>;
  readonly confirm: (secret: string) => Promise<boolean>;
}
