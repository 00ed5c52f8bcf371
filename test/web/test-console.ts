import { afterAll, beforeAll } from 'vitest';
import { anybody, type Reader } from '../../src/access/reader.ts';
import { openLog } from '../../src/app/log.ts';
import type { Console } from '../../src/app/server/console.ts';
import { composeConsole } from '../../src/app/server/console-ports.ts';
import { type RunningServer, serve } from '../../src/app/server/server.ts';
import { readSettings } from '../../src/config.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import type { RunLine } from '../../src/runs/recent-runs.ts';
import { ROLES, type Role } from '../../web/viewer.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { partsOf } from '../support/server.ts';
import { madeUpMap } from './made-up-asset-map.ts';
import { storeEditions } from './made-up-editions.ts';
import { catalogue, pictures, release, table } from './made-up-release.ts';
import { storeRequests } from './made-up-requests.ts';
import { work } from './made-up-work.ts';

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
  beforeAll(async () => {
    await transaction(
      await database.as('owner'),
      ({ client }) =>
        client.query(`INSERT INTO governance.agency (id, name, system, county_fips, made_up)
          VALUES ('CW-1', 'Agency CW-1', 'child_welfare', '06037', true)`),
      { county: '*' },
    );
    await storeEditions(await database.as('owner'));
    await storeRequests(await database.as('owner'));
  });
  return consoleFor(database, roles, (real) => ({
    hub: async () => ({ ...(await real.hub()), release }),
    ports: {
      ...real.ports,
      ...work,
      runs: () => Promise.resolve(runs),
      catalogue: () => Promise.resolve(catalogue),
      table: (question) => Promise.resolve(table(question)),
      pictures: () => Promise.resolve(pictures),
      assetMap: madeUpMap,
    },
  }));
}

/** The same over what a test's database holds, with nothing made up in its place. */
export function governedConsole(database: TestDatabase, roles: readonly Role[]): TestConsole {
  return consoleFor(database, roles, () => ({}));
}

function consoleFor(
  database: TestDatabase,
  roles: readonly Role[],
  instead: (real: Console) => Partial<Console>,
): TestConsole {
  const servers = new Map<Role, RunningServer>();
  beforeAll(async () => {
    const log = openLog({ logLevel: 'silent', logFormat: 'json' });
    const parts = await partsOf(database);
    const made = instead(
      composeConsole({ ...parts, gate: parts.gatekeeper, jobAsked: () => {}, hubAddress: 'http://hub.test' }),
    );
    for (const role of roles)
      servers.set(
        role,
        await serve(parts, readSettings({ PORT: '0' }), log, undefined, {
          ...made,
          readerOf: () => readerIn(role),
        }),
      );
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
  });
  return { at: (path, role = 'public') => `${servers.get(role)?.url}${path}` };
}

/** Somebody who holds a role, for a county or an agency where it is held for one. */
export function readerIn(name: Role): Reader {
  const role = loadContracts().accessPolicy.roles.get(name);
  if (role === undefined) throw new Error(`the policy has no role ${name}`);
  if (name === 'public') return anybody;
  return {
    ...anybody,
    person: `00000000-0000-8000-8000-${String(ROLES.indexOf(name)).padStart(12, '0')}`,
    name: 'A. Example',
    held: `00000000-0000-8000-8001-${String(ROLES.indexOf(name)).padStart(12, '0')}`,
    role: name,
    county: role.boundTo === 'county' ? '06037' : null,
    agency: role.boundTo === 'agency' ? 'CW-1' : null,
    purposes: role.purposes,
    agreed: { held: role.purposes, county: role.purposes },
    factors: 2,
    channel: 'session',
  };
}
