/** What `schema/night.yaml` grants each stage: its time, and its further attempts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Refused } from '../../src/errors.ts';
import { packageRoot } from '../../src/package-root.ts';
import { NIGHT_STAGES, type NightStage } from '../night-stages.ts';

export interface StageTerms {
  readonly timeoutMs: number;
  /** How long to wait before each further attempt; as many waits as attempts. */
  readonly waitsMs: readonly number[];
}

export type NightTerms = Readonly<Record<NightStage, StageTerms>>;

export function readNightTerms(file: string = join(packageRoot, 'schema/night.yaml')): NightTerms {
  const source = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const first = whole(source['first_wait_seconds'], 'first_wait_seconds');
  const longest = whole(source['longest_wait_seconds'], 'longest_wait_seconds');
  const stages = (source['stages'] ?? {}) as Record<string, Record<string, unknown>>;
  const strange = Object.keys(stages).find((name) => !NIGHT_STAGES.some((stage) => stage === name));
  if (strange !== undefined) throw wrong(`there is no stage ${strange}`);
  const terms = NIGHT_STAGES.map((stage): [NightStage, StageTerms] => {
    const minutes = whole(stages[stage]?.['timeout_minutes'], `${stage}, timeout_minutes`);
    const retries = whole(stages[stage]?.['retries'], `${stage}, retries`);
    return [stage, { timeoutMs: minutes * 60_000, waitsMs: waits(first, longest, retries) }];
  });
  return Object.fromEntries(terms) as NightTerms;
}

function waits(first: number, longest: number, retries: number): readonly number[] {
  return Array.from({ length: retries }, (_, i) => Math.min(longest, first * 2 ** i) * 1000);
}

function whole(value: unknown, name: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw wrong(`${name}: a whole number is expected`);
}

function wrong(what: string): Refused {
  return new Refused('NIGHT_TERMS', `schema/night.yaml: ${what}.`);
}
