/** What tortures found, kept beside them, and the page that is written from it. A run that broke off keeps nothing. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Struck } from '../support/killed-night.ts';
import { reliabilityPage } from './reliability-page.ts';

interface Common {
  readonly seed: number;
  readonly minutes: number;
}

interface AtStage {
  readonly stage: string;
  readonly outcome: string;
}

export interface Found {
  readonly night: Common & {
    readonly kills: number;
    readonly nights: number;
    readonly struck: readonly Struck[];
    readonly fulls?: readonly AtStage[];
    readonly restarts: readonly AtStage[];
    readonly files: readonly { readonly what: string; readonly outcome: string }[];
  };
  readonly months: Common & {
    readonly nights: number;
    readonly months: number;
    readonly figures: number;
    /** MiB in the first, second and last third of the nights. */
    readonly memory: readonly number[];
  };
  readonly load: Common & {
    readonly nights: number;
    readonly questions: number;
    readonly perSecond: number;
    readonly memory: readonly number[];
  };
}

/** A run and when it was. */
export type Kept<What extends keyof Found> = Found[What] & {
  readonly on: string;
  readonly processors: number;
};
export type AllKept = { readonly [What in keyof Found]?: Kept<What> };

const folder = join(import.meta.dirname, 'results');
const page = join(import.meta.dirname, '../../docs/reliability.md');

export function keepResults<What extends keyof Found>(what: What, found: Found[What]): void {
  mkdirSync(folder, { recursive: true });
  const kept = { on: new Date().toISOString().slice(0, 10), processors: cpus().length, ...found };
  writeFileSync(join(folder, `${what}.json`), `${JSON.stringify(kept, null, 2)}\n`);
  writeFileSync(page, reliabilityPage(allKept()));
}

function allKept(): AllKept {
  const names: readonly (keyof Found)[] = ['night', 'months', 'load'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const file = join(folder, `${name}.json`);
      return existsSync(file) ? [[name, JSON.parse(readFileSync(file, 'utf8')) as unknown]] : [];
    }),
  );
}
