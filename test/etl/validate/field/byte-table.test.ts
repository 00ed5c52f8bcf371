import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteTable } from '../../../../etl/validate/field/byte-table.ts';

test('finds what a map finds, and nothing else', () => {
  const keys = fc.uniqueArray(fc.string({ maxLength: 6, unit: 'grapheme' }), { maxLength: 300 });
  fc.assert(
    fc.property(keys, fc.array(fc.string({ maxLength: 6 })), (known, others) => {
      const table = new ByteTable(known.map((key, number) => [key, number]));
      const numbers = new Map(known.map((key, number) => [key, number]));
      for (const text of [...known, ...others]) {
        const bytes = Buffer.from(`__${text}_`);
        expect(table.find(bytes, 2, bytes.length - 1)).toBe(numbers.get(text) ?? -1);
      }
    }),
    { numRuns: 50 },
  );
});
