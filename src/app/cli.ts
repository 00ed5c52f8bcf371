#!/usr/bin/env node
import { Command } from 'commander';
import { TesseraError } from '../errors.ts';
import { version } from '../package-root.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEncode } from './commands/encode.ts';
import { addKey } from './commands/key.ts';
import { addLink } from './commands/link.ts';
import { addMigrate } from './commands/migrate.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';

const program = new Command('tessera')
  .description(
    'Tessera: a data-integration and reporting hub for the response to commercial sexual exploitation of children',
  )
  .version(version)
  .showHelpAfterError('(add --help for the options and examples)')
  .configureHelp({ showGlobalOptions: false });

for (const add of [addStart, addStatus, addDoctor, addMigrate, addKey, addEncode, addLink]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof TesseraError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  if (error.remedy !== undefined) process.stderr.write(`→ ${error.remedy}\n`);
  process.exitCode = error.exitCode;
}
