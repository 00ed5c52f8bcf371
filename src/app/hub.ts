/** The hub's connections, opened once by whichever program needs them. */
import type { DataSource } from 'typeorm';
import type { Settings } from '../config.ts';
import { connect, serverVersion } from '../db/data-source.ts';
import { type HubDatabase, ownHubDatabase, useHubDatabase } from '../db/hub-database.ts';
import { migrateUp } from '../db/migrate.ts';
import type { Duty } from '../db/roles.ts';
import { mapping } from './mapping.ts';

export interface Hub {
  readonly database: HubDatabase;
  readonly serverVersion: string;
  /** The connections of one duty, opened on first use. */
  as(duty: Duty): Promise<DataSource>;
  /** Closes those of a duty that is over. */
  leave(duty: Duty): Promise<void>;
  close(): Promise<void>;
}

/** For the hub itself: alone on its data folder, with the schema brought up to date. */
export async function startHub(settings: Settings): Promise<Hub> {
  const hub = await openOn(await ownHubDatabase(settings), settings);
  try {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    // Whoever may change the schema does not stay connected while the hub serves.
    await hub.leave('owner');
    return hub;
  } catch (error) {
    await hub.close();
    throw error;
  }
}

/** For a command, beside a running hub or alone. */
export async function withHub<T>(
  settings: Settings,
  command: string,
  work: (hub: Hub) => Promise<T>,
): Promise<T> {
  const hub = await openOn(await useHubDatabase(settings, command), settings);
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

/** For what nobody may see half done: alone on the data folder, with the schema as it is. */
export async function withHubAlone<T>(settings: Settings, work: (hub: Hub) => Promise<T>): Promise<T> {
  const hub = await openOn(await ownHubDatabase(settings), settings);
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

async function openOn(database: HubDatabase, settings: Settings): Promise<Hub> {
  const open = new Map<Duty, Promise<DataSource>>();
  const as = (duty: Duty): Promise<DataSource> => {
    const found = open.get(duty) ?? connect(database.target, duty, mapping, settings.poolSize);
    open.set(duty, found);
    return found;
  };
  const leave = async (duty: Duty): Promise<void> => {
    const source = await open.get(duty);
    open.delete(duty);
    await source?.destroy();
  };
  const close = async (): Promise<void> => {
    for (const source of await Promise.allSettled(open.values())) {
      if (source.status === 'fulfilled' && source.value.isInitialized) await source.value.destroy();
    }
    await database.close();
  };
  try {
    const version = await serverVersion(await as('owner'), database.target);
    return { database, serverVersion: version, as, leave, close };
  } catch (error) {
    await close();
    throw error;
  }
}
