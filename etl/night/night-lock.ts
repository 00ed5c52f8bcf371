/**
 * Two hubs on one database never have one night at a time. The lock ends with its connection, even after a crash; a
 * connection that the server cut is replaced before the next stage begins.
 */
import type { DataSource, QueryRunner } from 'typeorm';
import { Held } from '../../src/errors.ts';

export interface NightLock {
  /** Takes it again where the connection that held it is gone. */
  hold(): Promise<void>;
  release(): Promise<void>;
}

const LOCK = `hashtextextended('tessera night', 0)`;
const IS_OURS = `SELECT EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND granted
  AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = ${LOCK}) AS ours`;

export async function lockNight(loader: DataSource): Promise<NightLock> {
  let runner: QueryRunner | undefined;
  const take = async (): Promise<void> => {
    const next = loader.createQueryRunner();
    try {
      const [row] = (await next.query(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`)) as [
        { locked: boolean },
      ];
      if (!row.locked)
        throw new Held('NIGHT_RUNNING', 'Another process is having the night already.', {
          remedy: '`npx tessera status` shows how far it is.',
        });
      runner = next;
    } finally {
      if (runner !== next) await next.release();
    }
  };
  await take();
  return {
    async hold() {
      const held = await runner?.query(IS_OURS).catch(() => undefined);
      if ((held as [{ ours: boolean }] | undefined)?.[0].ours === true) return;
      await runner?.release().catch(() => {});
      runner = undefined;
      await take();
    },
    async release() {
      await runner?.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => {});
      await runner?.release().catch(() => {});
    },
  };
}
