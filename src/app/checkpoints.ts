import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { makeCheckpoint } from '../audit/checkpoint.ts';
import { keptSigningKey } from '../audit/signing-key.ts';
import type { Log } from './log.ts';

/** To be copied off the machine as often as it grows: it is what shows that the log was cut or made anew. */
export function checkpointFile(dataDir: string): string {
  return join(dataDir, 'audit-checkpoints.jsonl');
}

const everyMinute = 60_000;

/** Once a minute while the hub runs, and once more when it stops. */
export function keepCheckpoints(recorder: DataSource, dataDir: string, log: Log): { stop(): Promise<void> } {
  const key = keptSigningKey(dataDir);
  const make = async (): Promise<void> => {
    try {
      await makeCheckpoint(recorder, key, checkpointFile(dataDir));
    } catch (error) {
      log.error({ code: (error as { code?: string }).code ?? 'unknown' }, 'no checkpoint could be made');
    }
  };
  const timer = setInterval(() => void make(), everyMinute);
  return {
    async stop() {
      clearInterval(timer);
      await make();
    },
  };
}
