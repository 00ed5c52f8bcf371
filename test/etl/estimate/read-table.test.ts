import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_LISTS } from '../../../etl/estimate/capture-table.ts';
import { readTable } from '../../../etl/estimate/read-table.ts';
import { Refused } from '../../../src/errors.ts';
import { names, tables } from './tables.ts';

const GOOD = 'A,B,count\n1,0,5\n0,1,6\n1,1,7\n';

function refusal(text: string, options = {}): Refused {
  try {
    readTable(text, 'lists.csv', options);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('the table was read');
}

describe('reading a table of capture histories', () => {
  test('what was written is read back, in any order of lines, quoted, with Windows line ends', () => {
    fc.assert(
      fc.property(tables({ sparse: true }), fc.integer(), (table, seed) => {
        const lines = Array.from(table.counts.keys())
          .slice(1)
          .map(
            (history) =>
              `${names(table.lists.length)
                .map((_, i) => (history >> i) & 1)
                .join(',')}, ${table.counts[history]}`,
          )
          .sort((a, b) => ((a.length * 31 + seed) % 7) - ((b.length * 31 + seed) % 7));
        const header = [...table.lists, 'count'].map((name) => `"${name}"`).join(',');
        const read = readTable(`\uFEFF${[header, ...lines].join('\r\n')}\r\n\r\n`, 'lists.csv');
        expect(read.lists).toEqual(table.lists);
        expect(read.counts).toEqual(table.counts);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['', 'TABLE_EMPTY'],
    ['A,count\n1,5', 'TOO_FEW_LISTS'],
    ['count\n5', 'TOO_FEW_LISTS'],
    ['A,B,number\n1,0,5', 'NO_COUNT_COLUMN'],
    ['A,B,C,D,E,F,G,H,I,J,K,L,count\n', 'TOO_MANY_LISTS'],
    ['A,A,count\n1,0,5', 'LIST_TWICE'],
    ['A,,count\n1,0,5', 'LIST_WITHOUT_NAME'],
    [`${names(MOST_LISTS + 2).join(',')},count\n`, 'TOO_MANY_LISTS'],
    ['A,B,count\n1,0\n', 'ROW_WIDTH'],
    ['A,B,count\n1,2,5\n', 'HISTORY_NOT_BINARY'],
    ['A,B,count\n1,,5\n', 'HISTORY_NOT_BINARY'],
    ['A,B,count\n0,0,5\n', 'UNSEEN_HISTORY'],
    ['A,B,count\n1,0,5\n1,0,5\n', 'HISTORY_TWICE'],
    ['A,B,count\n1,0,5\n0,1,3\n', 'HISTORY_MISSING'],
    ['A,B,count\n1,0,0\n0,1,0\n1,1,0\n', 'TABLE_WITHOUT_PERSONS'],
    ['A,B,count\n1,0,-4\n', 'COUNT_NOT_WHOLE'],
    ['A,B,count\n1,0,4.5\n', 'COUNT_NOT_WHOLE'],
    ['A,B,count\n1,0,<11\n', 'COUNT_NOT_WHOLE'],
    ['A,B,count\n1,0,\n', 'COUNT_NOT_WHOLE'],
    ['A,B,count\n1,0,NaN\n', 'COUNT_NOT_WHOLE'],
    ['A,B,count\n1,0,1e300\n', 'COUNT_NOT_WHOLE'],
  ])('%j is refused as %s', (text, code) => {
    expect(refusal(text).code).toBe(code);
  });

  test('a refusal says where, and never what stood there', () => {
    const error = refusal('A,B,count\n1,0,5\n0,1,-987\n');
    expect(error.message).toContain('lists.csv, line 3, column count');
    expect(error.message).not.toContain('987');
  });

  test('an absent history is a zero only when the reader says so', () => {
    const table = readTable('A,B,count\n1,0,5\n1,1,7\n', 'lists.csv', { absentIsZero: true });
    expect(Array.from(table.counts)).toEqual([0, 5, 0, 7]);
    expect(Array.from(readTable(GOOD, 'lists.csv').counts)).toEqual([0, 5, 6, 7]);
  });
});
