/** A form with a file in it: its texts as of any form, and the file apart. One that is too large comes as none. */
import { type RequestHandler, raw } from 'express';
import type { SentFile } from '../../../web/visit.ts';

const read = raw({ type: 'multipart/form-data', limit: '10mb' });

const readBody: RequestHandler = (request, response, next) => {
  read(request, response, (error?: unknown) => {
    if (error !== undefined) request.body = undefined;
    next();
  });
};

const readParts: RequestHandler = async (request, response, next) => {
  const { texts, file } = Buffer.isBuffer(request.body)
    ? await partsOf(request.body, request.get('content-type') ?? '')
    : { texts: {}, file: undefined };
  request.body = texts;
  response.locals['file'] = file;
  next();
};

export const fileForm: readonly RequestHandler[] = [readBody, readParts];

interface Parts {
  readonly texts: Readonly<Record<string, string>>;
  readonly file: SentFile | undefined;
}

async function partsOf(body: Buffer, type: string): Promise<Parts> {
  const texts: Record<string, string> = {};
  let file: SentFile | undefined;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form)
      if (typeof value === 'string') texts[name] = value;
      else if (value.size > 0) file = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
  } catch {
    // No form at all: nothing was sent.
  }
  return { texts, file };
}
