import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import compression from 'compression';
import express, { Router } from 'express';
import { packageRoot } from '../../package-root.ts';

/** The console's own files: styles, pictures, its font, and the few scripts that it can do without. */
export function assets(): Router {
  const options = { fallthrough: true, index: false, maxAge: '1h' } as const;
  return Router()
    .use(compression())
    .use('/fonts', express.static(fontFolder(), options))
    .use('/islands', express.static(join(packageRoot, 'dist', 'web', 'islands'), options))
    .use(express.static(join(packageRoot, 'web', 'assets'), options));
}

function fontFolder(): string {
  const found = createRequire(import.meta.url).resolve('@fontsource-variable/public-sans/package.json');
  return join(dirname(found), 'files');
}
