import { Command, CommanderError } from 'commander';
import { TesseraError } from '../errors.ts';
import { refusalOf } from './database-refusal.ts';

/** The exit code of errors.ts's Misuse. */
const misuse = 3;

/** Runs a command line, and says what went wrong in one sentence. */
export async function runProgram(
  name: string,
  description: string,
  commands: readonly ((program: Command) => void)[],
  version?: string,
): Promise<void> {
  process.stdout.on('error', ignoreClosedPipe);
  const program = new Command(name)
    .description(description)
    .showHelpAfterError('(add --help for the options and examples)')
    // What stands after a command is the command's: `measure --version identified=1` asks for no version of the program.
    .enablePositionalOptions()
    .exitOverride();
  if (version !== undefined) program.version(version);
  for (const add of commands) add(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

/** Whoever reads what is printed may stop early, as `| head` does; that is no failure of ours. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Commander has already said what is wrong with the command line; a defect keeps its stack. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : misuse;
  if (!(error instanceof TesseraError)) return defect(error);
  process.stderr.write(`${error.code}: ${error.message}\n`);
  if (error.remedy !== undefined) process.stderr.write(`→ ${error.remedy}\n`);
  return error.exitCode;
}

/** A database tells in its errors which values it would not take: only what names no value is passed on. */
function defect(error: unknown): number {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  process.stderr.write(`DEFECT: ${refusal}\n`);
  return 1;
}
