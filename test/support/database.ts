/** A database of a test file's own, copied from the migrated template (or empty), and dropped at its end. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, inject } from 'vitest';
import { mapping } from '../../src/app/mapping.ts';
import { connect } from '../../src/db/data-source.ts';
import { createdDuties, type Duty, roleName } from '../../src/db/roles.ts';
import { type DatabaseTarget, databaseTarget } from '../../src/db/target.ts';

export interface TestDatabase {
  readonly target: DatabaseTarget;
  as(duty: Duty): Promise<DataSource>;
}

export function testDatabase(from: 'migrated' | 'empty' = 'migrated'): TestDatabase {
  const open = new Map<Duty, Promise<DataSource>>();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  let target: DatabaseTarget | undefined;

  beforeAll(async () => {
    await maintain(`CREATE DATABASE ${name}${from === 'migrated' ? ' TEMPLATE tessera' : ''}`);
    const url = new URL(inject('ownerUrl'));
    url.pathname = `/${name}`;
    target = databaseTarget(url.href, inject('roleSecret'), true);
    await maintain(
      ...createdDuties.map((duty) => `GRANT CONNECT ON DATABASE ${name} TO ${roleName(duty)}`),
      `GRANT TEMPORARY ON DATABASE ${name} TO tessera_measurer`,
    );
  });

  afterAll(async () => {
    for (const source of await Promise.all(open.values())) if (source.isInitialized) await source.destroy();
    await drop(name);
  });

  return {
    get target() {
      if (target === undefined) throw new Error('the database is made in beforeAll');
      return target;
    },
    as(duty) {
      const found = open.get(duty) ?? connect(this.target, duty, mapping, 4);
      open.set(duty, found);
      return found;
    },
  };
}

/** The backend of a killed process lives until it notices; the owner may not end it, so it is given a moment. */
async function drop(name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await maintain(`DROP DATABASE ${name} WITH (FORCE)`);
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** From the `postgres` database, since a template must not be in use while it is copied. */
async function maintain(...statements: readonly string[]): Promise<void> {
  const url = new URL(inject('ownerUrl'));
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
