/**
 * Deliveries whose process is killed at moments spread over every stage of a load, each delivered again until it says
 * that it is done. What is stored then is compared with what undisturbed deliveries store.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { takeDelivery } from '../../etl/intake.ts';
import { watchLedger } from '../../src/runs/watch.ts';
import { countRow, csv, type DeliveryContent, writeDelivery } from './delivery.ts';
import { launchTessera } from './tessera.ts';

export interface KilledIntake {
  readonly environment: Record<string, string>;
  /** Reads the database that the killed process writes to. */
  readonly disturbed: DataSource;
  readonly undisturbed: DataSource;
  readonly folder: string;
  readonly surrogateKey: Uint8Array;
}

export interface Extent {
  readonly kills: number;
  /** Of each delivery. */
  readonly rows: number;
  readonly seed: number;
}

export interface Outcome {
  /** Loads begun until so many were killed; some end before their moment comes. */
  readonly tried: number;
  readonly killed: number;
  /** Of those killed, the ones whose load had become current before. */
  readonly done: number;
  /** What the killed process was doing, as its database saw it, and how often. */
  readonly phases: ReadonlyMap<string, number>;
}

/** Deltas that add, correct and withdraw, so that a lost or doubled row shows. */
function delivery(number: number, rows: number): DeliveryContent {
  const row = (i: number): Record<string, string | number> => {
    const id = `r${(i * 7 + number * 3) % (rows * 2)}`;
    return countRow(id, number + 1, number * 1000 + (i % 97), i % 11 === 0 ? 'delete' : 'update');
  };
  return {
    id: `K${number}`,
    asOf: new Date(Date.UTC(2026, 4, 1 + number)).toISOString(),
    kind: number % 5 === 4 ? 'full' : 'delta',
    files: [
      csv(
        'denominator_count',
        Array.from({ length: rows }, (_, i) => row(i)),
      ),
    ],
  };
}

/** One kill in so many falls before the load begins, while the program starts. */
const beforeTheLoad = 0.1;

export async function killAndResume(
  setting: KilledIntake,
  { kills, rows, seed }: Extent,
  tell: (line: string) => void = () => {},
): Promise<Outcome> {
  const phases = new Map<string, number>();
  let killed = 0;
  let done = 0;
  let number = 0;
  const loads = loadsBegun(setting.disturbed);
  try {
    const first = await timeUndisturbed(setting, loads, rows);
    let usualLoad = first.load;
    while (killed < kills) {
      number++;
      if (number > 2 * kills + 20) throw new Error(`${number} loads were begun, and only ${killed} killed`);
      const folder = writeDelivery(join(setting.folder, `killed-${number}`), delivery(number, rows));
      // Every kill has its own stretch of a run, from the first moment to just past the usual end.
      const share = (killed + chance(seed, number)) / kills;
      const child = launchTessera(['deliver', folder, '--json'], setting.environment);
      const begun = loads.next().then(() => Date.now());
      const ended = once(child, 'exit').then(() => Date.now());
      let phase = '';
      const killAfter = async (milliseconds: number): Promise<void> => {
        await sleep(milliseconds);
        phase = await phaseOf(setting.disturbed);
        child.kill('SIGKILL');
      };
      const inLoad = (usualLoad * 1.05 * (share - beforeTheLoad)) / (1 - beforeTheLoad);
      if (share < beforeTheLoad) void killAfter((first.start * share) / beforeTheLoad);
      else void begun.then(() => killAfter(inLoad));
      const end = await ended;
      const outcome = await deliverUntilDone(folder, setting.environment);
      if (child.signalCode === 'SIGKILL') {
        killed++;
        phases.set(phase, (phases.get(phase) ?? 0) + 1);
        if (outcome === 'unchanged') done++;
        // A load takes longer the more it finds stored.
        else usualLoad = await newestRun(setting.disturbed);
        tell(`kill ${killed} at ${(share * 100).toFixed(1)} % of a run, ${phase}; then ${outcome}`);
      } else {
        // News of a beginning can be lost with its connection; then there is nothing to learn from this load.
        const from = await Promise.race([begun, ended.then(() => undefined)]);
        if (from !== undefined) usualLoad = (usualLoad + end - from) / 2;
      }
      await takeDelivery(intakeOf(setting, setting.undisturbed), folder);
    }
  } finally {
    await loads.close();
  }
  return { tried: number, killed, done, phases };
}

