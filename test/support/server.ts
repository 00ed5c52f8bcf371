/** The hub's server over a test's own database, and readers to ask it as. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type HostRole, hostRole } from '../../src/access/host-account.ts';
import { createToken } from '../../src/access/tokens.ts';
import { openLog } from '../../src/app/log.ts';
import { type RunningServer, type ServerParts, serve } from '../../src/app/server/server.ts';
import { readSettings } from '../../src/config.ts';
import type { TestDatabase } from './database.ts';

export interface Answer {
  readonly status: number;
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly requestId: string };
  }[];
}

export interface TestServer {
  readonly url: string;
  /** The folder of what it can make again. */
  readonly cache: string;
  /** The text of a token for a role. */
  token(
    role: HostRole,
    changes?: { readonly scopes?: readonly string[]; readonly factors?: 1 | 2 },
  ): Promise<string>;
  ask(
    query: string,
    options?: { token?: string; variables?: object; headers?: Record<string, string> },
  ): Promise<Answer>;
  post(body: string, headers?: Record<string, string>): Promise<Answer>;
}

export async function partsOf(database: TestDatabase): Promise<ServerParts> {
  const [api, gatekeeper, recorder] = await Promise.all([
    database.as('api'),
    database.as('gatekeeper'),
    database.as('recorder'),
  ]);
  return {
    api,
    gatekeeper,
    recorder,
    secret: database.target.roleSecret,
    cache: cacheFolder(),
    // A command would take the hub of whoever runs the tests for its own.
    runCommand: async () => ({ code: 0, said: '' }),
  };
}

/** For as long as the process: the server is made before the first test. */
function cacheFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function testServer(
  database: TestDatabase,
  environment: () => Record<string, string> = () => ({}),
): TestServer {
  let server: RunningServer;
  let parts: ServerParts;
  beforeAll(async () => {
    const log = openLog({ logLevel: 'silent', logFormat: 'json' });
    parts = await partsOf(database);
    server = await serve(parts, readSettings({ PORT: '0', ...environment() }), log);
  });
  afterAll(() => server.close());

  return {
    get url() {
      return server.url;
    },
    get cache() {
      return parts.cache;
    },
    async token(role, changes = {}) {
      const gate = await database.as('gatekeeper');
      const held = await hostRole(gate, role);
      const made = await createToken(gate, { held, name: randomUUID(), days: 1, factors: 2, ...changes });
      return made.text ?? '';
    },
    ask(query, { token, variables, headers } = {}) {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return this.post(JSON.stringify({ query, variables }), { ...authorization, ...headers });
    },
    async post(body, headers = {}) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
  };
}
