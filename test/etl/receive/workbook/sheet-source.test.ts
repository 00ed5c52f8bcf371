import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusing } from '../../../../etl/receive/file-refused.ts';
import { LIMITS, type Limits } from '../../../../etl/receive/limits.ts';
import { openSheet } from '../../../../etl/receive/workbook/sheet-source.ts';
import { outcomeOf, readFile } from '../files.ts';
import { refusalOf } from '../reading.ts';
import { type MadeSheet, workbookOf, workbookParts, zipOf } from './made-workbook.ts';

const refuse = refusing('rows.xlsx');
const readBook = (content: Uint8Array, limits: Limits = LIMITS) =>
  readFile(content, (handle, stored) => openSheet(handle, stored, { limits, refuse }));
const read = (made: MadeSheet, limits?: Limits) => readBook(workbookOf(made), limits);

const inline = (text: string, at = ''): string =>
  `<c ${at === '' ? '' : `r="${at}" `}t="inlineStr"><is><t>${text}</t></is></c>`;
const header = `<row r="1">${inline('a', 'A1')}${inline('b', 'B1')}</row>`;

describe('cells', () => {
  const value = async (cell: string, more: Partial<MadeSheet> = {}): Promise<string | undefined> =>
    (await read({ rows: `${header}<row r="2">${inline('x')}${cell}</row>`, ...more })).rows[0]?.[1];

  test('days by the format of their cell, built in or not', async () => {
    const styles = [0, 14, 164, 165, 166, 167, 22];
    const numberFormats = [
      [164, 'yyyy\\-mm\\-dd;@'],
      [165, '[$-409]d&quot; h &quot;mmm'],
      [166, '0.00 &quot;days&quot;'],
      [167, '[Red]General'],
    ]
      .map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`)
      .join('');
    const shown = (style: number, number: string, properties?: string) =>
      value(`<c s="${style}"><v>${number}</v></c>`, {
        styles,
        numberFormats,
        ...(properties !== undefined && { properties }),
      });
    expect(await shown(0, '46082')).toBe('46082');
    expect(await shown(1, '46082')).toBe('2026-03-01');
    expect(await shown(2, '46082')).toBe('2026-03-01');
    expect(await shown(3, '46082')).toBe('2026-03-01');
    expect(await shown(4, '46082')).toBe('46082');
    expect(await shown(5, '46082')).toBe('46082');
    expect(await shown(6, '46082.5')).toBe('2026-03-01T12:00:00');
    expect(await shown(6, '46082.291666666664')).toBe('2026-03-01T07:00:00');
    expect(await shown(1, '1')).toBe('1900-01-01');
    expect(await shown(1, '59')).toBe('1900-02-28');
    expect(await shown(1, '61')).toBe('1900-03-01');
    expect(await shown(1, '44620', 'date1904="1"')).toBe('2026-03-01');
  });

  test('numbers without exponent, texts with their control characters, formulas by their result', async () => {
    expect(await value('<c><v>1.5E-7</v></c>')).toBe('0.00000015');
    expect(await value('<c><v>1E3</v></c>')).toBe('1000');
    expect(await value('<c t="b"><v>0</v></c>')).toBe('false');
    expect(await value('<c t="e"><v>#N/A</v></c>')).toBe('#N/A');
    expect(await value('<c t="d"><v>2026-03-01</v></c>')).toBe('2026-03-01');
    expect(await value('<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>')).toBe('ax');
    expect(await value(inline('a_x000D_b &amp; &#x41;&#66; &lt;'))).toBe('a\rb & AB <');
    expect(
      await value('<c t="inlineStr"><is><r><t>ab</t></r><rPh><t>zz</t></rPh><r><t>cd</t></r></is></c>'),
    ).toBe('abcd');
    expect(await value('<c t="inlineStr"><is><t><![CDATA[<a&b>]]></t></is></c>')).toBe('<a&b>');
    const sharedTexts = '<si><t>one</t></si><si><r><t>tw</t></r><r><t>o</t></r></si>';
    expect(await value('<c t="s"><v>1</v></c>', { sharedTexts })).toBe('two');
  });

  test('cells and rows may be left out, and rows without values are none', async () => {
    const rows = `${header}<row r="3">${inline('x', 'B3')}</row><row r="4"/><row r="5"><c r="A5"/></row><row r="9">${inline('y', 'A9')}</row>`;
    const found = await read({ rows });
    expect(found.rows).toEqual([
      ['', 'x'],
      ['y', ''],
    ]);
    expect(found.lines).toEqual([3, 9]);
  });

  test('a sheet written by another program, with prefixes and stored without compression', async () => {
    const parts = workbookParts({ rows: header });
    parts['xl/worksheets/sheet1.xml'] =
      `<?xml version="1.0"?><!-- > --><x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const found = await readBook(zipOf(parts, { deflate: false }));
    expect(found).toEqual({ columns: ['a'], rows: [['1']], lines: [2] });
  });

  test('many rows pass in stretches', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, row) => `<row>${inline(String(row))}<c><v>${row}</v></c></row>`,
    );
    const found = await read({ rows: header + rows.join('') });
    expect(found.rows).toEqual(Array.from({ length: 20_000 }, (_, row) => [String(row), String(row)]));
  });
});

