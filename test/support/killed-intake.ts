/**
 * Deliveries whose process is killed at moments spread over every stage of a load, each delivered again until it says
 * that it is done. What is stored then is compared with what undisturbed deliveries store.
 */
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { takeDelivery } from '../../etl/intake.ts';
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

export interface Outcome {
  readonly killed: number;
  /** Of those killed, the ones whose load had become current before. */
  readonly done: number;
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

export async function killAndResume(setting: KilledIntake, kills: number, rows: number): Promise<Outcome> {
  let killed = 0;
  let done = 0;
  let milliseconds = await timeUndisturbed(setting, rows);
  for (let number = 1; number <= kills; number++) {
    const folder = writeDelivery(join(setting.folder, `killed-${number}`), delivery(number, rows));
    const started = Date.now();
    const child = launchTessera(['deliver', folder, '--json'], setting.environment);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // Every run is cut a little later than the one before, from its first moment to just past its usual end.
    const timer = setTimeout(() => child.kill('SIGKILL'), (milliseconds * number * 1.1) / kills);
    await ended;
    clearTimeout(timer);
    if (child.signalCode === 'SIGKILL') killed++;
    else milliseconds = Math.min(milliseconds * 1.5, (milliseconds + Date.now() - started) / 2);
    const outcome = await deliverUntilDone(folder, setting.environment);
    if (child.signalCode === 'SIGKILL' && outcome === 'unchanged') done++;
    await takeDelivery(intakeOf(setting, setting.undisturbed), folder);
  }
  return { killed, done };
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

async function timeUndisturbed(setting: KilledIntake, rows: number): Promise<number> {
  const folder = writeDelivery(join(setting.folder, 'first'), delivery(0, rows));
  const started = Date.now();
  await deliverUntilDone(folder, setting.environment);
  const taken = Date.now() - started;
  await takeDelivery(intakeOf(setting, setting.undisturbed), folder);
  return taken;
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
