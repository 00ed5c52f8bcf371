/**
 * Deliveries that lie in a folder, as `synthesize` made them, taken in by the intake; who is one person is taken from the
 * truth beside them, so that what is measured does not hang on a linkage.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { DataSource } from 'typeorm';
import { takeDelivery } from '../../etl/intake.ts';
import { deliveredRecords, recordTable } from '../../etl/load/record-table.ts';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { copyIn } from '../../src/db/copy.ts';
import { transaction } from '../../src/db/transaction.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';
import type { Filled } from './stress-hub.ts';

const AT_ONCE = 50_000;

/** `folder` holds `deliveries` and `truth`. */
export async function takeDeliveries(
  owner: DataSource,
  loader: DataSource,
  contracts: Contracts,
  folder: string,
): Promise<Filled> {
  const deliveries = join(folder, 'deliveries');
  await registerSources(loader, readSourcesFile(join(deliveries, 'sources.yaml')));
  const intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'a bench', onProgress: () => {} };
  for (const night of foldersIn(deliveries))
    for (const agency of foldersIn(join(deliveries, night)))
      await takeDelivery(intake, join(deliveries, night, agency));
  const people = await linkAsTrue(owner, join(folder, 'truth', 'memberships.parquet'));
  const tables = deliveredRecords(contracts)
    .map(recordTable)
    .filter(({ schema }) => schema === 'events')
    .map(({ record }) => `events.${record}`);
  await owner.query(`ANALYZE ${[...tables, 'persons.membership'].join(', ')}`);
  return { contentRows: await rowsThatHold(loader, tables), people };
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** Answers how many people the truth tells of. */
async function linkAsTrue(owner: DataSource, path: string): Promise<number> {
  const file = await asyncBufferFromFile(path);
  const rows = Number((await parquetMetadataAsync(file)).num_rows);
  return transaction(owner, async ({ client }) => {
    await client.query(
      'CREATE TEMPORARY TABLE truth (agency text, token text, person_id bytea) ON COMMIT DROP',
    );
    for (let rowStart = 0; rowStart < rows; rowStart += AT_ONCE) {
      const some = await parquetReadObjects({ file, rowStart, rowEnd: Math.min(rowStart + AT_ONCE, rows) });
      const lines = some.map((row) => {
        const person = createHash('sha256').update(String(row['person'])).digest('hex').slice(0, 32);
        return `${String(row['source_agency'])}\t${String(row['person_token'])}\t\\\\x${person}\n`;
      });
      await copyIn(client, 'truth', ['agency', 'token', 'person_id'], Readable.from([lines.join('')]));
    }
    await client.query('ANALYZE truth');
    await client.query(
      `INSERT INTO persons.membership (surrogate, person_id)
       SELECT DISTINCT ON (p.surrogate) p.surrogate, t.person_id FROM truth t
       JOIN linkage.person_token p ON p.source_agency = t.agency AND p.person_token = t.token ORDER BY p.surrogate`,
    );
    const found = await client.query<{ n: string }>('SELECT count(DISTINCT person_id) AS n FROM truth');
    return Number(found.rows[0]?.n);
  });
}

async function rowsThatHold(loader: DataSource, tables: readonly string[]): Promise<number> {
  const holds = "WHERE known_to = 'infinity' AND op NOT IN ('delete', 'absent')";
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table} ${holds})`);
  return transaction(
    loader,
    async ({ client }) => {
      const { rows } = await client.query<{ n: string }>(`SELECT ${counts.join(' + ')} AS n`);
      return Number(rows[0]?.n);
    },
    { county: '*' },
  );
}
