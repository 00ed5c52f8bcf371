/** A scenario of the synthetic state in a hub: taken in as deliveries are, and linked as the truth says. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { takeDelivery } from '../../../etl/intake.ts';
import { measure } from '../../../etl/measure.ts';
import { writeScenario } from '../../../etl/synthesize/scenarios/scenarios.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { registerSources } from '../../../src/sources/register.ts';
import { readSourcesFile } from '../../../src/sources/sources-file.ts';
import { deliveriesIn } from '../../etl/synthesize/judge.ts';
import type { TestDatabase } from '../database.ts';

export async function measureScenario(
  database: TestDatabase,
  contracts: Contracts,
  name: string,
  out: string,
): Promise<void> {
  writeScenario(contracts, name, out);
  await measureState(database, contracts, join(out, name));
}

/** The deliveries of a made-up state, and the truth beside them about who is one person. */
export async function measureState(
  database: TestDatabase,
  contracts: Contracts,
  state: string,
): Promise<void> {
  const deliveries = join(state, 'deliveries');
  const loader = await database.as('loader');
  await registerSources(loader, readSourcesFile(join(deliveries, 'sources.yaml')));
  const intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'a test', onProgress: () => {} };
  for (const { folder } of deliveriesIn(deliveries)) await takeDelivery(intake, folder);
  await linkAsTrue(database, join(state, 'truth', 'memberships.parquet'));
  const measurer = await database.as('measurer');
  await measure({ measurer, requestedBy: 'a test', codeVersion: 'a test', contracts });
}

/** Small scenarios have too few pairs to learn a model from, so that whoever is one person is told. */
async function linkAsTrue(database: TestDatabase, file: string): Promise<void> {
  const truth = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
  const linker = await database.as('linker');
  for (const { source_agency, person_token, person } of truth)
    await linker.query(
      `INSERT INTO persons.membership (surrogate, person_id)
       SELECT surrogate, $3 FROM linkage.person_token WHERE source_agency = $1 AND person_token = $2`,
      [source_agency, person_token, createHash('sha256').update(String(person)).digest().subarray(0, 16)],
    );
}
