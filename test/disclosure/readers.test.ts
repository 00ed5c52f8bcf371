import { describe, expect, it } from 'vitest';
import { linkedTables } from '../../src/disclosure/catalogue/linked-tables.ts';
import { contracted } from '../../src/disclosure/contract.ts';
import { namedPolicy } from '../../src/disclosure/policy.ts';
import { attackersOf } from '../../src/disclosure/protect/attackers.ts';
import { readTable, type Table } from '../../src/disclosure/table.ts';
import { readersOf } from '../../src/disclosure/verify/readers.ts';
import { madeUpState } from '../support/made-up-candidate.ts';

const policy = namedPolicy('calhhs-ddg-2');
const knownIn = (table: Table, name: string): string[] =>
  attackersOf(table, policy)
    .find((reader) => reader.name === name)
    ?.knows.toSorted() ?? [];

describe('what follows from the cells that somebody knows', () => {
  const years = {
    cells: [
      { id: 'both years', v: 1 },
      { id: 'first', v: 1 },
      { id: 'second', v: 1 },
      { id: 'elsewhere', v: 7 },
      { id: 'all', v: 8 },
    ],
    eqs: [['all', ['both years', 'elsewhere']]],
    atMost: [
      [['first'], ['both years']],
      [['second'], ['both years']],
    ],
  };

  it('whoever is alone in a cell knows what lies within it, and nothing beside it', () => {
    const table = readTable(years);
    expect(knownIn(table, 'the one in both years')).toEqual(['both years', 'first', 'second']);
    expect(knownIn(table, 'the one in first')).toEqual(['first']);
  });

  it('an insider who knows a total is not taken to know its parts, unless they are its own', () => {
    const knows = { name: 'agency', knows: ['all'] };
    expect(knownIn(readTable({ ...years, insiders: [knows] }), 'agency')).toEqual(['all']);
    const own = readTable({ ...years, insiders: [{ ...knows, own: true }] });
    expect(knownIn(own, 'agency')).toHaveLength(years.cells.length);
  });

  it('is the same to the search and to the verifier, over all tables of a state', () => {
    const state = madeUpState({ seed: 5, counties: 6, largest: 30, years: [2023, 2024] });
    const { metrics } = state;
    const catalogue = { metrics, hierarchies: [], threshold: policy.threshold, leftOut: new Set<string>() };
    const { table } = contracted(linkedTables(state.candidate.figures, catalogue).table);
    const sets = (readers: readonly { readonly knows: readonly string[] }[]): string[] =>
      readers.map(({ knows }) => knows.toSorted().join('; ')).toSorted();
    const searched = attackersOf(table, policy).filter(({ kind }) => kind !== 'outsider');
    expect(searched.length).toBeGreaterThan(50);
    expect(sets(searched)).toEqual(sets(readersOf(table, policy)));
  });
});
