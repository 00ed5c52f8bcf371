import type { Command } from 'commander';
import type { Measured } from '../../../etl/measure.ts';
import { Misuse } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly knownOn?: string;
  readonly definedOn?: string;
  readonly linkage?: string;
  readonly full?: boolean;
  readonly version?: readonly string[];
  readonly json?: boolean;
}

export function addMeasure(program: Command): void {
  program
    .command('measure')
    .description('make facts and figures of what is linked: a candidate, which no outside surface can read')
    .option('--known-on <day>', 'as the hub knew things at the end of that day')
    .option(
      '--linkage <then|today>',
      'with --known-on: who is one person, as linked then (the default) or today',
    )
    .option('--defined-on <day>', 'by the terms and metrics as they were defined on that day')
    .option('--full', 'make the facts of everybody anew, even if little changed')
    .option('--version <metric=version...>', 'by an earlier definition of a metric')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        'measure',
        'measure --known-on 2026-06-30',
        'measure --defined-on 2024-12-31',
        'measure --version identified=1 --json',
      ),
    )
    .action(async (options: Options) => {
      const [{ readSettings }, { withHub }, { migrateUp }, { measure }, { version }] = await Promise.all([
        import('../../config.ts'),
        import('../hub.ts'),
        import('../../db/migrate.ts'),
        import('../../../etl/measure.ts'),
        import('../../package-root.ts'),
      ]);
      for (const [option, day] of [
        ['--known-on', options.knownOn],
        ['--defined-on', options.definedOn],
      ])
        if (day !== undefined && !isDay(day))
          throw new Misuse('NOT_A_DAY', `${option} expects a day such as 2026-06-30`);
      const { linkage } = options;
      if (
        linkage !== undefined &&
        (options.knownOn === undefined || (linkage !== 'then' && linkage !== 'today'))
      )
        throw new Misuse('NOT_A_LINKAGE', '--linkage takes then or today, and goes with --known-on');
      const versions = options.version === undefined ? undefined : versionsOf(options.version);
      const measured = await withHub(readSettings(), 'measure', async (hub) => {
        await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
        return measure({
          measurer: await hub.as('measurer'),
          requestedBy: 'command line',
          codeVersion: version,
          knownOn: options.knownOn,
          definedOn: options.definedOn,
          linkage,
          full: options.full,
          versions,
        });
      });
      if (options.json === true) printJson(measured);
      else print(describe(measured));
    });
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  );
}

function versionsOf(pairs: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    pairs.map((pair): [string, number] => {
      const [metric = '', version = ''] = pair.split('=');
      if (!/^[1-9]\d*$/.test(version))
        throw new Misuse('NOT_A_VERSION', '--version expects a metric and a number, such as identified=1');
      return [metric, Number(version)];
    }),
  );
}

function describe({ candidate, current, knownOn, facts, figures }: Measured): string {
  const what =
    facts === undefined
      ? 'Nothing changed since it was made.'
      : `${facts.kind === 'full' ? 'Facts of everybody' : `Facts of ${facts.persons} persons who changed`}, ${facts.inScope} of them in scope.`;
  const where = current
    ? ''
    : `\nIt does not take the place of the newest: npx tessera table METRIC --period PERIOD --as steward --candidate ${candidate.slice(0, 12)}`;
  return `Candidate ${candidate.slice(0, 12)} as known on ${knownOn}: ${figures} figures.\n${what}${where}`;
}
