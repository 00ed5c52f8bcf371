import type { DataSource } from 'typeorm';
import { readSettings, type Settings } from '../config.ts';
import { migrateUp } from '../db/migrate.ts';
import { type Hub, withHub } from './hub.ts';

/** For commands about people and tokens, beside a running hub or alone; the schema is brought up to date first. */
export async function asGatekeeper<T>(
  command: string,
  work: (gate: DataSource, hub: Hub, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = readSettings();
  return withHub(settings, command, async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return work(await hub.as('gatekeeper'), hub, settings);
  });
}
