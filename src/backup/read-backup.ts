/** Puts a backup's rows into a database that has its schema and nothing else, in one transaction, and holds them to it. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { copyIn } from '../db/copy.ts';
import { Refused } from '../errors.ts';
import { type Section, sections } from './framing.ts';
import { type BackedSequence, backedTables, PLAIN_TEXT } from './tables.ts';
import { type Belonging, FORMAT, type TableTally } from './write-backup.ts';

export interface BackupHeading {
  readonly version: string;
  readonly migrations: readonly string[];
  readonly takenAt: string;
  readonly sequences: readonly BackedSequence[];
}

export interface OpenBackup {
  readonly heading: BackupHeading;
  readonly rest: AsyncGenerator<Section>;
}

export interface Restored {
  readonly tables: readonly TableTally[];
  readonly rows: number;
  readonly belongings: readonly Belonging[];
}

/** Reads as far as the heading, which says which schema the rows need. */
export async function openBackup(source: AsyncIterable<Uint8Array>): Promise<OpenBackup> {
  const rest = sections(source);
  const first = (await rest.next()).value as Section | undefined;
  const heading = first?.heading ?? {};
  if (heading['format'] !== FORMAT)
    throw new Refused('NOT_A_BACKUP', 'This is no backup that this release can read.', {
      remedy: 'Restore it with the release that made it.',
    });
  return {
    heading: {
      version: String(heading['version']),
      migrations: heading['migrations'] as readonly string[],
      takenAt: String(heading['taken_at']),
      sequences: heading['sequences'] as readonly BackedSequence[],
    },
    rest,
  };
}

export async function restoreInto(owner: DataSource, { heading, rest }: OpenBackup): Promise<Restored> {
  const runner = owner.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    await client.query('BEGIN');
    await client.query(PLAIN_TEXT);
    const tables = await backedTables(client);
    const names = tables.map(({ name }) => name);
    const forced = await withRowRules(client);
    for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    for (const name of forced) await client.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`);
    await client.query(`TRUNCATE ${names.join(', ')}`);
    const restored = await fill(client, rest, new Set(names));
    for (const { name, last, called } of heading.sequences)
      await client.query('SELECT setval($1::regclass, $2, $3)', [name, last, called]);
    for (const name of forced) await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
    for (const name of names) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return restored;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    await runner.release();
  }
}

/** To the end that the backup declares: one that was cut off restores nothing. */
async function fill(
  client: PoolClient,
  rest: AsyncGenerator<Section>,
  known: ReadonlySet<string>,
): Promise<Restored> {
  const belongings: Belonging[] = [];
  const came = new Map<string, number>();
  const columnsOf = new Map<string, readonly string[]>();
  for await (const { heading, body } of rest) {
    if (typeof heading['file'] === 'string') {
      const pieces: Buffer[] = [];
      for await (const piece of body) pieces.push(Buffer.from(piece));
      belongings.push({ name: heading['file'], content: Buffer.concat(pieces) });
    } else if (typeof heading['table'] === 'string') {
      const name = heading['table'];
      if (!known.has(name)) throw new Refused('NOT_A_BACKUP', `There is no table ${name} to restore.`);
      const columns = heading['columns'] as readonly string[];
      came.set(name, await copyIn(client, name, columns, Readable.from(body)));
      columnsOf.set(name, columns);
    } else if (Array.isArray(heading['end'])) {
      const tables = heading['end'] as readonly TableTally[];
      for (const tally of tables) await compare(client, tally, came, columnsOf);
      return { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), belongings };
    }
  }
  throw new Refused('BACKUP_CUT_OFF', 'The backup ends before its end.', {
    remedy: 'Take the one before it; `npx tessera backup` looks at each one that it makes.',
  });
}

/** The rows that lie there now, byte for byte those that were taken. */
async function compare(
  client: PoolClient,
  { name, rows, sha256 }: TableTally,
  came: ReadonlyMap<string, number>,
  columnsOf: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const hash = createHash('sha256');
  const columns = columnsOf.get(name) ?? [];
  for await (const chunk of client.query(copyTo(`COPY ${name} (${columns.join(', ')}) TO STDOUT`)))
    hash.update(chunk as Buffer);
  if (came.get(name) === rows && hash.digest('hex') === sha256) return;
  throw new Refused('BACKUP_DIFFERS', `The rows of ${name} are not those that were taken.`, {
    remedy: 'Take the backup before it.',
  });
}

async function withRowRules(client: PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relforcerowsecurity AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user) ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
