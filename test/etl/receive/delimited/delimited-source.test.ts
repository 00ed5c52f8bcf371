import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDelimited } from '../../../../etl/receive/delimited/delimited-source.ts';
import { refusing } from '../../../../etl/receive/file-refused.ts';
import { LIMITS, type Limits } from '../../../../etl/receive/limits.ts';
import { type ReadTable, readAll, refusalOf, streamOf } from '../reading.ts';
import { plainCsv } from './plain-csv.ts';

const SMALL: Limits = { ...LIMITS, recordBytes: 4096, fieldBytes: 2048 };

async function read(
  content: string | Uint8Array,
  options: { delimiter?: ',' | '|'; limits?: Limits; piece?: number } = {},
): Promise<ReadTable> {
  const { delimiter = ',', limits = SMALL, piece = 1 << 16 } = options;
  const refuse = refusing('rows.csv');
  return readAll(await openDelimited(streamOf(content, piece), { delimiter, limits, refuse }));
}

const refusal = (content: string | Uint8Array, options = {}) => refusalOf(read(content, options));

/** Contents of fields, with what is special in CSV more often than chance would have it. */
const contents = fc.oneof(
  fc.stringMatching(/^[a-z0-9-]{0,12}$/),
  fc
    .array(fc.constantFrom('"', ',', '|', '\n', '\r', '\r\n', ' ', 'a', 'é', '永', '🜁', '""'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\0\ufeff]/g, '')),
);

const tables = fc
  .integer({ min: 1, max: 6 })
  .chain((columns) =>
    fc.array(fc.array(contents, { minLength: columns, maxLength: columns }), { maxLength: 12 }),
  );

