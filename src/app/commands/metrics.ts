import type { Command } from 'commander';
import { examples, print, printJson } from '../terminal.ts';

export function addMetrics(program: Command): void {
  program
    .command('metrics')
    .description('the catalogue of figures: what each one asks, and how it may be cut')
    .command('list')
    .description('list every metric with its version, dimensions and declared tables')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('metrics list', 'metrics list --json'))
    .action(async (options: { json?: boolean }) => {
      const { loadContracts } = await import('../../contracts/contracts.ts');
      const metrics = [...loadContracts().metrics.values()];
      if (options.json === true)
        printJson(
          metrics.map(({ id, version, group, dimensions, tables }) => ({
            id,
            version,
            group,
            dimensions: [...dimensions.keys()],
            tables: tables.map(({ name }) => name),
          })),
        );
      else
        for (const { id, group, title, notAvailable } of metrics)
          print(
            `${group.padEnd(12)} ${id.padEnd(40)} ${title}${notAvailable === undefined ? '' : ' (not available)'}`,
          );
    });
}
