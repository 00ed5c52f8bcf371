#!/usr/bin/env node
import './require-node.ts';
import { isMainThread } from 'node:worker_threads';
import { encodeWorker } from '../../etl/encode/pool.ts';
import { addEncode } from './commands/encode.ts';
import { addKey } from './commands/key.ts';
import { runProgram } from './program.ts';

/**
 * The agency's half alone: keys and encoding, no database, no network. The bundler makes one file of it, which is
 * its own worker as well, so that an agency needs Node and this file.
 */
if (isMainThread) {
  encodeWorker.url = new URL(import.meta.url);
  await runProgram('tessera-encode', "turns an agency's identified extract into rows that can be linked", [
    addKey,
    addEncode,
  ]);
} else await import('../../etl/encode/encode-worker.ts');
