/** One embedded server for the whole suite; each test file copies its migrated template. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { mapping } from '../../ormconfig.ts';
import { connect } from '../../src/db/data-source.ts';
import { startEmbeddedServer } from '../../src/db/embedded/server.ts';
import { migrateUp } from '../../src/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string;
    roleSecret: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-test-')));
  chmodSync(dataDir, 0o711);
  // The suite tests what the server does, not what the disk does: nothing here outlives a power cut.
  const server = await startEmbeddedServer(dataDir, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  });
  const owner = await connect(server.target, 'owner', mapping);
  await migrateUp(owner, server.target.roleSecret);
  await owner.destroy();
  project.provide('ownerUrl', server.target.urlFor('owner'));
  project.provide('roleSecret', server.target.roleSecret);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
