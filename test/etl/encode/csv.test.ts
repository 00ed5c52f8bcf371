import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { batches, parseCsv } from '../../../etl/encode/csv.ts';

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r\n'), maxLength: 6 });
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }));

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const write = (rows: readonly (readonly string[])[], newline: string): string =>
  rows.map((row) => row.map(quote).join(',') + newline).join('');

test('what is written is read back, with either newline', () => {
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, newline) => {
      expect(parseCsv(write(rows, newline)).rows).toEqual(rows);
    }),
  );
});

test('batches put together are the file, and each parses alone with its own line numbers', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const bytes = Buffer.from(write(rows, '\n'));
      const whole = parseCsv(bytes.toString('utf8'));
      const seen: (readonly string[])[] = [];
      const lines: number[] = [];
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      for await (const batch of batches(chunks(), 4)) {
        const parsed = parseCsv(Buffer.from(batch.bytes).toString('utf8'), batch.firstLine);
        seen.push(...parsed.rows);
        lines.push(...parsed.lines);
      }
      expect(seen).toEqual(whole.rows);
      expect(lines).toEqual(whole.lines);
    }),
  );
});

test('a ragged row and an open quote are refused by line', () => {
  expect(() => parseCsv('a,b\n1,2\n3\n', 1, 2)).toThrow('line 3 has 1 cells where the header has 2');
  expect(() => parseCsv('a,b\n1,"2\n3,4\n')).toThrow('the quote that opens on line 2 is never closed');
});
