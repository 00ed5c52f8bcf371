import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Router } from 'express';
import { beginUpload } from '../../../etl/receive/upload/upload.ts';
import { loadContracts } from '../../contracts/contracts.ts';
import type { Log } from '../log.ts';
import { intakeQueue } from './intake-queue.ts';
import { type MayDeliver, startSecret } from './may-deliver.ts';
import { uploadRoutes } from './uploads.ts';

export interface Deliveries {
  readonly routes: Router;
  /** Opens a delivery for somebody who was permitted to; its address takes the files. */
  readonly begin: (
    agency: string,
    manifest: Uint8Array,
  ) => Promise<{ id: string; address: string; begun: boolean }>;
  /** Where the operator finds what a request has to carry. */
  readonly tokenFile: string;
  close(): Promise<void>;
}

/** Deliveries over the network: who may, where pieces lie, and who takes in what is whole. */
export function openDeliveries(dataDir: string, log: Log, byAccess: MayDeliver): Deliveries {
  const root = join(dataDir, 'uploads');
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const { path: tokenFile, mayDeliver: bySecret } = startSecret(dataDir);
  const mayDeliver: MayDeliver = async (request, agency) =>
    (await bySecret(request, agency)) ?? byAccess(request, agency);
  const queue = intakeQueue(root, log);
  const routes = uploadRoutes({ root, contracts: loadContracts(), mayDeliver, finished: () => queue.wake() });
  return {
    routes,
    tokenFile,
    begin: async (agency, manifest) => {
      const { upload, begun } = await beginUpload(root, agency, manifest, loadContracts());
      return { id: upload.id, address: `/deliveries/${agency}/${upload.id}`, begun };
    },
    close: () => queue.close(),
  };
}
