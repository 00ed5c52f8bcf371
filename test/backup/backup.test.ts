import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeDelivery } from '../../etl/intake.ts';
import { checkBackup, restoreBackup, takeBackup } from '../../src/app/backup.ts';
import type { Hub } from '../../src/app/hub.ts';
import { mapping } from '../../src/app/mapping.ts';
import { framed, sections } from '../../src/backup/framing.ts';
import { seal, unseal } from '../../src/backup/sealed.ts';
import { connect } from '../../src/db/data-source.ts';
import { openRun } from '../../src/runs/ledger.ts';
import { makeIdentity, recipientsOf } from '../../src/sealing/age-keys.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { countRow, csv, registerTestAgency, writeDelivery } from '../support/delivery.ts';
import { scratchFolder } from '../support/tessera.ts';

const base = mkdtempSync(join(tmpdir(), 'tessera-backup-'));
const scratch = (): string => mkdtempSync(join(base, 'x'));
afterAll(() => rmSync(base, { recursive: true }));

const taken = testDatabase();
const fresh = testDatabase('empty');

function hubOn(database: TestDatabase, dataDir: string): Hub {
  return {
    database: {
      target: database.target,
      dataDir,
      surrogateKey: Buffer.from('k'.repeat(40)),
      close: async () => {},
    },
    serverVersion: '18',
    as: (duty) => database.as(duty),
    leave: async () => {},
    close: async () => {},
  };
}

/** Every row of every table of ours, however its rows are guarded: asked as the owner with the guard lifted, and put back. */
async function everything(owner: DataSource): Promise<string[]> {
  const runner = owner.createQueryRunner();
  await runner.startTransaction();
  try {
    const tables = (await runner.query(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE relkind = 'r' AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') ORDER BY 1`,
    )) as { name: string }[];
    const lines: string[] = [];
    for (const { name } of tables) {
      await runner.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`);
      const [row] = (await runner.query(
        `SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS sum FROM ${name} t`,
      )) as [{ sum: string }];
      lines.push(`${name} ${row.sum}`);
    }
    return lines;
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

describe('a backup', { timeout: 120_000 }, () => {
  let [dataDir, into, keyFile] = ['', '', ''];
  beforeAll(async () => {
    const loader = await taken.as('loader');
    await registerTestAgency(loader);
    const rows = Array.from({ length: 300 }, (_, i) => countRow(`r${i}`, 1, i));
    const folder = writeDelivery(join(scratch(), 'one'), {
      id: 'B1',
      files: [csv('denominator_count', rows)],
    });
    const intake = {
      loader,
      surrogateKey: Buffer.from('k'.repeat(40)),
      requestedBy: 'test',
      onProgress: () => {},
    };
    await takeDelivery(intake, folder);
    await openRun(loader, 'demo', 'a test');
    await (await taken.as('recorder')).query(`INSERT INTO audit.entry (body) VALUES ('{"made": "up"}')`);
  });

  test('holds every row, whoever may see it, and opens with its key alone', async () => {
    [dataDir, into] = [scratch(), scratch()];
    const { identity, recipient } = await makeIdentity();
    keyFile = join(scratch(), 'backup.key');
    writeFileSync(keyFile, `# public key: ${recipient}\n${identity}\n`);
    expect(await recipientsOf(keyFile)).toEqual([recipient]);
    const hub = hubOn(taken, dataDir);
    const made = await takeBackup(hub, { into, keyFile, recipients: [], keep: { most: 2 } });
    expect(made).toMatchObject({ verified: true, dropped: [] });
    const lines = await everything(await taken.as('owner'));
    const rows = lines.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
    expect(made.rows).toBe(rows);
    expect(rows).toBeGreaterThan(300);
    expect(readFileSync(made.file).includes('denominator_count')).toBe(false);
    const other = join(scratch(), 'other.key');
    writeFileSync(other, (await makeIdentity()).identity);
    await expect(checkBackup(hub, made.file, other)).rejects.toMatchObject({ code: 'BACKUP_LOCKED' });
    const cut = join(scratch(), 'cut.backup.age');
    copyFileSync(made.file, cut);
    truncateSync(cut, made.bytes - 200);
    await expect(checkBackup(hub, cut, keyFile)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    const left = await (await taken.as('owner')).query(
      "SELECT datname FROM pg_database WHERE datname LIKE 'tessera_check_%'",
    );
    expect(left).toEqual([]);
  });

  test('comes back as it was, in the place of a hub that holds nothing', async () => {
    const [file = ''] = readdirSync(into).map((name) => join(into, name));
    const before = await everything(await taken.as('owner'));
    const elsewhere = scratch();
    const hub = hubOn(fresh, elsewhere);
    const restored = await restoreBackup(hub, file, keyFile, { replace: false });
    expect(restored.replaced).toBeNull();
    const owner = await connect(fresh.target, 'owner', mapping, 2);
    try {
      expect(await everything(owner)).toEqual(before);
      // The rows are guarded as before, and the next number follows the last one.
      const [guard] = await owner.query('SELECT count(*)::int AS seen FROM events.denominator_count');
      expect(guard.seen).toBe(0);
      const [last] = await owner.query('SELECT max(id)::int AS id FROM ledger.stage');
      const [next] = await owner.query("SELECT nextval('ledger.stage_id_seq')::int AS id");
      expect(next.id).toBeGreaterThan(last.id);
    } finally {
      await owner.destroy();
    }
    const secrets = JSON.parse(readFileSync(join(elsewhere, 'secrets.json'), 'utf8'));
    expect(secrets.surrogateKey).toBe('k'.repeat(40));
    expect(secrets.ownerPassword).toHaveLength(43);
  });

  test('never takes the place of a hub that holds something unless it is told to, and only the newest stay', async () => {
    const [file = ''] = readdirSync(into).map((name) => join(into, name));
    const hub = hubOn(taken, dataDir);
    await expect(restoreBackup(hub, file, keyFile, { replace: false })).rejects.toMatchObject({
      code: 'NOT_EMPTY',
    });
    for (const name of ['tessera-20200101T000000Z.backup.age', 'tessera-20200102T000000Z.backup.age'])
      writeFileSync(join(into, name), '');
    const made = await takeBackup(hub, { into, recipients: await recipientsOf(keyFile), keep: { most: 2 } });
    expect(made).toMatchObject({
      verified: false,
      dropped: expect.arrayContaining(['tessera-20200101T000000Z.backup.age']),
    });
    expect(readdirSync(into)).toHaveLength(2);
  });
});

