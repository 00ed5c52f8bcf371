#!/usr/bin/env node
import { Command } from 'commander';
import { TesseraError } from '../errors.ts';
import { addProtect } from './commands/protect.ts';

const program = new Command('tessera')
  .description('Tessera: a data-integration and reporting hub')
  .showHelpAfterError('(add --help for the options and examples)');

addProtect(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof TesseraError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  if (error.remedy !== undefined) process.stderr.write(`→ ${error.remedy}\n`);
  process.exitCode = error.exitCode;
}
