import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusing } from '../../../../etl/receive/file-refused.ts';
import { openFixedWidth } from '../../../../etl/receive/fixed-width/fixed-width-source.ts';
import { LIMITS } from '../../../../etl/receive/limits.ts';
import { readAll, refusalOf, streamOf } from '../reading.ts';

const layout = [
  { column: 'id', width: 4 },
  { column: 'word', width: 6 },
  { column: 'n', width: 2 },
];

const read = async (content: string | Uint8Array, windowBytes = 1 << 16, columns = layout) =>
  readAll(
    openFixedWidth(streamOf(content), {
      layout: columns,
      limits: { ...LIMITS, recordBytes: 64, windowBytes },
      refuse: refusing('rows.txt'),
    }),
  );

test('columns are cut at their places and lose their spaces, however the bytes come', async () => {
  const field = (width: number) =>
    fc
      .stringMatching(/^[a-z0-9,"|]{0,6}$/)
      .map((text) => text.slice(0, width))
      .chain((text) =>
        fc.boolean().map((right) => ({ text, padded: right ? text.padStart(width) : text.padEnd(width) })),
      );
  const table = fc.array(fc.tuple(field(4), field(6), field(2)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 60 }),
      async (rows, ending, ended, window) => {
        const text =
          rows.map((row) => row.map(({ padded }) => padded).join('')).join(ending) +
          (ended && rows.length > 0 ? ending : '');
        const found = await read(text, window);
        expect(found.rows).toEqual(rows.map((row) => row.map(({ text }) => text)));
        expect(found.lines).toEqual(rows.map((_, row) => row + 1));
      },
    ),
    { numRuns: 200 },
  );
});

test('widths count bytes', async () => {
  expect((await read('é11 wörd7 \n')).rows).toEqual([['é11', 'wörd', '7']]);
});

test('what the layout does not fit is refused with its line', async () => {
  const good = 'ab12word  07\n';
  const cases: [content: string | Uint8Array, code: string, line: number][] = [
    [`${good}ab12word  0\n`, 'WIDTH', 2],
    [`${good}ab12word  007\n`, 'WIDTH', 2],
    [`${good}\n${good}`, 'WIDTH', 2],
    [`${good}${good}ab12`, 'WIDTH', 3],
    [`${good}aböword  07 \n`, 'WIDTH', 2],
    [`${good}ab1\rword  07\n`, 'LINE_BREAK', 2],
    [`${good}${'x'.repeat(200)}`, 'WIDTH', 2],
    [`${good}ab12w\0rd  07\n`, 'NUL_BYTE', 2],
    [Buffer.from(`${good}ab12w\u00f6rd  07\n`, 'latin1'), 'ENCODING', 2],
  ];
  for (const [content, code, line] of cases) {
    const found = await refusalOf(read(content));
    expect([found.code, found.line]).toEqual([code, line]);
  }
});

test('a line without end is refused before it is held', async () => {
  const found = await refusalOf(read('x'.repeat(10_000), 16));
  expect(found).toMatchObject({ code: 'TOO_LONG', line: 1 });
});

test('an empty file has no rows, and a layout no column twice', async () => {
  expect((await read('')).rows).toEqual([]);
  expect(await refusalOf(read('', 64, [...layout, { column: 'id', width: 1 }]))).toMatchObject({
    code: 'HEADER',
  });
});
