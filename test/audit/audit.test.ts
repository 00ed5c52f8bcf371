import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeCheckpoint, readCheckpoints } from '../../src/audit/checkpoint.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { readHistory } from '../../src/audit/history.ts';
import { openRecorder } from '../../src/audit/recorder.ts';
import { keptSigningKey, keyId } from '../../src/audit/signing-key.ts';
import { type AuditReport, verifyAudit } from '../../src/audit/verify.ts';
import { testDatabase } from '../support/database.ts';
import { scratchFolder } from '../support/tessera.ts';

const database = testDatabase();
const people = [randomUUID(), randomUUID()];

function entry(n: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString(),
    request: randomUUID(),
    person: people[n % 2] ?? null,
    role: 'state-analyst',
    county: null,
    agency: null,
    purpose: 'program_evaluation',
    channel: 'token',
    operations: ['terms'],
    document: '0'.repeat(64),
    tables: [],
    release: null,
    outcome: 'answered',
    ...changes,
  };
}

let key: ReturnType<typeof keptSigningKey>;
let file: string;

async function verify(): Promise<AuditReport> {
  return verifyAudit(await database.as('owner'), key.publicKey, readCheckpoints(file));
}

async function codes(): Promise<string[]> {
  return (await verify()).findings.map((finding) => finding.code);
}

/** As somebody who owns the database server: no trigger and no rule stops them. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: database.target.urlFor('owner') });
  await client.connect();
  try {
    await client.query(`ALTER TABLE audit.entry NO FORCE ROW LEVEL SECURITY; ALTER TABLE audit.entry DISABLE TRIGGER ALL;
      ALTER TABLE audit.checkpoint DISABLE TRIGGER ALL`);
    for (const statement of statements) await client.query(statement);
    await client.query(`ALTER TABLE audit.entry FORCE ROW LEVEL SECURITY; ALTER TABLE audit.entry ENABLE TRIGGER ALL;
      ALTER TABLE audit.checkpoint ENABLE TRIGGER ALL`);
  } finally {
    await client.end();
  }
}

/** What a forger who knows the code would do: bind everything anew from an entry on. */
const rebind = (from: number): string => `DO $$
  DECLARE row record; link bytea; place bigint;
  BEGIN
    SELECT hash INTO link FROM audit.entry WHERE number < ${from} ORDER BY number DESC LIMIT 1;
    place := coalesce((SELECT max(number) FROM audit.entry WHERE number < ${from}), 0);
    IF link IS NULL THEN link := sha256('tessera audit'); END IF;
    FOR row IN SELECT number, body FROM audit.entry WHERE number >= ${from} ORDER BY number LOOP
      place := place + 1;
      UPDATE audit.entry SET number = place, previous = link,
        hash = sha256(link || int8send(place) || convert_to(body, 'UTF8')) WHERE number = row.number;
      link := sha256(link || int8send(place) || convert_to(row.body, 'UTF8'));
    END LOOP;
    UPDATE audit.head SET number = place, hash = link;
  END $$`;

beforeEach(async () => {
  const folder = scratchFolder();
  key = keptSigningKey(folder);
  file = join(folder, 'audit-checkpoints.jsonl');
  await tamper('DELETE FROM audit.entry', 'DELETE FROM audit.checkpoint', rebind(1));
  const recorder = openRecorder(await database.as('recorder'));
  await Promise.all(Array.from({ length: 20 }, (_, n) => recorder.record(entry(n))));
  await makeCheckpoint(await database.as('recorder'), key, file);
  await Promise.all(Array.from({ length: 5 }, (_, n) => recorder.record(entry(20 + n))));
  await recorder.close();
});

