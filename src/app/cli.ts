#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { TesseraError } from '../errors.ts';
import { version } from '../package-root.ts';
import { addAudit } from './commands/audit.ts';
import { addContracts } from './commands/contracts.ts';
import { addCheck, addDeliver } from './commands/deliver.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEncode } from './commands/encode.ts';
import { addEstimate } from './commands/estimate.ts';
import { addKey } from './commands/key.ts';
import { addLink } from './commands/link.ts';
import { addMeasure } from './commands/measure.ts';
import { addMetrics } from './commands/metrics.ts';
import { addMigrate } from './commands/migrate.ts';
import { addPeople } from './commands/people.ts';
import { addPersons } from './commands/persons.ts';
import { addProtect } from './commands/protect.ts';
import { addQuality } from './commands/quality.ts';
import { addReview } from './commands/review.ts';
import { addScope } from './commands/scope.ts';
import { addSignIn } from './commands/sign-in.ts';
import { addSources } from './commands/sources.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addSynthesize } from './commands/synthesize.ts';
import { addTable } from './commands/table.ts';
import { addToken } from './commands/token.ts';

/** The exit code of errors.ts's Misuse. */
const misuse = 3;

const program = new Command('tessera')
  .description(
    'Tessera: a data-integration and reporting hub for the response to commercial sexual exploitation of children',
  )
  .version(version)
  .showHelpAfterError('(add --help for the options and examples)')
  .exitOverride();

/** In the order in which people meet them. */
const commands = [
  addStart,
  addStatus,
  addDoctor,
  addMigrate,
  addSignIn,
  addToken,
  addPeople,
  addAudit,
  addSources,
  addDeliver,
  addCheck,
  addQuality,
  addKey,
  addEncode,
  addLink,
  addPersons,
  addReview,
  addScope,
  addMeasure,
  addMetrics,
  addTable,
  addEstimate,
  addProtect,
  addSynthesize,
  addContracts,
];
for (const add of commands) add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Commander has already said what is wrong with the command line; a defect keeps its stack. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : misuse;
  if (!(error instanceof TesseraError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  if (error.remedy !== undefined) process.stderr.write(`→ ${error.remedy}\n`);
  return error.exitCode;
}
