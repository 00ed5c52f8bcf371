/** What was written is read back from each file: the same words and numbers, in the same order, and nothing besides. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { annualReport } from '../../../reports/annual/annual-report.ts';
import { boundIn, type Report, type Table } from '../../../reports/blocks/block.ts';
import { legislativeBrief } from '../../../reports/brief/legislative-brief.ts';
import { FORMATS, type Format, fileOf } from '../../../reports/formats/formats.ts';
import { steeringPack } from '../../../reports/pack/steering-pack.ts';
import { madeUpEdition } from '../../support/reports/made-up-edition.ts';
import { readPdf } from '../../support/reports/read-pdf.ts';
import { headingsOf, readingOf, tight, untagged } from '../../support/reports/reading.ts';
import { textOf } from '../../support/reports/text-of.ts';

const editions = [
  ['annual report', '06037', 'en', annualReport, 60],
  ['annual report', '06037', 'es', annualReport, 60],
  ['annual report', undefined, 'en', annualReport, 80],
  ['steering pack', '06037', 'en', steeringPack, 8],
  ['steering pack', undefined, 'es', steeringPack, 8],
  ['legislative brief', '06037', 'es', legislativeBrief, 2],
  ['legislative brief', undefined, 'en', legislativeBrief, 2],
] as const;

describe.each(editions)(
  'the %s of %s in %s',
  { timeout: 120_000 },
  async (_, county, language, write, most) => {
    const report = write(madeUpEdition(county, language));
    const files = new Map<Format, Uint8Array>();
    for (const format of FORMATS) files.set(format, await fileOf(report, format));
    const file = (format: Format): Uint8Array => files.get(format) ?? new Uint8Array();
    const numbered =
      language === 'en' ? { figure: 'Figure', table: 'Table' } : { figure: 'Figura', table: 'Tabla' };

    test('HTML says every word, and gives each number its place in the release', () => {
      const html = Buffer.from(file('html')).toString();
      const main = /<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
      const read = tight(
        untagged(main.replaceAll(/<svg[\s\S]*?<\/svg>/g, '').replaceAll(/<nav[\s\S]*?<\/nav>/g, '')),
      );
      expect(read).toBe(readingOf(report.cover, undefined, '') + readingOf(report.blocks, undefined, ''));
      const data = [
        ...html.matchAll(/<data value(?:="([^"]*)")? data-cell="([^"]*)" data-part="([^"]*)">([^<]*)</g),
      ];
      expect(
        data.map(([, value, cell, part, text]) => [value ?? '', untagged(cell ?? ''), part, text]),
      ).toEqual(
        boundIn([...report.cover, ...report.blocks]).map(({ value, address, part, text }) => [
          value === null ? '' : String(value),
          address,
          part,
          text,
        ]),
      );
      expect(html).toContain(`<html lang="${language}">`);
    });

    test('PDF says every word under its tags, in reading order', async () => {
      const pdf = await readPdf(file('pdf'));
      const read = tight(pdf.text);
      const front =
        tight(`${report.madeUp?.toLocaleUpperCase()}${report.title}${report.subtitle}`) +
        readingOf(report.cover, numbered, '•') +
        (report.short ? '' : tight(report.contents));
      expect(read.slice(0, front.length)).toBe(front);
      // The contents: each heading with its page.
      let at = front.length;
      for (const heading of report.short ? [] : headingsOf(report)) {
        expect(read.slice(at, at + tight(heading).length)).toBe(tight(heading));
        at += tight(heading).length;
        at += /^\d+/.exec(read.slice(at))?.[0].length ?? 0;
      }
      expect(read.slice(at)).toBe(readingOf(report.blocks, numbered, '•'));
    });

    test('PDF is tagged, titled, bookmarked, in its language, and says what its pictures show', async () => {
      const pdf = await readPdf(file('pdf'));
      expect(pdf.pages).toBeLessThanOrEqual(most);
      expect(pdf.marked).toBe(true);
      expect(pdf.title).toBe(`${report.title} – ${report.subtitle}`);
      expect(pdf.language?.slice(0, 2)).toBe(language);
      expect(pdf.metadata).toContain('pdfuaid:part>1<');
      expect(pdf.bookmarks).toEqual([...headingsOf(report)]);
      expect(pdf.tags.filter(({ role }) => role === 'Figure').map(({ alt }) => alt)).toEqual(
        report.blocks.flatMap((block) => (block.kind === 'figure' ? [block.alt] : [])),
      );
      // Nothing but the foot of the page is outside the tags, and it says where one is and whether data are made up.
      for (const [page, drawn] of pdf.drawn.entries()) {
        expect(tight(drawn)).toContain(tight(report.running));
        expect(tight(drawn)).toContain(tight(report.madeUp ?? ''));
        expect(tight(drawn)).toMatch(new RegExp(`${page + 1}$`));
      }
    });

    test('DOCX says every word, in real styles, with repeated header rows and words for pictures', () => {
      const parts = unzipSync(file('docx'));
      const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
      const [before = '', , after = ''] = xml.split(/<w:sdt>|<\/w:sdt>/);
      const front =
        tight(`${report.madeUp?.toLocaleUpperCase()}${report.title}${report.subtitle}`) +
        readingOf(report.cover, numbered, '') +
        (report.short ? '' : tight(report.contents));
      const said = tight(untagged((before + after).replaceAll(/<wp:posOffset>[^<]*/g, '')));
      expect(said).toBe(front + readingOf(report.blocks, numbered, ''));
      const tables = [...report.cover, ...report.blocks].filter(({ kind }) => kind === 'table').length;
      expect(xml.match(/<w:tblHeader\/>/g)?.length).toBe(tables);
      const alts = [...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, alt]) => untagged(alt ?? ''));
      expect(alts).toEqual(report.blocks.flatMap((block) => (block.kind === 'figure' ? [block.alt] : [])));
      const styles = strFromU8(parts['word/styles.xml'] ?? new Uint8Array());
      for (const [, style = ''] of xml.matchAll(/<w:pStyle w:val="([^"]*)"/g))
        expect(styles).toContain(`w:styleId="${style}"`);
      expect(styles).toContain(`w:val="${language}-US"`);
    });

    test('XLSX gives back every table, numbers as numbers', () => {
      const tables = report.blocks.filter(
        (block): block is Table => block.kind === 'table' && block.columns.some(({ numeric }) => numeric),
      );
      const parts = unzipSync(file('xlsx'));
      expect(Object.keys(parts).filter((name) => name.startsWith('xl/tables/'))).toHaveLength(
        tables.length + 1,
      );
      for (const [at, table] of tables.entries()) {
        const rows = sheetRows(parts, at + 4);
        const start = rows.findIndex((row) => row[0] === table.columns[0]?.head);
        expect(rows[start]).toEqual(table.columns.map(({ head }) => head));
        expect(rows.slice(start + 1)).toEqual(
          table.rows.map((row) =>
            row.map((words, column) => inSheet(words, table.columns[column]?.numeric === true)),
          ),
        );
      }
    });

    test('the ZIP of CSV has each number once with its place, and each table', () => {
      const parts = unzipSync(file('csv'));
      const figures = lines(parts, 'figures.csv').slice(1);
      const numbers = new Map(
        boundIn([...report.cover, ...report.blocks]).map((one) => [`${one.address} ${one.part}`, one]),
      );
      expect(figures).toHaveLength(numbers.size);
      for (const line of figures) {
        const one = numbers.get(`${line[0]} ${line[5]}`);
        expect([line[6], line[7]]).toEqual([one?.value === null ? '' : String(one?.value), one?.status]);
      }
      const metrics = new Set(figures.map(([, metric]) => metric));
      expect(
        new Set(
          lines(parts, 'codebook.csv')
            .slice(1)
            .map(([metric]) => metric),
        ),
      ).toEqual(metrics);
      expect(Object.keys(parts).filter((name) => name.startsWith('tables/')).length).toBeGreaterThan(1);
    });

    test('every file says that the data are made up', async () => {
      for (const format of FORMATS)
        expect(await textOf(format, file(format)), format).toMatch(/made-up data|datos inventados/i);
    });
  },
);

