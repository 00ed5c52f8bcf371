import { describe, expect, test } from 'vitest';
import { connect, refuseOldServer } from '../../src/db/data-source.ts';
import { databaseTarget } from '../../src/db/target.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase('empty');

describe('a server', () => {
  test.each(['9.6.24', '14.12'])('of version %s is too old', (version) => {
    expect(() => refuseOldServer(version, 'db:5432/hub')).toThrow(
      expect.objectContaining({
        code: 'DATABASE_TOO_OLD',
        message: `db:5432/hub is PostgreSQL ${version}; the hub needs 15 to 18.`,
      }),
    );
  });

  test.each(['15.0', '16.3', '18.4'])('of version %s will do', (version) => {
    expect(() => refuseOldServer(version, 'db:5432/hub')).not.toThrow();
  });

  test.each([
    ['a wrong password', (url: URL) => void (url.password = 'wrong'), '28P01'],
    ['a database that is not there', (url: URL) => void (url.pathname = '/nowhere'), '3D000'],
    ['a port where nobody listens', (url: URL) => void (url.port = '1'), 'ECONNREFUSED'],
  ])('refusing us for %s is named with the reason and never the password', async (_reason, change, code) => {
    const url = new URL(database.target.urlFor('owner'));
    change(url);
    const failed = connect(databaseTarget(url.href, 'a secret', false), 'owner', {
      entities: [],
      migrations: [],
    });
    await expect(failed).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining(`(${code})`),
      remedy: expect.any(String),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining(url.password) });
  });
});
