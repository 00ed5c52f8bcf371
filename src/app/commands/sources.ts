import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { examples, print, printJson } from '../terminal.ts';

export function addSources(program: Command): void {
  const sources = program
    .command('sources')
    .description('the agencies that send deliveries, and the agreements under which they do');

  sources
    .command('apply <file>')
    .description('bring the register to what a YAML file says; nothing is removed')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('sources apply sources.yaml'))
    .action(async (file: string, options: { json?: boolean }) => {
      const [{ readSourcesFile }, { registerSources }] = await Promise.all([
        import('../../sources/sources-file.ts'),
        import('../../sources/register.ts'),
      ]);
      const read = readSourcesFile(file);
      await asLoader('sources apply', (loader) => registerSources(loader, read));
      const counts = { agencies: read.agencies.length, agreements: read.agreements.length };
      if (options.json) printJson(counts);
      else print(`${counts.agencies} agencies and ${counts.agreements} agreements stand as the file says`);
    });

  sources
    .command('show')
    .description('list the agencies that the hub knows')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('sources show', 'sources show --json'))
    .action(async (options: { json?: boolean }) => {
      const { registeredAgencies } = await import('../../sources/agency.ts');
      const agencies = await asLoader('sources show', registeredAgencies);
      if (options.json) printJson(agencies);
      else if (agencies.length === 0) print('No agencies yet: npx tessera sources apply FILE');
      else
        for (const { id, name, system, countyFips } of agencies)
          print(`${id.padEnd(12)} ${countyFips}  ${system.padEnd(14)} ${name}`);
    });
}

async function asLoader<T>(command: string, work: (loader: DataSource) => Promise<T>): Promise<T> {
  const [{ readSettings }, { withHub }, { migrateUp }] = await Promise.all([
    import('../../config.ts'),
    import('../hub.ts'),
    import('../../db/migrate.ts'),
  ]);
  return withHub(readSettings(), command, async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return work(await hub.as('loader'));
  });
}
