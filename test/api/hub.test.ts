import { describe, expect, test } from 'vitest';
import { version } from '../../src/package-root.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('the api', () => {
  test('says which hub it is, before and after its first release', async () => {
    expect(await ask('{ hub { version release } }')).toEqual({ data: { hub: { version, release: null } } });
    const publisher = await database.as('publisher');
    await publisher.query(`INSERT INTO release.release (number, state, closed_on, published_at) VALUES (1, 'final', '2025-12-31', '2026-02-01T00:00:00Z'),
      (2, 'provisional', '2026-03-31', '2026-05-01T00:00:00Z'), (3, 'withdrawn', '2026-06-30', '2026-08-01T00:00:00Z')`);
    expect(await ask('{ hub { release } }')).toEqual({ data: { hub: { release: 2 } } });
  });

  test('answers a wrong field with a code, and suggests nothing', async () => {
    expect(await ask('{ hub { relase } }')).toEqual({
      errors: [
        expect.objectContaining({
          message: 'Cannot query field "relase" on type "Hub".',
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: expect.any(String) },
        }),
      ],
    });
  });

  test('answers neither a form nor a batch', async () => {
    const form = await fetch(`${server.url}/graphql?query={hub{version}}`);
    expect(form.status).toBe(405);
    const batch = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ hub { version } }' }]),
    });
    expect(batch.status).toBe(400);
  });

  test('masks what went wrong inside', async () => {
    const owner = await database.as('owner');
    await owner.query('REVOKE SELECT ON release.release FROM tessera_api');
    try {
      expect(await ask('{ hub { release } }')).toMatchObject({
        errors: [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      });
    } finally {
      await owner.query('GRANT SELECT ON release.release TO tessera_api');
    }
  });

  test('a page names no server software and allows nothing from elsewhere', async () => {
    const page = await fetch(server.url);
    expect(page.headers.get('x-powered-by')).toBeNull();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
