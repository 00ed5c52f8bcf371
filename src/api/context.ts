import type { DataSource } from 'typeorm';
import type { Permission, Refusal, Target } from '../access/permit.ts';
import type { Reader } from '../access/reader.ts';
import type { Sealer } from '../access/seal.ts';
import type { JobsPort } from './jobs/jobs-port.ts';
import type { LinkagePort } from './linkage/linkage-port.ts';
import type { Loaders } from './loaders.ts';

/** What a resolver may use: connections that its reader's claims bind, and nothing else. */
export interface ApiContext {
  /** Reads protected releases and governance rows, by row-level rules. */
  readonly database: DataSource;
  /** People, roles and tokens; for operations that the policy allows to touch them. */
  readonly gate: DataSource;
  /** Seals second factors. */
  readonly factors: Sealer;
  readonly linkage: LinkagePort;
  readonly jobs: JobsPort;
  /** Where people reach the hub, for links that it mails. */
  readonly hubAddress: string;
  readonly reader: Reader;
  readonly requestId: string;
  /** Ends a stream of answers. */
  readonly ended: AbortSignal;
  readonly loaders: Loaders;
  /** Throws the same error for what is forbidden as for what is not there. */
  permit(operation: string, target?: Target): Permission;
  /** Throws when the reader asked too much in too short a time. */
  spend(cost: number): void;
  /** The same for how many different tables are read; answers those that were. */
  readsTable(table: string): void;
  readonly tables: () => readonly string[];
  /** Says which release is read, for the record; one question reads one release. */
  reads(release: number): void;
  readonly released: () => number | null;
  /** What was asked so far, for the record. */
  readonly asked: readonly Asked[];
}

export interface Asked {
  readonly operation: string;
  readonly permission?: Permission;
  readonly refusal?: Refusal;
}

/** What a root field gets: its own permission besides. */
export interface PermittedContext extends ApiContext {
  readonly permission: Permission;
}
