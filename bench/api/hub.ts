/** The hub as `npx tessera start` runs it, in a process of its own, over a folder of the bench or one that is given. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DataSource } from 'typeorm';
import { type HostRole, hostRole } from '../../src/access/host-account.ts';
import { createToken } from '../../src/access/tokens.ts';
import { mapping } from '../../src/app/mapping.ts';
import { readSettings } from '../../src/config.ts';
import { connect } from '../../src/db/data-source.ts';
import { useHubDatabase } from '../../src/db/hub-database.ts';
import type { Duty } from '../../src/db/roles.ts';
import { packageRoot } from '../../src/package-root.ts';

export interface BenchHub {
  readonly url: string;
  readonly process: ChildProcess;
  as(duty: Duty): Promise<DataSource>;
  urlFor(duty: Duty): string;
  token(role: HostRole): Promise<string>;
  stop(): Promise<void>;
}

export async function startBenchHub(folder: string): Promise<BenchHub> {
  const environment = {
    TESSERA_DATA_DIR: folder,
    TESSERA_DEMO: 'off',
    PORT: '0',
    TESSERA_READER_COST: '1000000000',
  };
  const hub = spawn(process.execPath, [join(packageRoot, 'dist/src/app/cli.js'), 'start'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await addressIn(hub);
  const database = await useHubDatabase(readSettings(environment), 'bench');
  const open = new Map<Duty, Promise<DataSource>>();
  const as = (duty: Duty): Promise<DataSource> => {
    const found = open.get(duty) ?? connect(database.target, duty, mapping, 4);
    open.set(duty, found);
    return found;
  };
  return {
    url,
    process: hub,
    as,
    urlFor: (duty) => database.target.urlFor(duty),
    async token(role) {
      const gate = await as('gatekeeper');
      const made = await createToken(gate, {
        held: await hostRole(gate, role),
        name: 'bench',
        days: 1,
        factors: 2,
      });
      return made.text ?? '';
    },
    async stop() {
      for (const source of await Promise.all(open.values())) await source.destroy();
      await database.close();
      hub.kill('SIGTERM');
      await once(hub, 'exit');
    },
  };
}

async function addressIn(hub: ChildProcess): Promise<string> {
  if (hub.stdout === null) throw new Error('the hub has no output');
  const lines = createInterface(hub.stdout);
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const found = /answers on (http\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    hub.once('exit', (code) => reject(new Error(`the hub ended (${code})`)));
  });
}
