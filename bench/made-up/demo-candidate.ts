/** The candidate that the demo's first night makes, in a database of its own: what its release is protected from. */
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { takeDelivery } from '../../etl/intake.ts';
import { measure } from '../../etl/measure.ts';
import { linkPersons } from '../../etl/persons.ts';
import { type SizeName, sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { mapping } from '../../src/app/mapping.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { connect } from '../../src/db/data-source.ts';
import { startEmbeddedServer } from '../../src/db/embedded/server.ts';
import { migrateUp } from '../../src/db/migrate.ts';
import type { Duty } from '../../src/db/roles.ts';
import type { Candidate } from '../../src/disclosure/catalogue/candidate.ts';
import { storedCandidate } from '../../src/disclosure/release/stored-releases.ts';
import { registerSources } from '../../src/sources/register.ts';
import { readSourcesFile } from '../../src/sources/sources-file.ts';

export async function demoCandidate(size: SizeName): Promise<Candidate> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-bench-')));
  chmodSync(folder, 0o711);
  const server = await startEmbeddedServer(folder);
  const open: DataSource[] = [];
  const as = async (duty: Duty): Promise<DataSource> => {
    const source = await connect(server.target, duty, mapping);
    open.push(source);
    return source;
  };
  try {
    await migrateUp(await as('owner'), server.target.roleSecret);
    const loader = await as('loader');
    const made = join(folder, 'made');
    synthesize(loadContracts(), { size: sizes[size], seed: 1, out: made });
    const deliveries = join(made, 'deliveries');
    await registerSources(loader, readSourcesFile(join(deliveries, 'sources.yaml')));
    const intake = { loader, surrogateKey: new Uint8Array(32), requestedBy: 'bench', onProgress: () => {} };
    for (const night of readdirSync(deliveries).sort()) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(night)) continue;
      for (const agency of readdirSync(join(deliveries, night)).sort())
        await takeDelivery(intake, join(deliveries, night, agency));
    }
    await linkPersons({ linker: await as('linker'), requestedBy: 'bench' });
    await measure({ measurer: await as('measurer'), requestedBy: 'bench', codeVersion: 'bench' });
    return await storedCandidate(await as('publisher'));
  } finally {
    for (const source of open) await source.destroy();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
