import { describe, expect, it } from 'vitest';
import { readTable, type Table } from '../../../src/disclosure/table.ts';
import { twoWay } from '../../disclosure/tables.ts';
import { leavesOpen, worksOut } from './attacker.ts';
import { floorOf, publish, small } from './published.ts';

const grid = twoWay([
  [31, 4, 57, 80],
  [92, 45, 6, 33],
  [12, 71, 38, 5],
  [64, 28, 90, 47],
]);

describe('attack 1: the interval of every hidden count', { timeout: 30_000 }, () => {
  it('would find a count that two hidden cells a line do not hide', () => {
    const hidden = new Set(['a1', 'a2', 'b2', 'b3', 'c3', 'c4', 'd4', 'd1']);
    const cells = grid.cells.map(({ id, v }) => [id, hidden.has(id) ? null : v] as const);
    const lone = [...cells.filter(([id]) => id !== 'd1'), ['d1', 64] as const];
    expect(worksOut({ cells: lone, sums: grid.eqs, floor: 1 }, 'a2')).toEqual([4, 4]);
  });

  it('leaves 1 and 11 possible', async () => {
    const release = await publish(grid);
    const known = { cells: release.cells, sums: grid.eqs, floor: floorOf(release, grid) };
    for (const id of small(grid)) expect(leavesOpen(known, id)).toBe(true);
  });
});

describe('attack 2: linked tables', { timeout: 30_000 }, () => {
  // Two ways to cut the same counts: by county, and by the size of the county's services.
  const linked: Table = readTable({
    cells: [
      { id: 'k', v: 3 },
      { id: 'l', v: 24 },
      { id: 'm', v: 7 },
      { id: 'n', v: 41 },
      { id: 'o', v: 66 },
      { id: 'p', v: 35 },
      { id: 'county 1', v: 34 },
      { id: 'county 2', v: 142 },
      { id: 'large', v: 93 },
      { id: 'little', v: 83 },
      { id: 'all', v: 176 },
    ],
    eqs: [
      ['county 1', ['k', 'l', 'm']],
      ['county 2', ['n', 'o', 'p']],
      ['all', ['county 1', 'county 2']],
      ['large', ['k', 'l', 'o']],
      ['little', ['m', 'n', 'p']],
      ['all', ['large', 'little']],
    ],
  });

  it('are protected together', async () => {
    const release = await publish(linked);
    const known = { cells: release.cells, sums: linked.eqs, floor: floorOf(release, linked) };
    for (const id of small(linked)) expect(leavesOpen(known, id)).toBe(true);
  });

  it('would leak if each were protected alone', async () => {
    const first = { ...linked, eqs: linked.eqs.slice(0, 3) };
    const release = await publish(first);
    const known = { cells: release.cells, sums: linked.eqs, floor: 1 as const };
    expect(small(linked).every((id) => leavesOpen(known, id))).toBe(false);
  });
});

describe('attack 3: what the marker lets a reader guess', { timeout: 30_000 }, () => {
  const tens = readTable({
    cells: [
      { id: 'a', v: 10 },
      { id: 'b', v: 10 },
      { id: 'c', v: 14 },
      { id: 'd', v: 70 },
      { id: 'all', v: 104 },
    ],
    eqs: [['all', ['a', 'b', 'c', 'd']]],
  });

  it('is the same empty place everywhere', async () => {
    const release = await publish(tens);
    const hidden = release.cells.filter(([, v]) => typeof v !== 'number');
    expect(hidden.length).toBeGreaterThan(2);
    expect(new Set(hidden.map(([, v]) => JSON.stringify(v)))).toEqual(new Set(['null']));
    expect(JSON.stringify(release)).not.toMatch(/primary|complementary|small/);
  });

  it('does not give a count to a reader who takes every marker for a number from 1 to 10', async () => {
    const release = await publish(tens);
    const bounds = Object.fromEntries(
      release.cells.filter(([, v]) => v === null).map(([id]) => [id, [1, 10] as const]),
    );
    for (const id of small(tens)) {
      const found = worksOut({ cells: release.cells, sums: tens.eqs, floor: 1, bounds }, id);
      expect(found === undefined || found[0] < found[1]).toBe(true);
    }
  });
});

describe('attack 4: subtracting one published table from another', { timeout: 30_000 }, () => {
  it('does not give the few that are in one and not in the other', async () => {
    const bands = { young: [48, 41], older: [25, 15], oldest: [60, 32] } as const;
    const names = Object.keys(bands) as (keyof typeof bands)[];
    const table = readTable({
      cells: [
        ...names.flatMap((band) => [
          { id: `all ${band}`, v: bands[band][0] },
          { id: `boys ${band}`, v: bands[band][1] },
          { id: `others ${band}`, v: bands[band][0] - bands[band][1], withheld: true },
        ]),
        { id: 'all', v: 133 },
        { id: 'boys', v: 88 },
        { id: 'others', v: 45, withheld: true },
      ],
      eqs: [
        ...names.map((band) => [`all ${band}`, [`boys ${band}`, `others ${band}`]]),
        ...['all', 'boys', 'others'].map((who) => [who, names.map((band) => `${who} ${band}`)]),
        ['all', ['boys', 'others']],
      ],
    });
    const release = await publish(table);
    const known = { cells: release.cells, sums: table.eqs, floor: floorOf(release, table) };
    for (const id of small(table)) expect(leavesOpen(known, id)).toBe(true);
  });
});
