/**
 * The demo: a made-up state, made and taken in as any agency's deliveries are. Whatever was done before is found done,
 * so that a demo that was interrupted anywhere is taken up where it was.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { takeDelivery } from '../../etl/intake.ts';
import { measure } from '../../etl/measure.ts';
import { linkPersons } from '../../etl/persons.ts';
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { madeUpTargets } from '../../etl/synthesize/directory/targets.ts';
import { MADE_UP } from '../../etl/synthesize/made-up.ts';
import { type SizeName, sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { uuidOf } from '../access/named-id.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { readRows } from '../db/read-rows.ts';
import { allReleases, storedCandidate } from '../disclosure/release/stored-releases.ts';
import { version } from '../package-root.ts';
import { applyPlan } from '../providers/apply-plan.ts';
import { directory } from '../providers/directory.ts';
import { planImport } from '../providers/plan-import.ts';
import { recordEntry } from '../register/entries.ts';
import { closeRun, openRun } from '../runs/ledger.ts';
import { registeredAgencies } from '../sources/agency.ts';
import { registerSources } from '../sources/register.ts';
import { readSourcesFile } from '../sources/sources-file.ts';
import type { Hub } from './hub.ts';
import { releasesFrom } from './make-releases.ts';

export type Tell = (line: string) => void;

/** From nothing to a hub with a state in it. */
export async function loadDemo(hub: Hub, size: SizeName, tell: Tell): Promise<void> {
  const loader = await hub.as('loader');
  const run = await openRun(loader, 'demo', MADE_UP);
  try {
    tell('Making a made-up state');
    const deliveries = madeUpDeliveries(join(hub.database.dataDir, 'demo'), size);
    await registerSources(loader, readSourcesFile(join(deliveries, 'sources.yaml')));
    for (const night of nightsOf(deliveries)) {
      for (const agency of readdirSync(join(deliveries, night)).sort()) {
        tell(`Taking in what ${agency} sent on ${night}`);
        await takeDelivery(intakeOf(hub, loader), join(deliveries, night, agency));
      }
    }
    tell('Filling the asset map');
    await fillAssetMap(hub, loader, size === 'demo' ? [90, 60, 30, 0] : [0]);
    tell('Linking, and measuring');
    await linkPersons({ linker: await hub.as('linker'), requestedBy: MADE_UP });
    const measurer = await hub.as('measurer');
    await measure({ measurer, requestedBy: MADE_UP, codeVersion: version });
    if (size === 'demo') {
      tell('Protecting a release');
      await releaseLastYear(hub);
    }
    await closeRun(loader, run, 'succeeded');
  } catch (error) {
    await closeRun(loader, run, 'failed');
    throw error;
  }
}

/**
 * As fresh as the day on which it is loaded, since an asset map of last year would be marked as out of date all over; and
 * with what its programs had said some months before.
 */
async function fillAssetMap(hub: Hub, loader: DataSource, daysAgo: readonly number[]): Promise<void> {
  const contracts = loadContracts();
  const today = Math.floor(Date.now() / 86_400_000);
  for (const days of daysAgo) {
    const rows = madeUpDirectory(contracts, 1, today - days).map((texts, at) => ({ line: at + 2, texts }));
    await applyPlan(loader, planImport(contracts, await directory(loader), rows), MADE_UP);
  }
  const api = await hub.as('api');
  const by = { person: uuidOf(MADE_UP), key: '' };
  for (const { county, need, programs, places } of madeUpTargets(contracts, 1)) {
    const fields = Object.entries({ need, programs, places }).map(([name, value]) => ({
      name,
      values: [String(value)],
    }));
    const entry = { kind: 'resource_target', county, effectiveFrom: '2026-01-01', fields };
    await recordEntry(api, { county: '*' }, entry, { ...by, key: `${county} ${need}` });
  }
}

/**
 * Not of the state of a few hundred young people that tests load: next to nothing of it could be shown, and a release of it does not
 * end in useful time yet. What everybody may see: the last year that was over when the figures were known, with the pooled years that end
 * with it.
 */
async function releaseLastYear(hub: Hub): Promise<void> {
  const publisher = await hub.as('publisher');
  const { knownOn } = await storedCandidate(publisher);
  const period = String(Number(knownOn.slice(0, 4)) - 1);
  const made = await allReleases(publisher);
  if (made.some((release) => release.period === period && release.state !== 'withdrawn')) return;
  await releasesFrom(hub, { period }, MADE_UP);
}

/** A hub that has agencies of its own never gets made-up ones beside them; a demo that is complete is not begun again. */
export async function wantsDemo(api: DataSource): Promise<boolean> {
  const agencies = await registeredAgencies(api);
  if (agencies.some((agency) => !agency.name.includes(MADE_UP))) return false;
  const done = await readRows(
    api,
    { county: '*' },
    `SELECT FROM ledger.run WHERE kind = 'demo' AND outcome = 'succeeded' LIMIT 1`,
  );
  return done.length === 0;
}

/** Made under another name first, so that half a state is never taken for one. The hub keeps only what a hub may see. */
function madeUpDeliveries(folder: string, size: SizeName): string {
  const deliveries = join(folder, 'deliveries');
  if (existsSync(deliveries)) return deliveries;
  rmSync(folder, { recursive: true, force: true });
  const making = join(folder, 'in-the-making');
  mkdirSync(making, { recursive: true });
  synthesize(loadContracts(), { size: sizes[size], seed: 1, out: making });
  renameSync(join(making, 'deliveries'), deliveries);
  rmSync(making, { recursive: true });
  return deliveries;
}

function nightsOf(deliveries: string): string[] {
  return readdirSync(deliveries)
    .filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name))
    .sort();
}

function intakeOf(hub: Hub, loader: DataSource): Parameters<typeof takeDelivery>[0] {
  return { loader, surrogateKey: hub.database.surrogateKey, requestedBy: MADE_UP, onProgress: () => {} };
}