test('the same release, words and version give the same bytes, whatever was written in between', {
  timeout: 180_000,
}, async () => {
  const write = async (report: Report): Promise<string[]> => {
    const hashes: string[] = [];
    for (const format of FORMATS) hashes.push(Buffer.from(await fileOf(report, format)).toString('base64'));
    return hashes;
  };
  const first = await write(annualReport(madeUpEdition('06001')));
  await write(annualReport(madeUpEdition('06037', 'es')));
  const again = await write(annualReport(madeUpEdition('06001')));
  expect(again.map((bytes, at) => [FORMATS[at], bytes === first[at]])).toEqual(
    FORMATS.map((format) => [format, true]),
  );
});

type Parts = Readonly<Record<string, Uint8Array>>;

function sheetRows(parts: Parts, number: number): (string | number)[][] {
  const xml = strFromU8(parts[`xl/worksheets/sheet${number}.xml`] ?? new Uint8Array());
  return [...xml.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<c ([^>]*)>([\s\S]*?)<\/c>/g)].map(([, about = '', inside = '']) =>
      about.includes('inlineStr') ? untagged(inside) : Number(untagged(inside)),
    ),
  );
}

function inSheet(words: Table['rows'][number][number], numeric: boolean): string | number {
  const [only] = words;
  if (words.length === 1 && typeof only === 'object' && only.kind === 'bound') return only.value ?? only.text;
  const text = words.map((word) => (typeof word === 'string' ? word : word.text)).join('');
  return numeric && /^[\d,]+$/.test(text) ? Number(text.replaceAll(',', '')) : text;
}

function lines(parts: Parts, name: string): string[][] {
  const text = strFromU8(parts[name] ?? new Uint8Array());
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
        (quoted ?? bare ?? '').replaceAll('""', '"'),
      ),
    );
}