describe('what is no workbook of one sheet is refused', () => {
  const good = `${header}<row r="2">${inline('x')}${inline('y')}</row>`;
  const spoiled = (change: (parts: Record<string, string | Uint8Array>) => void): Buffer => {
    const parts = workbookParts({ rows: good });
    change(parts);
    return zipOf(parts);
  };
  const book = workbookOf({ rows: good });
  const cases: [what: string, content: Uint8Array, code: string][] = [
    ['nothing', Buffer.alloc(0), 'WORKBOOK'],
    ['text', Buffer.from('a,b\n1,2\n'), 'WORKBOOK'],
    ['a zip of something else', zipOf({ 'a.txt': 'a' }), 'WORKBOOK'],
    ['a workbook cut off', book.subarray(0, book.length - 40), 'WORKBOOK'],
    ['two sheets', workbookOf({ rows: good, sheets: 2 }), 'WORKBOOK'],
    ['an empty sheet', workbookOf({ rows: '' }), 'EMPTY_FILE'],
    ['a sheet that is missing', spoiled((parts) => delete parts['xl/worksheets/sheet1.xml']), 'WORKBOOK'],
    [
      'a document type',
      spoiled((parts) => (parts['xl/worksheets/sheet1.xml'] = '<!DOCTYPE a [<!ENTITY b "c">]><a/>')),
      'WORKBOOK',
    ],
    ['an unknown entity', workbookOf({ rows: `${header}<row>${inline('&x;')}</row>` }), 'WORKBOOK'],
    [
      'a sheet that is cut off',
      spoiled((parts) => (parts['xl/worksheets/sheet1.xml'] = `<worksheet><sheetData>${header}`)),
      'WORKBOOK',
    ],
    ['markup without end', workbookOf({ rows: `${header}<row ${'x'.repeat(1 << 17)}` }), 'WORKBOOK'],
    [
      'a cell beyond the header',
      workbookOf({ rows: `${header}<row r="2">${inline('x', 'C2')}</row>` }),
      'FIELDS',
    ],
    [
      'a cell far beyond every header',
      workbookOf({ rows: `${header}<row r="2">${inline('x', 'ZZZ2')}</row>` }),
      'HEADER',
    ],
    [
      'a header with a gap',
      workbookOf({ rows: `<row r="1">${inline('a', 'A1')}${inline('c', 'C1')}</row>` }),
      'HEADER',
    ],
    ['a name twice', workbookOf({ rows: `<row r="1">${inline('a')}${inline('a')}</row>` }), 'HEADER'],
    ['rows out of order', workbookOf({ rows: `${header}<row r="3"/><row r="2"/>` }), 'WORKBOOK'],
    [
      'a shared text that is not there',
      workbookOf({ rows: `${header}<row><c t="s"><v>7</v></c></row>` }),
      'WORKBOOK',
    ],
    ['a number that is none', workbookOf({ rows: `${header}<row><c><v>abc</v></c></row>` }), 'WORKBOOK'],
    [
      'a day that never was',
      workbookOf({ rows: `${header}<row><c s="0"><v>60</v></c></row>`, styles: [14] }),
      'WORKBOOK',
    ],
    ['a NUL', workbookOf({ rows: `${header}<row>${inline('_x0000_')}</row>` }), 'NUL_BYTE'],
    [
      'a text too long',
      workbookOf({ rows: `${header}<row>${inline('x'.repeat(70_000))}</row>` }),
      'TOO_LONG',
    ],
    [
      'a number without end',
      workbookOf({ rows: `${header}<row><c><v>${'1'.repeat(200_000)}</v></c></row>` }),
      'TOO_LONG',
    ],
    [
      'Latin-1',
      spoiled((parts) => {
        const sheet = workbookParts({ rows: good.replace('>y<', '>\u00f1<') })[
          'xl/worksheets/sheet1.xml'
        ] as string;
        parts['xl/worksheets/sheet1.xml'] = Buffer.from(sheet, 'latin1');
      }),
      'WORKBOOK',
    ],
  ];
  for (const [what, content, code] of cases) {
    test(what, async () => {
      const found = await refusalOf(readBook(content));
      expect([found.code, found.file]).toEqual([code, 'rows.xlsx']);
    });
  }

  test('a part whose bytes changed', async () => {
    const parts = workbookParts({ rows: good });
    const changed = Buffer.from(zipOf(parts, { deflate: false }));
    const at = changed.indexOf('inlineStr');
    changed.write('inlineSts', at);
    expect(await refusalOf(readBook(changed))).toMatchObject({ code: 'WORKBOOK' });
  });

  test('too many parts, too many shared texts, and a sheet that swells', async () => {
    expect(await refusalOf(readBook(book, { ...LIMITS, zipEntries: 3 }))).toMatchObject({ code: 'WORKBOOK' });
    const sharedTexts = '<si><t>x</t></si>'.repeat(100);
    const limits = { ...LIMITS, sharedTextBytes: 1000 };
    expect(await refusalOf(read({ rows: good, sharedTexts }, limits))).toMatchObject({ code: 'TOO_LARGE' });
    const bomb = workbookOf({ rows: header + `<row>${inline('x')}</row>`.repeat(200_000) });
    expect(await refusalOf(readBook(bomb, { ...LIMITS, freeBytes: 1 << 20, expansion: 50 }))).toMatchObject({
      code: 'COMPRESSION',
    });
  });

  test('any damage is read or refused, and never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        async (deflate, changes) => {
          const damaged = Buffer.from(
            zipOf(workbookParts({ rows: good, sharedTexts: '<si><t>x</t></si>' }), { deflate }),
          );
          for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
          expect(await outcomeOf(readBook(damaged))).toMatch(/^[A-Za-z_]+$/);
        },
      ),
      { numRuns: 200 },
    );
  });
});
