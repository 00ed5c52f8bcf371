import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'check Node, settings, disk, clock, database and roles, and say what to do about each finding',
    )
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action(async (options: { json?: boolean }) => {
      const { diagnose } = await import('../doctor.ts');
      const diagnosis = await diagnose();
      if (options.json) printJson(diagnosis);
      else {
        for (const { check, ok, found, remedy } of diagnosis.findings) {
          print(
            `${ok ? 'ok  ' : 'FAIL'}  ${check.padEnd(16)} ${found}${remedy === null ? '' : `\n      → ${remedy}`}`,
          );
        }
      }
      if (!diagnosis.ok) process.exitCode = 4;
    });
}
