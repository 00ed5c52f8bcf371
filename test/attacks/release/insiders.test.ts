import { describe, expect, it } from 'vitest';
import { twoWay } from '../../disclosure/tables.ts';
import { leavesOpen } from './attacker.ts';
import { floorOf, publish, small } from './published.ts';

describe('attack 8: readers who know a part of the table', { timeout: 30_000 }, () => {
  const grid = [
    [1, 14, 9, 33],
    [27, 2, 41, 18],
    [16, 38, 1, 25],
    [52, 21, 30, 8],
  ];

  it('the one young person in a cell finds out nothing about the others', async () => {
    const table = twoWay(grid);
    const release = await publish(table);
    const known = { cells: release.cells, sums: table.eqs, floor: floorOf(release, table) };
    for (const alone of ['a1', 'c3'])
      for (const id of small(table).filter((other) => other !== alone))
        expect(leavesOpen({ ...known, facts: { [alone]: 1 } }, id)).toBe(true);
  });

  it('a county that knows its own row finds out nothing about the other counties', async () => {
    const rows = ['a', 'b', 'c', 'd'];
    const row = (r: string): string[] => ['1', '2', '3', '4', 'T'].map((column) => `${r}${column}`);
    const insiders = rows.map((r) => ({ name: `county ${r}`, knows: row(r) }));
    const table = twoWay(grid, { insiders });
    const values = new Map(table.cells.map(({ id, v }) => [id, v]));
    const release = await publish(table);
    const known = { cells: release.cells, sums: table.eqs, floor: floorOf(release, table) };
    for (const r of rows) {
      const facts = Object.fromEntries(row(r).map((id) => [id, values.get(id) ?? 0]));
      for (const id of small(table).filter((other) => !row(r).includes(other)))
        expect(leavesOpen({ ...known, facts }, id)).toBe(true);
    }
  });

  it('two counties together find out nothing, where the policy names them as one reader', async () => {
    const knows = ['a', 'b'].flatMap((r) => ['1', '2', '3', '4', 'T'].map((column) => `${r}${column}`));
    const table = twoWay(grid, { insiders: [{ name: 'counties a and b', knows }] });
    const values = new Map(table.cells.map(({ id, v }) => [id, v]));
    const release = await publish(table);
    const facts = Object.fromEntries(knows.map((id) => [id, values.get(id) ?? 0]));
    const known = { cells: release.cells, sums: table.eqs, floor: floorOf(release, table), facts };
    for (const id of ['c3', 'd4']) expect(leavesOpen(known, id)).toBe(true);
  });
});
