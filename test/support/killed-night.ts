/**
 * Nights whose process, or whose database under it, is killed at moments spread over every stage, each had again until
 * it says that it is done. What stands then is compared with what undisturbed nights made of the same deliveries.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NightReport } from '../../etl/night/stage-of-night.ts';
import type { NightStage } from '../../etl/night-stages.ts';
import { launchTessera } from './tessera.ts';

export interface Ground {
  readonly environment: Readonly<Record<string, string>>;
  readonly inbox: string;
  /** Asks the database of the nights; throws while it is away. */
  readonly query: <T>(sql: string) => Promise<T[]>;
  /** What is killed beside, or instead of, the night's own process. Each brings back what it took away. */
  readonly blows: Readonly<Record<string, Blow>>;
}

export interface Blow {
  /** Whether the night's process is killed at the same moment, or only once it has tried again what the blow stopped. */
  readonly killsNight: boolean;
  readonly strike: () => Promise<void>;
}

export interface Struck {
  readonly stage: string;
  readonly blow: string;
}

/** The stage that says when a part of the night begins. */
export const PARTS = [
  'collect',
  'agree',
  'destroy',
  'link',
  'scope',
  'purge',
  'measure',
  'estimate',
  'candidate',
] as const satisfies readonly NightStage[];
export type PartName = (typeof PARTS)[number];
const UNTIL = 'candidate';

export function putIntoInbox(state: string, night: string, inbox: string): void {
  mkdirSync(inbox, { recursive: true });
  cpSync(join(state, 'deliveries', night), join(inbox, night), { recursive: true });
}

export function nightsOf(state: string): readonly string[] {
  return readdirSync(join(state, 'deliveries'))
    .filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name))
    .toSorted();
}

export interface NightRun {
  readonly code: number | null;
  readonly report: NightReport | undefined;
  readonly said: string;
}

export function launchNight(environment: Readonly<Record<string, string>>) {
  const child = launchTessera(['nightly', '--until', UNTIL, '--json'], environment);
  let [out, said] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<NightRun>((resolve) => {
    child.once('close', () => {
      const report = out.trim() === '' ? undefined : (JSON.parse(out) as NightReport);
      resolve({ code: child.exitCode, report, said });
    });
  });
  return { child, ended };
}

/** Had again while the locks of a killed process are not free yet, or what it needs is on its way back. */
export async function haveUntilDone(ground: Ground): Promise<NightReport> {
  let last = '';
  for (let attempt = 0; attempt < 60; attempt++) {
    const { code, report, said } = await launchNight(ground.environment).ended;
    if (code === 0 && report !== undefined) return report;
    last = said + JSON.stringify(report?.stages.filter(({ outcome }) => outcome === 'failed') ?? []);
    if (!/NIGHT_RUNNING|STAGE_RUNNING|DATABASE_UNREACHABLE|"failed"|CONNECTION|57P0/.test(last)) break;
    await sleep(200);
  }
  throw new Error(`the night did not come to its end: ${last}`);
}

export interface Wanted {
  readonly kills: number;
  readonly seed: number;
  /** What each part took undisturbed, in seconds. */
  readonly usual: ReadonlyMap<PartName, number>;
}

/** One night with its deliveries in the inbox, struck at moments in order of its stages, and then had to its end. */
export async function disturb(
  ground: Ground,
  { kills, seed, usual }: Wanted,
  tell: (line: string) => void = () => {},
): Promise<readonly Struck[]> {
  const names = Object.keys(ground.blows);
  const struck: Struck[] = [];
  for (const [at, { part, after }] of momentsOf(kills, seed, usual).entries()) {
    const name = names[at % names.length] as string;
    const blow = ground.blows[name] as Blow;
    const { child, ended } = launchNight(ground.environment);
    const over = { yes: false };
    void ended.then(() => (over.yes = true));
    await untilAt(ground, part, over);
    await sleep(after * 1000);
    if (over.yes) continue;
    const stage = await stageNow(ground).catch(() => 'unknown');
    if (blow.killsNight) child.kill('SIGKILL');
    await blow.strike();
    // Left to itself it would come to its end, and later blows would strike a night that has nothing left to do.
    if (!blow.killsNight) await untilTriedAgain(ground, over);
    child.kill('SIGKILL');
    await ended;
    struck.push({ stage: stage ?? 'between stages', blow: name });
    tell(`blow ${struck.length}, ${name}: at ${stage ?? 'no stage'}`);
  }
  await haveUntilDone(ground);
  return struck;
}

