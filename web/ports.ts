import type { Contracts } from '../src/contracts/contracts.ts';
import type { RunLine } from '../src/runs/recent-runs.ts';
import type { Pictures } from './pictures.ts';
import type { Catalogue, ReleasedTable, TableQuestion } from './released-table.ts';

/** What the pages are given; src/app puts the real thing behind each, a test something small. */
export interface Ports {
  readonly contracts: Contracts;
  /** The newest runs, for whoever may see them. */
  readonly runs: () => Promise<readonly RunLine[]>;
  /** What the current release holds; nothing before the first one. */
  readonly catalogue: () => Promise<Catalogue | undefined>;
  readonly table: (question: TableQuestion) => Promise<ReleasedTable | undefined>;
  readonly pictures: () => Promise<Pictures | undefined>;
}
