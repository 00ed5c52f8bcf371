/** A synthetic state or scenario in a hub: taken in as deliveries are, and linked as the truth says. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { takeDelivery } from '../../../etl/intake.ts';
import { measure } from '../../../etl/measure.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { registerSources } from '../../../src/sources/register.ts';
import { readSourcesFile } from '../../../src/sources/sources-file.ts';
import { deliveriesIn } from '../../etl/synthesize/judge.ts';
import type { TestDatabase } from '../database.ts';

/** Answers with the id of the candidate. */
export async function measureState(
  database: TestDatabase,
  contracts: Contracts,
  folder: string,
): Promise<string> {
  const deliveries = join(folder, 'deliveries');
  const loader = await database.as('loader');
  await registerSources(loader, readSourcesFile(join(deliveries, 'sources.yaml')));
  const intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'a test', onProgress: () => {} };
  for (const delivery of deliveriesIn(deliveries)) await takeDelivery(intake, delivery.folder);
  await linkAsTrue(database, join(folder, 'truth', 'memberships.parquet'));
  const measurer = await database.as('measurer');
  const { candidate } = await measure({ measurer, requestedBy: 'a test', codeVersion: 'a test', contracts });
  return candidate;
}

/** Whoever is one person is told, and not found: figures are tested here, and linkage elsewhere. */
async function linkAsTrue(database: TestDatabase, file: string): Promise<void> {
  const truth = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
  const column = (name: string): string[] => truth.map((row) => String(row[name]));
  const persons = column('person').map((person) =>
    createHash('sha256').update(person).digest().subarray(0, 16),
  );
  const linker = await database.as('linker');
  await linker.query(
    `INSERT INTO persons.membership (surrogate, person_id)
     SELECT t.surrogate, m.person_id FROM unnest($1::text[], $2::text[], $3::bytea[]) AS m (agency, token, person_id)
     JOIN linkage.person_token t ON t.source_agency = m.agency AND t.person_token = m.token`,
    [column('source_agency'), column('person_token'), persons],
  );
}
