import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { packageRoot } from '../../package-root.ts';

/** The console's own files: styles, fonts, pictures. */
export function assets(): RequestHandler {
  return express.static(join(packageRoot, 'web', 'assets'), {
    fallthrough: true,
    index: false,
    maxAge: '1h',
  });
}
