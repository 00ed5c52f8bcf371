/** Finds the hub's database: the one that DATABASE_URL names, or the embedded one, started if need be. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../config.ts';
import { Held } from '../errors.ts';
import { prepareDataDir } from './data-dir.ts';
import { currentHolder, type Hold, type Holder, takeHold } from './embedded/holder.ts';
import { keptSecrets } from './embedded/secrets.ts';
import { runningEmbeddedTarget, startEmbeddedServer } from './embedded/server.ts';
import { type DatabaseTarget, databaseTarget } from './target.ts';

export interface HubDatabase {
  readonly target: DatabaseTarget;
  readonly dataDir: string;
  readonly surrogateKey: Uint8Array;
  close(): Promise<void>;
}

/** For the hub itself, which holds its data folder alone for as long as it runs. */
export async function ownHubDatabase(settings: Settings): Promise<HubDatabase> {
  const dataDir = prepareDataDir(settings);
  const hold = takeHold(dataDir, 'start');
  if (!isHold(hold)) throw heldBy(hold, dataDir);
  return openHeld(settings, dataDir, hold);
}

/** For a command: it works beside a running hub, and otherwise starts the embedded server for as long as it needs it. */
export async function useHubDatabase(settings: Settings, command: string): Promise<HubDatabase> {
  const dataDir = prepareDataDir(settings);
  if (settings.databaseUrl !== undefined) return external(settings, settings.databaseUrl, dataDir);
  for (let waited = 0; waited < 60_000; waited += 100) {
    const hold = takeHold(dataDir, command);
    if (isHold(hold)) return openHeld(settings, dataDir, hold);
    const running = hold.command === 'start' ? runningEmbeddedTarget(dataDir) : undefined;
    if (running !== undefined)
      return {
        target: running,
        dataDir,
        surrogateKey: surrogateKeyOf(settings, dataDir),
        close: async () => {},
      };
    // A hub that is still starting, or another short command: either has an end.
    await sleep(100);
  }
  const holder = currentHolder(dataDir);
  throw holder === undefined
    ? new Held('DATA_FOLDER_HELD', `The data folder ${dataDir} was never free.`)
    : heldBy(holder, dataDir);
}

async function openHeld(settings: Settings, dataDir: string, hold: Hold): Promise<HubDatabase> {
  try {
    const database =
      settings.databaseUrl === undefined
        ? await embedded(settings, dataDir)
        : external(settings, settings.databaseUrl, dataDir);
    return {
      ...database,
      async close() {
        await database.close();
        hold.release();
      },
    };
  } catch (error) {
    hold.release();
    throw error;
  }
}

async function embedded(settings: Settings, dataDir: string): Promise<HubDatabase> {
  const server = await startEmbeddedServer(dataDir);
  return {
    target: server.target,
    dataDir,
    surrogateKey: surrogateKeyOf(settings, dataDir),
    close: () => server.stop(),
  };
}

function external(settings: Settings, url: string, dataDir: string): HubDatabase {
  const roleSecret = settings.roleSecret ?? keptSecrets(dataDir).roleSecret;
  return {
    target: databaseTarget(url, roleSecret, false),
    dataDir,
    surrogateKey: surrogateKeyOf(settings, dataDir),
    close: async () => {},
  };
}

function surrogateKeyOf(settings: Settings, dataDir: string): Uint8Array {
  return Buffer.from(settings.surrogateKey ?? keptSecrets(dataDir).surrogateKey);
}

function isHold(taken: Hold | Holder): taken is Hold {
  return 'release' in taken;
}

function heldBy(holder: Holder, dataDir: string): Held {
  return new Held(
    'DATA_FOLDER_HELD',
    `The data folder ${dataDir} is held by process ${holder.pid} (tessera ${holder.command}, since ${holder.since}).`,
    { remedy: `Stop process ${holder.pid}, or set TESSERA_DATA_DIR to another folder.` },
  );
}
