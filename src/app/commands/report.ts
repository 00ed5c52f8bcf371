import type { Command } from 'commander';
import type { Format } from '../../../reports/formats/formats.ts';
import type { Language } from '../../../reports/words/language.ts';
import { Misuse } from '../../errors.ts';
import type { ReportName } from '../make-report.ts';
import { examples, print, printJson } from '../terminal.ts';

interface Options {
  readonly county?: string;
  readonly year: string;
  readonly format: string;
  readonly lang: string;
  readonly release?: string;
  readonly out: string;
  readonly json?: boolean;
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
}

function addKind(report: Command, name: ReportName, words: string): void {
  report
    .command(name)
    .description(words)
    .requiredOption('--year <year>', 'the year that it is about')
    .option('--county <code>', 'one county such as 06037, or each; the whole state where nothing is said')
    .option('--format <formats>', 'html, pdf, docx, xlsx, csv', 'html,pdf,docx,xlsx,csv')
    .option('--lang <languages>', 'en, es, or both with a comma', 'en')
    .option('--release <number>', 'a release by its number (default: the final one of the year)')
    .option('--out <folder>', 'the folder to write into', '.')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      examples(
        `report ${name} --county 06037 --year 2025 --format html,pdf,docx,xlsx,csv --out ./reports`,
        `report ${name} --year 2025 --lang en,es --out ./reports --json`,
        `report ${name} --county each --year 2025 --format pdf --out ./reports`,
      ),
    )
    .action(async (options: Options) => {
      const [{ writeReports }, { FORMATS }, { LANGUAGES }, { loadContracts }] = await Promise.all([
        import('../make-report.ts'),
        import('../../../reports/formats/formats.ts'),
        import('../../../reports/words/language.ts'),
        import('../../contracts/contracts.ts'),
      ]);
      const files = await writeReports({
        report: name,
        counties: countiesOf(options.county, () =>
          [...(loadContracts().codeLists.get('ca_counties')?.codes ?? [])].map(({ code }) => code),
        ),
        year: options.year,
        formats: chosen<Format>('--format', options.format, FORMATS),
        languages: chosen<Language>('--lang', options.lang, LANGUAGES),
        release: options.release === undefined ? undefined : numberOf(options.release),
        out: options.out,
      });
      if (options.json === true) printJson({ files });
      else
        for (const { path, bytes, seconds } of files)
          print(`${path}  ${bytes.toLocaleString('en-US')} bytes, ${seconds.toFixed(1)} s`);
    });
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

function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > 2_147_483_647)
    throw new Misuse('NOT_A_RELEASE', 'a release has a whole number from 1', {
      remedy: 'npx tessera release list',
    });
  return value;
}
