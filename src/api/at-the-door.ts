/** What is turned away before a question is read, each with a code and in the form of every other answer. */
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { TesseraError } from '../errors.ts';
import { tooLarge } from './limits.ts';
import { readTrustedDocuments } from './trusted-documents.ts';

/** Questions come in a body: what stands in an address is logged along its way. */
export const onlyPost: RequestHandler = (request, response, next) => {
  if (request.method === 'POST') return next();
  response.setHeader('allow', 'POST');
  refuse(response, 405, 'METHOD_NOT_ALLOWED', 'Questions are sent by POST, as JSON.', request.id);
};

/** A registered document may be named by its hash; in production no other is taken. */
export function onlyTrusted(production: boolean): RequestHandler {
  const trusted = readTrustedDocuments();
  return (request, response, next) => {
    const body = request.body as { query?: unknown; documentId?: unknown } | undefined;
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      return refuse(
        response,
        400,
        'BAD_REQUEST',
        'A question is one JSON object, sent as application/json.',
        request.id,
      );
    if (typeof body.documentId === 'string' && body.query === undefined) {
      const query = trusted.find(body.documentId.replace(/^sha256:/, ''));
      if (query === undefined)
        return refuse(
          response,
          400,
          'DOCUMENT_UNKNOWN',
          'No document of that hash is registered.',
          request.id,
        );
      const { documentId: _, ...rest } = body;
      request.body = { ...rest, query };
    } else if (production && !(typeof body.query === 'string' && trusted.has(body.query))) {
      return refuse(
        response,
        400,
        'DOCUMENT_NOT_TRUSTED',
        'This hub answers registered documents only.',
        request.id,
      );
    }
    next();
  };
}

export const withinLimits: RequestHandler = (request, response, next) => {
  const { query } = request.body as { query?: unknown };
  const what = typeof query === 'string' ? tooLarge(query) : undefined;
  if (what === undefined) return next();
  refuse(response, 400, 'QUESTION_TOO_LARGE', `The question has too many ${what}.`, request.id);
};

/** Whatever failed outside a resolver: a body that is no JSON or too large, a token that is not good, a defect. */
export const answerWithCode: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof TesseraError) {
    const status = { UNAUTHENTICATED: 401, TOO_MUCH: 429 }[error.code] ?? 400;
    if (status === 401) response.setHeader('www-authenticate', 'Bearer');
    return refuse(response, status, error.code, error.message, request.id);
  }
  const { status, type } = error as { status?: number; type?: string };
  if (type === 'entity.too.large')
    return refuse(response, 413, 'QUESTION_TOO_LARGE', 'The question has more than 100 kB.', request.id);
  if (status !== undefined && status >= 400 && status < 500)
    return refuse(response, 400, 'BAD_REQUEST', 'The body cannot be read as JSON.', request.id);
  refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong.', request.id);
};

export function refuse(
  response: Response,
  status: number,
  code: string,
  message: string,
  requestId: string,
): void {
  response.status(status).json({ errors: [{ message, extensions: { code, requestId } }] });
}
