import type { Command } from 'commander';
import type { Format } from '../../../reports/formats/formats.ts';
import type { Language } from '../../../reports/words/language.ts';
import { Misuse } from '../../errors.ts';
import type { ReportName, WrittenFile } from '../make-report.ts';
import { examples, print, printJson } from '../terminal.ts';
import { releaseNumber } from './release-number.ts';

interface Files {
  readonly format: string;
  readonly lang: string;
  readonly out: string;
  readonly json?: boolean;
}

interface Options extends Files {
  readonly county?: string;
  readonly year: string;
  readonly release?: string;
}

const KINDS: Readonly<Record<ReportName, string>> = {
  annual: 'the annual report to the State, ready to sign',
  pack: 'the steering committee’s pack: eight pages at most, pictures first',
  brief: 'two pages for legislators',
};

export function addReport(program: Command): void {
  const report = program
    .command('report')
    .description('reports from a release, as pages, documents, workbooks and files of numbers');
  for (const [name, words] of Object.entries(KINDS)) addKind(report, name as ReportName, words);
  addQualityReport(report);
  addDirectoryReport(report);
  addEdition(report);
}

function addKind(report: Command, name: ReportName, words: string): void {
  withFiles(
    report
      .command(name)
      .description(words)
      .requiredOption(
        '--year <year>',
        name === 'pack'
          ? 'the year that it is about, or a quarter such as 2025-Q3'
          : 'the year that it is about',
      )
      .option('--county <code>', 'one county such as 06037, or each; the whole state where nothing is said')
      .option('--release <number>', 'a release by its number (default: the final one of the year)'),
  )
    .addHelpText(
      'after',
      examples(
        `report ${name} --county 06037 --year 2025 --format html,pdf,docx,xlsx,csv --out ./reports`,
        `report ${name} --year 2025 --lang en,es --out ./reports --json`,
        `report ${name} --county each --year 2025 --format pdf --out ./reports`,
      ),
    )
    .action(async (options: Options) => {
      const [{ writeReports }, { loadContracts }] = await Promise.all([
        import('../make-report.ts'),
        import('../../contracts/contracts.ts'),
      ]);
      const files = await writeReports({
        ...(await asFiles(options)),
        report: name,
        counties: countiesOf(options.county, () =>
          [...(loadContracts().codeLists.get('ca_counties')?.codes ?? [])].map(({ code }) => code),
        ),
        year: options.year,
        release: options.release === undefined ? undefined : releaseNumber(options.release),
      });
      tell(files, options.json === true);
    });
}

function addQualityReport(report: Command): void {
  withFiles(
    report
      .command('quality')
      .description('for an agency: what it sent, what was rejected and why, and what to do')
      .requiredOption('--agency <id>', 'the agency that sent it'),
  )
    .addHelpText('after', examples('report quality --agency CW-1 --format pdf,xlsx --out ./reports'))
    .action(async (options: Files & { readonly agency: string }) => {
      const { writeQualityReport } = await import('../make-report.ts');
      const files = await writeQualityReport({ ...(await asFiles(options)), agency: options.agency });
      tell(files, options.json === true);
    });
}

function addDirectoryReport(report: Command): void {
  withFiles(
    report
      .command('directory')
      .description('the asset map to print: programs by county and need, with whom to call')
      .option('--county <code>', 'one county such as 06037, or each; the whole state where nothing is said'),
  )
    .addHelpText(
      'after',
      examples(
        'report directory --county 06037 --format pdf --lang en,es --out ./reports',
        'report directory --format pdf',
      ),
    )
    .action(async (options: Files & { readonly county?: string }) => {
      const [{ writeDirectory }, { loadContracts }] = await Promise.all([
        import('../make-report.ts'),
        import('../../contracts/contracts.ts'),
      ]);
      const codes = [...(loadContracts().codeLists.get('ca_counties')?.codes ?? [])].map(({ code }) => code);
      if (options.county !== undefined && options.county !== 'each' && !codes.includes(options.county))
        throw new Misuse('COUNTY', 'there is no county of that code', {
          remedy: 'npx tessera contracts show ca_counties',
        });
      const files = await writeDirectory({
        ...(await asFiles(options)),
        counties: countiesOf(options.county, () => codes),
      });
      tell(files, options.json === true);
    });
}

function addEdition(report: Command): void {
  report
    .command('edition')
    .description(
      'the files of an edition that is in review, as the hub makes them by itself (docs/reports.md)',
    )
    .argument('<id>', 'the edition, as its page in the console names it')
    .option('--json', 'answer as JSON')
    .addHelpText('after', examples('report edition 5f3c0a8e-1b7d-8a90-8c4e-2f6d9b1a7c55 --json'))
    .action(async (id: string, options: { readonly json?: boolean }) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
        throw new Misuse('NOT_AN_EDITION', 'an edition is named by 32 digits in five groups', {
          remedy: 'The page of the edition has them in its address: /reports/…',
        });
      const { makeEdition } = await import('../make-edition.ts');
      const files = await makeEdition(id);
      if (options.json === true) printJson({ files });
      else
        for (const { name, bytes, sha256 } of files)
          print(`${name}  ${bytes.toLocaleString('en-US')} bytes, sha256 ${sha256}`);
    });
}

function withFiles(command: Command): Command {
  return command
    .option('--format <formats>', 'html, pdf, docx, xlsx, csv', 'html,pdf,docx,xlsx,csv')
    .option('--lang <languages>', 'en, es, or both with a comma', 'en')
    .option('--out <folder>', 'the folder to write into', '.')
    .option('--json', 'answer as JSON');
}

async function asFiles({ format, lang, out }: Files) {
  const [{ FORMATS }, { LANGUAGES }] = await Promise.all([
    import('../../../reports/formats/formats.ts'),
    import('../../../reports/words/language.ts'),
  ]);
  return {
    formats: chosen<Format>('--format', format, FORMATS),
    languages: chosen<Language>('--lang', lang, LANGUAGES),
    out,
  };
}

function tell(files: readonly WrittenFile[], json: boolean): void {
  if (json) printJson({ files });
  else
    for (const { path, bytes, seconds } of files)
      print(`${path}  ${bytes.toLocaleString('en-US')} bytes, ${seconds.toFixed(1)} s`);
}

function countiesOf(county: string | undefined, all: () => readonly string[]): readonly string[] | undefined {
  if (county === undefined) return undefined;
  return county === 'each' ? all().filter((code) => /^06\d{3}$/.test(code)) : [county];
}

function chosen<T extends string>(option: string, given: string, offered: readonly T[]): readonly T[] {
  return given.split(',').map((part) => {
    const found = offered.find((one) => one === part.trim().toLowerCase());
    if (found === undefined)
      throw new Misuse('NO_SUCH_CHOICE', `${option} takes ${offered.join(', ')}, one or several with commas`);
    return found;
  });
}