describe('the log', () => {
  test('as it was written is found whole', async () => {
    expect(await verify()).toEqual({ ok: true, entries: 25, checkpoints: 1, findings: [] });
  });

  test.each([
    [
      'an entry is edited',
      [`UPDATE audit.entry SET body = replace(body, 'terms', 'people') WHERE number = 7`],
      'EDITED',
    ],
    ['an entry is no longer JSON', [`UPDATE audit.entry SET body = 'gone' WHERE number = 7`], 'EDITED'],
    [
      'an entry is laid to another person',
      [`UPDATE audit.entry SET person = '${people[1]}' WHERE number = 7`],
      'EDITED',
    ],
    ['an entry is deleted', ['DELETE FROM audit.entry WHERE number = 7'], 'MISSING'],
    ['the first entry is deleted', ['DELETE FROM audit.entry WHERE number = 1'], 'MISSING'],
    [
      'two entries change places',
      [
        'UPDATE audit.entry SET number = -7 WHERE number = 7',
        'UPDATE audit.entry SET number = 7 WHERE number = 8',
        'UPDATE audit.entry SET number = 8 WHERE number = -7',
      ],
      'EDITED',
    ],
    [
      'two entries change places and are hashed anew',
      [
        'UPDATE audit.entry SET number = -7 WHERE number = 7',
        'UPDATE audit.entry SET number = 7 WHERE number = 8',
        'UPDATE audit.entry SET number = 8 WHERE number = -7',
        `UPDATE audit.entry SET hash = sha256(previous || int8send(number) || convert_to(body, 'UTF8')) WHERE number IN (7, 8)`,
      ],
      'REORDERED',
    ],
    ['the end is cut off', ['DELETE FROM audit.entry WHERE number > 22'], 'TRUNCATED'],
    [
      'the end is cut off below a checkpoint, and the head set back',
      ['DELETE FROM audit.entry WHERE number > 15', rebind(1)],
      'TRUNCATED',
    ],
    [
      'an entry is edited and everything after it bound anew',
      [`UPDATE audit.entry SET body = replace(body, 'terms', 'people') WHERE number = 7`, rebind(7)],
      'REWRITTEN',
    ],
    [
      'an entry is deleted, the rest bound anew and filled up',
      ['DELETE FROM audit.entry WHERE number = 7', rebind(7)],
      'REWRITTEN',
    ],
    ['the head alone is changed', [`UPDATE audit.head SET hash = sha256('x')`], 'REWRITTEN'],
    ['a checkpoint is taken out of the database', ['DELETE FROM audit.checkpoint'], 'CHECKPOINT_MISSING'],
    [
      'a checkpoint is changed in the database',
      [`UPDATE audit.checkpoint SET hash = sha256('x')`],
      'CHECKPOINT_FORGED',
    ],
  ])('shows that %s', async (_, statements, code) => {
    await tamper(...statements);
    expect(await codes()).toContain(code);
  });

  test('shows a checkpoint that another key signed, and half a line', async () => {
    const other = generateKeyPairSync('ed25519');
    await makeCheckpoint(await database.as('recorder'), { id: keyId(other.publicKey), ...other }, file);
    appendFileSync(file, '{"number":');
    expect(await codes()).toEqual(expect.arrayContaining(['CHECKPOINT_FORGED', 'CHECKPOINT_UNREADABLE']));
  });

  test('keeps what a checkpoint file lost in the database', async () => {
    writeFileSync(file, '');
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 1 });
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  test('is only added to: nobody, the owner included, changes or empties it', async () => {
    const owner = await database.as('owner');
    for (const statement of [
      'UPDATE audit.entry SET body = body',
      'DELETE FROM audit.entry',
      'TRUNCATE audit.entry',
    ])
      await expect(owner.query(statement)).rejects.toThrow(/only ever added to/);
    const recorder = await database.as('recorder');
    for (const statement of [
      'SELECT * FROM audit.entry',
      'DELETE FROM audit.entry',
      `INSERT INTO audit.entry (number, body, previous, hash) VALUES (1000, '{}', '', '')`,
      'UPDATE audit.head SET number = 0',
    ])
      await expect(recorder.query(statement)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  test('takes entries from several hubs at once, each entry once and in one chain', async () => {
    const sources = await Promise.all([1, 2, 3].map(() => database.as('recorder')));
    const recorders = sources.map((source) => openRecorder(source));
    await Promise.all(
      Array.from({ length: 600 }, (_, n) =>
        (recorders[n % 3] ?? openRecorder(sources[0] as never)).record(entry(n, { request: `r${n}` })),
      ),
    );
    expect(await verify()).toMatchObject({ ok: true, entries: 625 });
    const all = await readHistory(await database.as('api'), { audit: 'all' }, { most: 600 });
    expect(new Set(all.map((line) => line.request)).size).toBe(600);
  });

  test('refuses rather than answers when it cannot be written', async () => {
    const unreachable = { query: () => Promise.reject(new Error('gone')) };
    const recorder = openRecorder(unreachable as never);
    await expect(recorder.record(entry(1))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  });

  test('shows everybody their own history, and nobody without a claim anything', async () => {
    const api = await database.as('api');
    const own = await readHistory(api, { person: people[0] ?? '' }, { most: 100 });
    expect(own.map((line) => line.person)).toEqual(Array.from({ length: 13 }, () => people[0]));
    expect(own[0]?.number).toBe(25);
    expect(await readHistory(api, {}, { most: 100 })).toEqual([]);
    const older = await readHistory(api, { person: people[0] ?? '' }, { most: 2, before: 25 });
    expect(older.map((line) => line.number)).toEqual([23, 21]);
  });
});