/** Milliseconds from the beginning of the load to the end of what follows it. */
async function newestRun(source: DataSource): Promise<number> {
  const [row] = await source.query<{ ms: string }[]>(
    `SELECT 1000 * extract(epoch FROM ended_at - started_at) AS ms FROM ledger.run
     WHERE outcome = 'succeeded' ORDER BY ended_at DESC LIMIT 1`,
  );
  return Number(row?.ms);
}

/** Tells when a stage begins that loads a delivery. */
function loadsBegun(source: DataSource): { next(): Promise<void>; close(): Promise<void> } {
  const stop = new AbortController();
  let next = Promise.withResolvers<void>();
  const listening = (async () => {
    for await (const { stage, outcome } of watchLedger(source, stop.signal)) {
      if (stage === 'load' && outcome === 'running') next.resolve();
    }
  })();
  return {
    next: () => (next = Promise.withResolvers<void>()).promise,
    async close() {
      stop.abort();
      await listening;
    },
  };
}

/** From 0 up to 1, and the same for the same seed and number. */
function chance(seed: number, number: number): number {
  return createHash('sha256').update(`${seed} ${number}`).digest().readUInt32LE(0) / 2 ** 32;
}

/** What the loader's connections are at, but for our own. */
async function phaseOf(disturbed: DataSource): Promise<string> {
  const busy = await disturbed.query<{ query: string; begun: boolean }[]>(
    `SELECT query, xact_start IS NOT NULL AND query NOT LIKE 'COPY%' AS begun FROM pg_stat_activity
     WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid() AND state <> 'idle'`,
  );
  const [stage] = await disturbed.query<{ name: string; outcome: string }[]>(
    'SELECT name, outcome FROM ledger.stage ORDER BY id DESC LIMIT 1',
  );
  const at = stage?.outcome === 'running' ? stage.name : 'outside a stage';
  if (busy.some(({ query }) => query.startsWith('COPY'))) return `${at}: copying`;
  return busy.some(({ begun }) => begun) ? `${at}: in a transaction` : `${at}: between statements`;
}

/** Everything that two hubs must agree on: the rows, their history in order, what was rejected. Not when, not which run. */
export async function holdings(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ line: string }[]>(
    `SELECT concat_ws(' ', c.source_record_id, c.record_version, c.op, c.n, d.delivery_id, c.line,
       (SELECT e.delivery_id FROM ops.delivery e WHERE e.loaded_at = c.known_to AND e.source_agency = c.source_agency)) AS line
     FROM events.denominator_count c JOIN ops.delivery d ON d.id = c.delivery
     UNION ALL
     SELECT concat_ws(' ', 'reject', d.delivery_id, r.file, r.line, r.record_id, r.rule)
     FROM ops.reject r JOIN ops.delivery d ON d.id = r.delivery
     UNION ALL
     SELECT concat_ws(' ', 'file', d.delivery_id, f.file, f.rows, f.accepted, f.rejected)
     FROM ops.delivery_file f JOIN ops.delivery d ON d.id = f.delivery
     ORDER BY line`,
  );
  return rows.map((row) => row.line);
}

function intakeOf(setting: KilledIntake, loader: DataSource): Parameters<typeof takeDelivery>[0] {
  return { loader, surrogateKey: setting.surrogateKey, requestedBy: 'test', onProgress: () => {} };
}

interface Usual {
  /** Milliseconds until the load begins, and from there to the end. */
  readonly start: number;
  readonly load: number;
}

async function timeUndisturbed(
  setting: KilledIntake,
  loads: ReturnType<typeof loadsBegun>,
  rows: number,
): Promise<Usual> {
  const folder = writeDelivery(join(setting.folder, 'first'), delivery(0, rows));
  const launched = Date.now();
  const begun = loads.next().then(() => Date.now());
  await deliverUntilDone(folder, setting.environment);
  const usual = { start: (await begun) - launched, load: Date.now() - (await begun) };
  await takeDelivery(intakeOf(setting, setting.undisturbed), folder);
  return usual;
}

async function deliverUntilDone(folder: string, environment: Record<string, string>): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const child = launchTessera(['deliver', folder, '--json'], environment);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (code === 0) return (JSON.parse(output) as { outcome: string }).outcome;
    // The server may need a moment to notice that the killed process is gone and to free its lock.
    if (!output.includes('STAGE_RUNNING')) throw new Error(output);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the stage of a killed process stays locked');
}
