import type { Command } from 'commander';
import { Refused } from '../../errors.ts';
import { examples, print, printJson } from '../terminal.ts';

export function addContracts(program: Command): void {
  const contracts = program
    .command('contracts')
    .description('the shared records, codes and definitions that all agencies agreed on');

  contracts
    .command('check')
    .description('check the contracts themselves: references, orphans, reasons, dates, legal basis, wording')
    .option('--schema <folder>', 'the contracts to check, instead of those installed')
    .option('--json', 'print one JSON document')
    .addHelpText('after', examples('contracts check', 'contracts check --json'))
    .action(async (options: { schema?: string; json?: boolean }) => {
      const { checkContracts } = await import('../../contracts/check/check.ts');
      const { schemaFolder } = await import('../../contracts/contracts.ts');
      const { describe } = await import('../../contracts/problem.ts');
      const report = checkContracts(options.schema ?? schemaFolder);
      if (options.json === true) printJson(report);
      else {
        const { records, codes, terms, metrics } = report;
        const held = `${records} record types, ${codes} codes, ${terms} terms, ${metrics} metrics`;
        const verdict = report.ok ? 'No problems.' : `${report.problems.length} problems.`;
        print([...report.problems.map(describe), `${held}. ${verdict}`].join('\n'));
      }
      if (!report.ok) process.exitCode = 2;
    });

  contracts
    .command('show')
    .description("show a record type, a code list, a term, a need, a clock, a rule or an agency's own codes")
    .argument('<name>', 'such as cw_referral, party, identified, HN.SRH, reassess, Q104 or CW-1')
    .option('--json', 'print one JSON document; a record type comes as a Frictionless Table Schema')
    .addHelpText(
      'after',
      examples('contracts show cw_referral', 'contracts show party', 'contracts show identified'),
    )
    .action(async (name: string, options: { json?: boolean }) => {
      const { loadContracts } = await import('../../contracts/contracts.ts');
      const { show } = await import('../../contracts/show.ts');
      const shown = show(loadContracts(), name);
      if (options.json === true) printJson(shown.document);
      else print(shown.text);
    });

  contracts
    .command('dictionary')
    .description('write the data dictionary as Markdown pages')
    .requiredOption('--out <folder>', 'where the pages go')
    .option('--check', 'write nothing; say whether the pages there are up to date')
    .addHelpText(
      'after',
      examples(
        'contracts dictionary --out docs/dictionary',
        'contracts dictionary --out docs/dictionary --check',
      ),
    )
    .action(async (options: { out: string; check?: boolean }) => {
      const { loadContracts } = await import('../../contracts/contracts.ts');
      const { dictionaryPages } = await import('../../contracts/dictionary/dictionary.ts');
      const { differences, writePages } = await import('../../contracts/dictionary/folder.ts');
      const pages = dictionaryPages(loadContracts());
      if (options.check !== true) {
        const written = writePages(options.out, pages);
        print(`${pages.size} pages in ${options.out}, ${written.length} changed`);
        return;
      }
      const [first] = differences(options.out, pages);
      if (first !== undefined) {
        throw new Refused('DICTIONARY_STALE', `${options.out}/${first.file} is ${first.is}`, {
          remedy: `run \`tessera contracts dictionary --out ${options.out}\``,
        });
      }
      print(`${pages.size} pages in ${options.out}, all up to date`);
    });

  contracts
    .command('template')
    .description(
      "write an agency's starter kit: empty files with headers, a guide, the dictionary, and a made-up example",
    )
    .argument('<agency>', 'its id, such as CW-1')
    .requiredOption('--out <folder>', 'a new or empty folder')
    .option('--system <system>', 'its system, where no mapping of its codes is kept')
    .option('--county <fips>', 'its county, by the five digits of the federal code')
    .addHelpText(
      'after',
      examples(
        'contracts template CW-1 --out kit',
        'contracts template ED-9 --system education --county 06037 --out kit',
      ),
    )
    .action(async (agency: string, options: { out: string; system?: string; county?: string }) => {
      const { loadContracts } = await import('../../contracts/contracts.ts');
      const { starterKit } = await import('../../contracts/template/kit.ts');
      const { writeKit } = await import('../../contracts/template/folder.ts');
      const kit = starterKit(loadContracts(), { agency, ...options });
      writeKit(options.out, kit);
      print(`${kit.size} files in ${options.out}; begin with guide.html`);
    });
}
