import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';

export function addTrace(program: Command): void {
  program
    .command('trace <figure>')
    .description('the way back from a published figure to its definition, facts and runs, for the steward')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'trace identified/all/2025/all',
        'trace 3:identified/county/2025/county=06037 --json',
        'trace identified/county/2021/2025/county=06037',
      ),
    )
    .action(async (figure: string, options: { json?: boolean }) => {
      const { traced, describeTrace } = await import('../read-releases.ts');
      const trace = await traced(figure);
      if (options.json === true) printJson(trace);
      else print(describeTrace(trace));
    });
}