test('sections come back as they were, however the bytes are cut on their way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.dictionary(fc.string(), fc.string()), fc.array(fc.uint8Array({ maxLength: 50 })))),
      fc.integer({ min: 1, max: 40 }),
      async (wanted, size) => {
        const pieces: Buffer[] = [];
        for (const [heading, body] of wanted)
          for await (const piece of framed(heading, body)) pieces.push(piece);
        const all = Buffer.concat(pieces);
        const cut = async function* () {
          for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
        };
        const found: [unknown, string][] = [];
        for await (const { heading, body } of sections(cut())) {
          const chunks: Buffer[] = [];
          for await (const chunk of body) chunks.push(Buffer.from(chunk));
          found.push([heading, Buffer.concat(chunks).toString('hex')]);
        }
        expect(found).toEqual(
          wanted.map(([heading, body]) => [{ ...heading }, Buffer.concat(body).toString('hex')]),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('what is sealed is opened to the same bytes', async () => {
  const { identity, recipient } = await makeIdentity();
  const keyFile = join(scratchFolder(), 'key');
  writeFileSync(keyFile, identity);
  const out = new PassThrough();
  const plain = Buffer.alloc(300_000, 'made up ');
  const sealing = seal([plain.subarray(0, 100_000), plain.subarray(100_000)] as never, [recipient], out);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await unseal(out, keyFile)) chunks.push(chunk);
  await sealing;
  expect(Buffer.concat(chunks).equals(plain)).toBe(true);
});
