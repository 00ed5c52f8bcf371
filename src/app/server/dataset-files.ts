/** POST /datasets/<link>: the bundle that a link was made for. Looking at the link counts nothing; this does. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, RequestHandler } from 'express';
import type { DataSource } from 'typeorm';
import { nothingHere } from '../../access/permit.ts';
import type { Reader } from '../../access/reader.ts';
import { auditEntry } from '../../audit/entry.ts';
import type { Recorder } from '../../audit/recorder.ts';
import { download } from '../../datasets/link.ts';
import { Refused } from '../../errors.ts';
import type { Permitted } from './guarded-route.ts';
import { sendFile } from './send-file.ts';

export const DATASET_FILES = '/datasets/:secret';

/** Stands behind the guard that permits and records; how the link was taken is recorded besides. */
export function datasetFile(api: DataSource, recorder: Recorder, folder: string): RequestHandler {
  return async (request, response) => {
    const { reader } = response.locals['permitted'] as Permitted;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${randomUUID()}.zip`);
    try {
      const taken = await download(api, String(request.params['secret']), path);
      await recorder.record(taking(request, reader, taken?.outcome ?? 'unknown', taken?.release ?? null));
      if (taken?.outcome !== 'good') {
        // The page of the link says why; a program gets a code.
        if (request.accepts(['json', 'html']) === 'html') {
          response.redirect(303, request.originalUrl);
          return;
        }
        if (taken === undefined) throw nothingHere();
        throw new Refused('LINK_OVER', 'This link is not good any more; its page says why.', {
          remedy: 'Whoever asked for the dataset can make another.',
        });
      }
      response.attachment(`tessera-dataset-${taken.bundle}.zip`);
      response.setHeader('content-type', 'application/zip');
      response.setHeader('content-length', (await stat(path)).size);
      response.setHeader('cache-control', 'private, no-store');
      await sendFile(path, response);
    } finally {
      await rm(path, { force: true });
    }
  };
}

function taking(request: Request, reader: Reader, outcome: string, release: number | null) {
  return auditEntry(request.id, reader, {
    operations: ['datasetFile'],
    tables: ['dataset.bundle', 'dataset.link'],
    outcome: outcome === 'good' ? 'downloaded' : `refused: ${outcome}`,
    release,
  });
}
