/** Imported before anything else by each program: an older Node gets a sentence in place of a stack. */
import { isNewEnough, newerNode } from './node-version.ts';

/** The exit code of errors.ts's Unavailable, which an older Node could not have loaded. */
const UNAVAILABLE = 4;

if (!isNewEnough(process.versions.node)) {
  process.stderr.write(`NODE_TOO_OLD: This is Node ${process.versions.node}.\n→ ${newerNode}\n`);
  process.exit(UNAVAILABLE);
}

// Libraries check themselves at every call unless they are told that this is no workbench.
// oxlint-disable-next-line node/no-process-env -- set for the libraries, and read by nobody here
process.env['NODE_ENV'] ??= 'production';
