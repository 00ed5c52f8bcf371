/** What `tessera dataset release` does: makes the bundle of an approved request from one release, and keeps it. */
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { datasetCodebook } from '../../../reports/codebook/dataset-codebook.ts';
import { pdfFile } from '../../../reports/formats/pdf/pdf-file.ts';
import type { Permission } from '../../access/permit.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { requireAgreement } from '../../datasets/agreement-in-force.ts';
import { keepBundle, piecesOf } from '../../datasets/bundle/keep-bundle.ts';
import { makeBundle } from '../../datasets/bundle/make-bundle.ts';
import { type Actor, type Bundle, today } from '../../datasets/request.ts';
import { bundlesOf, standingOf } from '../../datasets/requests-seen.ts';
import { plan } from '../../datasets/review-workflow.ts';
import { transaction } from '../../db/transaction.ts';
import { keptReleaseKeys } from '../../disclosure/release/release-keys.ts';
import { standing } from '../../disclosure/standing.ts';
import { NotFound } from '../../errors.ts';
import { MADE_UP_NOTE } from '../server/made-up-note.ts';

export interface DatasetOrder {
  readonly api: DataSource;
  readonly contracts: Contracts;
  readonly permission: Permission;
  readonly by: Actor;
  readonly request: string;
  /** The newest that stands, unless it is named. */
  readonly release: number | undefined;
  /** Where the signing keys lie, and drafts may. */
  readonly dataDir: string;
  readonly hubAddress: string;
}

/** Asked again for the same release, it answers the bundle that is there. */
export async function releaseDataset(order: DatasetOrder): Promise<Bundle> {
  const { api, contracts, permission, by, dataDir, hubAddress } = order;
  const { request, steps, bundles } = await standingOf(api, permission.claims, order.request);
  const release = order.release ?? (await newestRelease(api));
  const there = bundles.find((bundle) => bundle.release === release);
  if (there !== undefined) return there;
  plan(request, steps, { act: 'release', words: String(release) }, by);
  await transaction(api, ({ client }) => requireAgreement(client, request, today()));
  const folder = join(dataDir, 'cache', 'datasets');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = await makeBundle(api, {
    contracts,
    request,
    number: (bundles[0]?.number ?? 0) + 1,
    release,
    keys: keptReleaseKeys(dataDir),
    madeUpNote: MADE_UP_NOTE,
    hubAddress,
    codebookPdf: (dataset) => pdfFile(datasetCodebook(dataset)),
    folder,
  });
  try {
    await keepBundle(api, contracts, permission.claims, made, by);
  } finally {
    await made.dispose();
  }
  const kept = (await bundlesOf(api, permission.claims, [request.id])).find(
    (bundle) => bundle.release === release,
  );
  if (kept === undefined) throw new Error('a bundle that was kept is not there');
  return kept;
}

/** Writes the bytes of a bundle under another name first: nobody finds half of them. */
export async function writeBundle(
  api: DataSource,
  { claims }: Permission,
  bundle: string,
  path: string,
): Promise<void> {
  await transaction(
    api,
    ({ client }) => writeFile(`${path}.part`, piecesOf(client, bundle), { mode: 0o600 }),
    claims,
  );
  await rename(`${path}.part`, path);
}

async function newestRelease(api: DataSource): Promise<number> {
  const { current } = await standing(api);
  if (current !== undefined) return current.number;
  throw new NotFound('NO_RELEASE', 'Nothing has been released yet.', {
    remedy: 'The steward makes a release: npx tessera release make',
  });
}
