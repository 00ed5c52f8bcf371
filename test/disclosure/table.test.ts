import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEarlier, withEarlier } from '../../src/disclosure/earlier.ts';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { protect } from '../../src/disclosure/protect/protect.ts';
import { readTable } from '../../src/disclosure/table.ts';
import { Refused } from '../../src/errors.ts';

const good = {
  cells: [
    { id: 'a', v: 3 },
    { id: 'b', v: 4 },
    { id: 'all', v: 7 },
  ],
  eqs: [['all', ['a', 'b']]],
};

function refusal(input: unknown): { code: string; message: string } {
  try {
    readTable(input);
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('the table was accepted');
}

describe('a table', () => {
  it('is read with what is not said left at its plain meaning', () => {
    const table = readTable(good);
    expect(table.cells[0]).toEqual({
      id: 'a',
      v: 3,
      withheld: false,
      nonzero: false,
      fixed: false,
      magnitude: false,
      weight: 1,
    });
    expect(table.eqs).toEqual([['all', ['a', 'b']]]);
    expect(table).not.toHaveProperty('primary');
  });

  it('may name a cell twice with the same value: linked tables share cells', () => {
    expect(readTable({ ...good, cells: [...good.cells, { id: 'a', v: 3 }] }).cells).toHaveLength(3);
  });

  it('may carry fields that nobody here reads', () => {
    expect(readTable({ ...good, source: 'somewhere', cells: good.cells }).cells).toHaveLength(3);
  });
});

describe('a table is refused, with the ids at fault,', () => {
  it.each([
    [
      'that does not add up',
      {
        ...good,
        cells: [
          { id: 'a', v: 3 },
          { id: 'b', v: 5 },
          { id: 'all', v: 7 },
        ],
      },
      'TABLE_DOES_NOT_ADD_UP',
      'all',
    ],
    [
      'with a cell in two places with different values',
      { ...good, cells: [...good.cells, { id: 'b', v: 5 }] },
      'CELL_CONTRADICTED',
      'b',
    ],
    [
      'with a negative count',
      {
        ...good,
        cells: [
          { id: 'a', v: -3 },
          { id: 'b', v: 10 },
          { id: 'all', v: 7 },
        ],
      },
      'CELL_NOT_A_COUNT',
      'a',
    ],
    [
      'with a fraction',
      {
        ...good,
        cells: [
          { id: 'a', v: 3.5 },
          { id: 'b', v: 3.5 },
          { id: 'all', v: 7 },
        ],
      },
      'CELL_NOT_A_COUNT',
      'a, b',
    ],
    [
      'with a count in words',
      {
        ...good,
        cells: [
          { id: 'a', v: '3' },
          { id: 'b', v: 4 },
          { id: 'all', v: 7 },
        ],
      },
      'CELL_NOT_A_COUNT',
      'a',
    ],
    ['with a missing total', { ...good, cells: good.cells.slice(0, 2) }, 'TOTAL_MISSING', 'all'],
    ['with a missing part', { ...good, cells: good.cells.slice(1) }, 'PART_MISSING', 'a'],
    [
      'with a cell without a value',
      { ...good, cells: [...good.cells.slice(0, 2), { id: 'all' }] },
      'CELL_WITHOUT_VALUE',
      'all',
    ],
    ['with a primary id that is no cell', { ...good, primary: ['z'] }, 'CELL_UNKNOWN', 'z'],
    [
      'with a sum that names a cell twice',
      { ...good, eqs: [['all', ['a', 'a']]] },
      'EQUATION_REPEATS',
      'all',
    ],
    [
      'with a figure of an unknown cell',
      { ...good, figures: [{ id: 'p', kind: 'ratio', num: 'q', den: 'all' }] },
      'CELL_UNKNOWN',
      'q',
    ],
    [
      'with an insider who knows an unknown cell',
      { ...good, insiders: [{ name: 'i', knows: ['q'] }] },
      'CELL_UNKNOWN',
      'q',
    ],
    ['with no cells', { cells: [], eqs: [] }, 'TABLE_EMPTY', 'no cells'],
    ['that is a list', [], 'NOT_AN_OBJECT', 'table'],
    ['whose list of small cells is misspelt', { ...good, Primary: ['a'] }, 'FIELD_UNKNOWN', 'Primary'],
    [
      'whose cell has a misspelt flag',
      { ...good, cells: [{ id: 'a', v: 7, with_held: true }], eqs: [] },
      'FIELD_UNKNOWN',
      'with_held',
    ],
  ])('%s', (_, input, code, offender) => {
    const { code: found, message } = refusal(input);
    expect(found).toBe(code);
    expect(message).toContain(offender);
  });

  it('naming at most twenty of many, and how many more there are', () => {
    const cells = Array.from({ length: 30 }, (_, at) => ({ id: `cell-${at}`, v: -1 }));
    expect(refusal({ cells, eqs: [] }).message).toMatch(/cell-19 and 10 more$/);
  });

  it('never with a value in the message', () => {
    const { message } = refusal({
      ...good,
      cells: [
        { id: 'a', v: 8675 },
        { id: 'b', v: 4 },
        { id: 'all', v: 7 },
      ],
    });
    expect(message).not.toContain('8675');
  });
});

describe('the table in the documentation', () => {
  it('can be protected as it stands', async () => {
    const text = readFileSync(`${import.meta.dirname}/../../docs/disclosure.md`, 'utf8');
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '');
    const table = withEarlier(readTable(example), readEarlier(example.earlier));
    const result = await protect(table, { policy: namedPolicy('calhhs-ddg-2'), cost: 'values' });
    expect(result).toMatchObject({ refused: false, complementary: ['all'] });
  });
});
