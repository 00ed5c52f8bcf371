/**
 * Deliveries over HTTP, in pieces (docs/uploads.md). The address of a file speaks the core of the tus protocol 1.0:
 * HEAD tells how much came, PATCH appends.
 */
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { LIMITS } from '../../../etl/receive/limits.ts';
import {
  answerOf,
  beginUpload,
  dropUpload,
  findUpload,
  finishUpload,
  stateOfUpload,
  type Upload,
} from '../../../etl/receive/upload/upload.ts';
import { appendTo, fileOf, progressOf } from '../../../etl/receive/upload/upload-file.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { Held, Misuse, NotFound, TesseraError } from '../../errors.ts';
import type { MayDeliver } from './may-deliver.ts';

interface UploadService {
  /** The folder of all uploads. */
  readonly root: string;
  readonly contracts: Contracts;
  readonly mayDeliver: MayDeliver;
  /** Told of an upload that has become a delivery. */
  readonly finished: () => void;
}

const PIECES = 'application/offset+octet-stream';

export function uploadRoutes(service: UploadService): Router {
  const { root, contracts } = service;
  const writing = new Set<string>();
  const found = (request: Request): Promise<Upload> =>
    findUpload(root, String(request.params['agency']), String(request.params['id']), contracts);

  const routes = Router({ mergeParams: true });
  routes.use('/:agency', permitted(service.mayDeliver));
  routes.post(
    '/:agency',
    express.raw({ type: () => true, limit: LIMITS.manifestBytes }),
    async (request, response) => {
      const agency = request.params['agency'];
      const body: unknown = request.body;
      const manifest = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const { upload, begun } = await beginUpload(root, agency, manifest, contracts);
      const address = `${request.baseUrl}/${agency}/${upload.id}`;
      response
        .status(begun ? 201 : 200)
        .location(address)
        .json(await described(upload, address));
    },
  );
  routes.get('/:agency/:id', async (request, response) => {
    const address = `${request.baseUrl}${request.path}`;
    response.json(await described(await found(request), address));
  });
  routes.delete('/:agency/:id', async (request, response) => {
    const dropped = await dropUpload(await found(request));
    if (!dropped) throw new Held('UPLOAD_FINISHED', 'The upload is finished, and the intake will take it.');
    response.status(204).end();
  });
  routes.post('/:agency/:id/finish', async (request, response) => {
    const upload = await found(request);
    await completeWhole(upload);
    const missing = await finishUpload(upload, String(response.locals['sender']));
    if (missing.length > 0) {
      throw new Held('FILES_MISSING', `Not whole yet: ${missing.join(', ')}.`, {
        remedy: 'Send the rest of each file from the offset that HEAD tells.',
      });
    }
    service.finished();
    const address = `${request.baseUrl}${request.path.slice(0, -'/finish'.length)}`;
    response
      .status(202)
      .location(address)
      .json(await described(upload, address));
  });
  routes.head('/:agency/:id/files/:file', async (request, response) => {
    const upload = await found(request);
    const progress = await progressOf(upload, fileOf(upload, request.params['file']));
    tellProgress(response, progress);
    response.status(200).end();
  });
  routes.patch('/:agency/:id/files/:file', async (request, response) => {
    if (request.get('content-type') !== PIECES) {
      response.status(415).json(problem('CONTENT_TYPE', `A piece is sent as ${PIECES}.`));
      return;
    }
    const upload = await found(request);
    const declared = fileOf(upload, request.params['file']);
    const key = `${upload.folder} ${declared.file}`;
    if (writing.has(key)) {
      response
        .status(423)
        .json(problem('FILE_HELD', `${declared.file} is being written by another request.`));
      return;
    }
    writing.add(key);
    try {
      const progress = await progressOf(upload, declared);
      if (wholeNumber(request, 'upload-offset') !== progress.offset || progress.complete) {
        tellProgress(response, progress);
        const words = progress.complete ? 'is whole' : `goes on at ${progress.offset}`;
        response.status(409).json(problem('OFFSET', `${declared.file} ${words}.`));
        return;
      }
      const length = progress.length ?? wholeNumber(request, 'upload-length');
      if (length === undefined)
        throw new Misuse('LENGTH_MISSING', 'The first piece says the length of the file in Upload-Length.');
      // A refusal in the middle must still find the connection open, to be heard.
      const sent = request.iterator({ destroyOnReturn: false });
      tellProgress(response, await appendTo(upload, declared, progress, length, sent));
      response.status(204).end();
    } finally {
      writing.delete(key);
    }
  });
  routes.use(explained);
  return routes;
}

function permitted(mayDeliver: MayDeliver): RequestHandler {
  return async (request, response, next) => {
    response.setHeader('tus-resumable', '1.0.0');
    response.setHeader('cache-control', 'no-store');
    const sender = await mayDeliver(request, String(request.params['agency']));
    if (sender !== undefined) {
      response.locals['sender'] = sender;
      return next();
    }
    response.status(401).setHeader('www-authenticate', 'Bearer');
    response.json(
      problem('NOT_PERMITTED', 'The request carries nothing that lets it deliver for this agency.'),
    );
  };
}

/** A hub that was killed between the last byte and the look at the whole makes up for it. */
async function completeWhole(upload: Upload): Promise<void> {
  if (stateOfUpload(upload) !== 'receiving') return;
  for (const declared of upload.manifest.files) {
    const progress = await progressOf(upload, declared);
    if (!progress.complete && progress.offset === progress.length)
      await appendTo(upload, declared, progress, progress.offset, nothing());
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function described(upload: Upload, address: string): Promise<object> {
  const state = stateOfUpload(upload);
  if (state === 'answered') return { upload: upload.id, state, answer: await answerOf(upload) };
  if (state === 'waiting') return { upload: upload.id, state };
  const files = await Promise.all(
    upload.manifest.files.map(async (declared) => {
      const { file, offset, complete } = await progressOf(upload, declared);
      return { file, address: `${address}/files/${file}`, offset, complete };
    }),
  );
  return { upload: upload.id, state, files };
}

function tellProgress(response: Response, progress: { offset: number; length: number | undefined }): void {
  response.setHeader('upload-offset', progress.offset);
  if (progress.length === undefined) response.setHeader('upload-defer-length', '1');
  else response.setHeader('upload-length', progress.length);
}

function wholeNumber(request: Request, header: string): number | undefined {
  const text = request.get(header);
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

function problem(code: string, message: string, remedy?: string): object {
  return { error: { code, message, ...(remedy === undefined ? {} : { remedy }) } };
}

const STATUS: Readonly<Record<string, number>> = { Q002: 460, TOO_LARGE: 413, LENGTH_MISSING: 400 };

const explained: ErrorRequestHandler = (error: unknown, request, response, next) => {
  // Whoever hung up hears nothing; what came before stays.
  if (request.destroyed && !request.complete) return;
  if ((error as { type?: string }).type === 'entity.too.large') {
    response
      .status(413)
      .json(problem('TOO_LARGE', `A manifest is no larger than ${LIMITS.manifestBytes} bytes.`));
    return;
  }
  if (!(error instanceof TesseraError)) return next(error);
  const status = STATUS[error.code] ?? (error instanceof NotFound ? 404 : error instanceof Held ? 409 : 422);
  // The rest of a body that is not wanted is not read.
  if (!request.complete) response.setHeader('connection', 'close');
  response.status(status).json(problem(error.code, error.message, error.remedy));
};
