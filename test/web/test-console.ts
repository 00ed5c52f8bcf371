import { afterAll, beforeAll } from 'vitest';
import { openLog } from '../../src/app/log.ts';
import type { Console } from '../../src/app/server/console.ts';
import { composeConsole } from '../../src/app/server/console-ports.ts';
import { type RunningServer, serve } from '../../src/app/server/server.ts';
import { readSettings } from '../../src/config.ts';
import type { RunLine } from '../../src/runs/recent-runs.ts';
import { ROLES, type Role } from '../../web/viewer.ts';
import { testDatabase } from '../support/database.ts';
import { databasesOf } from '../support/server.ts';
import { catalogue, pictures, release, table } from './made-up-release.ts';

const runs: readonly RunLine[] = [
  {
    id: '0b9f6c1e-3f57-4a0e-9d0f-1d8f6a2b7c11',
    kind: 'deliver',
    outcome: 'refused',
    startedAt: '2026-01-09T02:10:00Z',
    stages: [
      {
        stage: 'check',
        outcome: 'succeeded',
        rowsIn: 1204,
        accepted: 1190,
        rejected: 14,
        seconds: 0.8,
        errorCode: null,
      },
      {
        stage: 'load',
        outcome: 'refused',
        rowsIn: 1190,
        accepted: 0,
        rejected: 1190,
        seconds: 0.2,
        errorCode: 'TOO_MANY_REJECTS',
      },
    ],
  },
];

export interface TestConsole {
  /** The address of a page, as somebody of this role sees it. */
  at(path: string, role?: Role): string;
}

/** The whole server, with a made-up release behind its pages and one port for each role. */
export function testConsole(roles: readonly Role[] = ROLES): TestConsole {
  const database = testDatabase();
  const servers = new Map<Role, RunningServer>();
  beforeAll(async () => {
    const api = await database.as('api');
    const log = openLog({ logLevel: 'silent', logFormat: 'json' });
    const real = composeConsole(api);
    for (const role of roles) {
      const instead: Partial<Console> = {
        hub: async () => ({ ...(await real.hub()), release }),
        viewerOf: () => ({ role, county: undefined, name: role === 'public' ? undefined : 'A. Example' }),
        ports: {
          ...real.ports,
          runs: () => Promise.resolve(runs),
          catalogue: () => Promise.resolve(catalogue),
          table: (question) => Promise.resolve(table(question)),
          pictures: () => Promise.resolve(pictures),
        },
      };
      servers.set(
        role,
        await serve(await databasesOf(database), readSettings({ PORT: '0' }), log, undefined, instead),
      );
    }
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
  });
  return { at: (path, role = 'public') => `${servers.get(role)?.url}${path}` };
}