describe('delimited text', () => {
  test('any contents, quoted or not, come back the same however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom(',' as const, '|' as const),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 80 }),
        async (rows, delimiter, ending, bom, quoteAll, endAtEnd, window) => {
          const columns = (rows[0] ?? ['']).map((_, index) => `c${index}`);
          const quote = (field: string): string =>
            quoteAll || /[",|\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
          const records = [columns, ...rows].map((row) => row.map(quote).join(delimiter));
          const alone = columns.length === 1 && rows.at(-1)?.[0] === '' && !quoteAll;
          const text = (bom ? '\ufeff' : '') + records.join(ending) + (endAtEnd || alone ? ending : '');
          const found = await read(text, { delimiter, limits: { ...SMALL, windowBytes: window } });
          expect(found.columns).toEqual(columns);
          expect(found.rows).toEqual(rows);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('every cut of one difficult file gives the same rows and lines', async () => {
    const text = '\ufeffa,b\r\n"x\r\n""y""",\n,"永\n\n"\r\né🜁,"""\n"\nlast,';
    const whole = await read(text);
    expect(whole.rows).toEqual([
      ['x\r\n"y"', ''],
      ['', '永\n\n'],
      ['é🜁', '"\n'],
      ['last', ''],
    ]);
    expect(whole.lines).toEqual([2, 4, 7, 9]);
    for (let window = 1; window <= Buffer.byteLength(text) + 1; window++) {
      for (const piece of [1, 3, 1000]) {
        expect(await read(text, { limits: { ...SMALL, windowBytes: window }, piece })).toEqual(whole);
      }
    }
  });

  test('anything at all is read or refused just as a plain parser does', async () => {
    const anything = fc
      .array(fc.constantFrom('"', '"', ',', ',', '\n', '\n', '\r', '\r\n', 'a', 'b', 'é', '|'), {
        maxLength: 24,
      })
      .map((parts) => `h,i\n${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(anything, fc.integer({ min: 1, max: 40 }), async (text, window) => {
        const plain = plainCsv(text, ',');
        const ours = await read(text, { limits: { ...SMALL, windowBytes: window } }).then(
          (found) => [[...found.columns], ...found.rows],
          () => 'refused' as const,
        );
        expect(ours).toEqual(plain);
      }),
      { numRuns: 1000 },
    );
  });

  test('a header alone is a file of no rows', async () => {
    for (const text of ['a,b', 'a,b\n', '\ufeffa,b\r\n']) {
      expect(await read(text)).toEqual({ columns: ['a', 'b'], rows: [], lines: [] });
    }
  });

  test('many rows come in batches whose memory is used again', async () => {
    const text = `a,b,c\n${Array.from({ length: 50_000 }, (_, row) => `${row},"${row}",\n`).join('')}`;
    const refuse = refusing('rows.csv');
    const source = await openDelimited(streamOf(text), { delimiter: ',', limits: LIMITS, refuse });
    const held = new Set<ArrayBufferLike>();
    let rows = 0;
    for await (const batch of source.batches()) {
      held.add(batch.bytes.buffer);
      expect(Buffer.from(batch.bytes.subarray(batch.starts[1], batch.ends[1])).toString()).toBe(String(rows));
      expect(batch.lines[batch.rows - 1]).toBe(rows + batch.rows + 1);
      rows += batch.rows;
    }
    expect(rows).toBe(50_000);
    expect(held.size).toBe(1);
  });
});

describe('what is no delimited text is refused with its line and rule', () => {
  const cases: [what: string, content: string | Uint8Array, code: string, line: number | undefined][] = [
    ['an empty file', '', 'EMPTY_FILE', undefined],
    ['a byte order mark alone', '\ufeff', 'EMPTY_FILE', undefined],
    ['a row with a field too few', 'a,b\n1,2\n3\n', 'FIELDS', 3],
    ['a row with a field too many', 'a,b\n1,2\n3,4,5\n', 'FIELDS', 3],
    ['an empty line', 'a,b\n1,2\n\n3,4\n', 'FIELDS', 3],
    ['a quote never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'QUOTE', 3],
    ['a quote never closed in the second field of a long record', 'a,b\n1,2\n"x\ny","3\n5,6\n', 'QUOTE', 4],
    ['a quote inside an unquoted field', 'a,b\n1,2"3\n', 'QUOTE', 2],
    ['a field that goes on after its quote', 'a,b\n1,"2"3\n', 'QUOTE', 2],
    ['a carriage return alone', 'a,b\n1,2\r3,4\n', 'LINE_BREAK', 2],
    ['a carriage return at the end', 'a,b\n1,2\r', 'LINE_BREAK', 2],
    ['a NUL byte', 'a,b\n1,2\n3,\0\n', 'NUL_BYTE', 3],
    ['a byte order mark in the middle', 'a,b\n1,2\n\ufeffa,b\n3,4\n', 'ENCODING', 3],
    ['Latin-1', Buffer.from('a,b\n1,2\nMuñoz,é\n', 'latin1'), 'ENCODING', 3],
    ['a character cut off at the end', Buffer.from('a,b\n1,é').subarray(0, -1), 'ENCODING', 2],
    ['UTF-16 with its mark', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'ENCODING', 1],
    ['UTF-16 without its mark', Buffer.from('a,b\n1,2\n', 'utf16le'), 'ENCODING', 1],
    ['gzip that nobody announced', Buffer.from([0x1f, 0x8b, 8, 0]), 'COMPRESSION', undefined],
    ['a column name twice', 'a,b,a\n', 'HEADER', 1],
    ['a column without a name', 'a,,c\n', 'HEADER', 1],
    ['ten thousand columns', `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`, 'HEADER', 1],
    ['a name of a column without end', `${'n'.repeat(200)},b\n`, 'HEADER', 1],
    ['a field too long', `a,b\n1,2\n${'x'.repeat(2100)},4\n`, 'TOO_LONG', 3],
    ['a row of thousands of fields', `a,b\n1,2\n${'x,'.repeat(3000)}\n`, 'FIELDS', 3],
    ['a record too long in quotes', `a,b\n1,2\n"${'x\n'.repeat(10_000)}",4\n`, 'TOO_LONG', 3],
  ];
  for (const [what, content, code, line] of cases) {
    test(what, async () => {
      for (const windowBytes of [1, 7, 64, 1 << 16]) {
        const found = await refusal(content, { limits: { ...SMALL, recordBytes: 16_384, windowBytes } });
        expect({ code: found.code, line: found.line, exit: found.exitCode }).toEqual({ code, line, exit: 2 });
        expect(found.message).toContain('rows.csv');
        expect(found.message).toContain(`rule ${code}`);
      }
    });
  }

  test('no message carries a value of a row', async () => {
    const secret = 'Zyxwvut';
    for (const content of [
      `a,b\n${secret}\n`,
      `a,b\n${secret},"${secret}"${secret}\n`,
      `a,b\n${secret}"${secret},1\n`,
      `a,b\n"${secret}`,
      `${secret},${secret}\n`,
      Buffer.from(`a,b\n${secret},ñ\n`, 'latin1'),
    ]) {
      expect((await refusal(content)).message).not.toContain(secret);
    }
  });

  test('a line of two gigabytes is refused without being held', async () => {
    let sent = 0;
    const stream = {
      read(into: Uint8Array) {
        const header = sent === 0 ? Buffer.from('a,b\n') : Buffer.alloc(0);
        into.fill(0x78);
        into.set(header);
        sent += into.length;
        if (sent > 2 ** 31) throw new Error('the whole line was read');
        return Promise.resolve(into.length);
      },
      close: () => Promise.resolve(),
    };
    const refuse = refusing('rows.csv');
    const reading = openDelimited(stream, { delimiter: ',', limits: LIMITS, refuse }).then(readAll);
    expect(await refusalOf(reading)).toMatchObject({ code: 'TOO_LONG', line: 2 });
    expect(sent).toBeLessThan(4 * LIMITS.recordBytes);
  });
});