/** Every part is struck at least once, and the longer it takes, the more often; in order, so that none is over before its turn. */
function momentsOf(
  kills: number,
  seed: number,
  usual: ReadonlyMap<PartName, number>,
): readonly { readonly part: PartName; readonly after: number }[] {
  const total = [...usual.values()].reduce((sum, seconds) => sum + seconds, 0);
  const spare = Math.max(0, kills - PARTS.length);
  const parts = PARTS.flatMap((part) => {
    const more = Math.round((spare * (usual.get(part) ?? 0)) / total);
    return Array.from({ length: 1 + more }, () => part);
  });
  while (parts.length < kills) parts.splice(parts.indexOf('candidate'), 0, 'candidate');
  return parts.slice(0, kills).map((part, at) => ({
    part,
    // What a killed load had taken in stays taken in: its later blows fall into what is left.
    after: (chance(seed, at) * (usual.get(part) ?? 0)) / (part === 'agree' ? parts.length : 1),
  }));
}

/** From 0 up to 1, and the same for the same seed and number. */
function chance(seed: number, number: number): number {
  return createHash('sha256').update(`${seed} ${number}`).digest().readUInt32LE(0) / 2 ** 32;
}

export async function untilAt(
  ground: Ground,
  part: PartName,
  over: { readonly yes: boolean },
): Promise<void> {
  const known = new Set(
    (await ground.query<{ id: string }>(`SELECT id FROM ledger.run WHERE kind = 'night'`)).map(
      ({ id }) => id,
    ),
  );
  while (!over.yes) {
    const [row] = await ground
      .query<{ run_id: string }>(
        `SELECT run_id FROM ops.night_stage WHERE stage = '${part}'
         ORDER BY started_at DESC LIMIT 1`,
      )
      .catch(() => []);
    if (row !== undefined && !known.has(row.run_id)) return;
    await sleep(4);
  }
}

/** A blow between two statements need not stop anything: then it is given a moment. */
async function untilTriedAgain(ground: Ground, over: { readonly yes: boolean }): Promise<void> {
  for (let waited = 0; waited < 40 && !over.yes; waited++) {
    await sleep(100);
    const [row] = await ground
      .query<{ again: boolean }>(
        `SELECT bool_or(attempts > 1) AS again FROM ops.night_stage
         WHERE run_id = (SELECT id FROM ledger.run WHERE kind = 'night' ORDER BY started_at DESC LIMIT 1)`,
      )
      .catch(() => []);
    if (row?.again === true) return;
  }
}

async function stageNow({ query }: Ground): Promise<string | undefined> {
  const [night] = await query<{ stage: string }>(
    `SELECT stage FROM ops.night_stage WHERE outcome = 'running'
       AND run_id = (SELECT id FROM ledger.run WHERE kind = 'night' ORDER BY started_at DESC LIMIT 1)`,
  );
  return night?.stage;
}

export function usualOf(report: NightReport): ReadonlyMap<PartName, number> {
  const seconds = (stages: readonly string[]): number =>
    report.stages.reduce((sum, one) => sum + (stages.includes(one.stage) ? one.seconds : 0), 0);
  return new Map(
    PARTS.map((part) => [part, seconds(part === 'agree' ? ['agree', 'verify', 'validate', 'load'] : [part])]),
  );
}

/** Everything that two hubs must agree on: the candidates, byte for byte by their hashes, and that nothing came twice. */
export async function standing({ query }: Pick<Ground, 'query'>): Promise<unknown> {
  const [candidate] = await query(
    `SELECT id, facts_hash, linkage_version, known_on::text, (SELECT count(*)::int FROM measures.figure f
       WHERE f.candidate_id = c.id) AS figures FROM measures.candidate c WHERE current`,
  );
  const deliveries = await query(
    `SELECT source_agency, delivery_id, count(*)::int AS times, (SELECT json_agg(json_build_array(file, rows, accepted, rejected)
       ORDER BY file) FROM ops.delivery_file f WHERE f.delivery = min(d.id)) AS files
     FROM ops.delivery d GROUP BY source_agency, delivery_id ORDER BY 1, 2`,
  );
  const linked = await query(
    `SELECT count(*)::int AS members, coalesce(sum(hash_array_extended(ARRAY[surrogate, person_id], 0)::numeric), 0)::text AS sum
     FROM persons.membership`,
  );
  return { candidate, deliveries, linked };
}
