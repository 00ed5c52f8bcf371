import { describe, expect, it } from 'vitest';
import { readEarlier, withEarlier } from '../../../src/disclosure/earlier.ts';
import type { Table } from '../../../src/disclosure/table.ts';
import { twoWay } from '../../disclosure/tables.ts';
import { leavesOpen, worksOut } from './attacker.ts';
import { publish, small } from './published.ts';

const before = twoWay([
  [20, 3, 35],
  [41, 52, 18],
  [33, 27, 64],
]);

/** The same tables after late deliveries. */
function grown(changes: Readonly<Record<string, number>>): Table {
  const grid = ['a', 'b', 'c'].map((row) =>
    [1, 2, 3].map((column) => {
      const id = `${row}${column}`;
      return (before.cells.find((cell) => cell.id === id)?.v ?? 0) + (changes[id] ?? 0);
    }),
  );
  return twoWay(grid);
}

async function bothReleases(changes: Readonly<Record<string, number>>, ledger: boolean) {
  const first = await publish(before);
  const shown = new Map(first.cells);
  const then = {
    release: 'first',
    cells: before.cells.map(({ id, v }) => ({ id, v, hidden: shown.get(id) === null })),
    eqs: before.eqs,
  };
  const now = grown(changes);
  const table = ledger ? withEarlier(now, readEarlier([then])) : now;
  const second = await publish(table);
  const names = new Set(now.cells.map(({ id }) => id));
  return { first, second: second.cells.filter(([id]) => names.has(id)), now };
}

describe('attack 6: an older release against a newer one', { timeout: 30_000 }, () => {
  const changes = { c3: 4, c1: 30 };
  const counts = before.cells.map(({ id }) => id);

  it('would give the few that were added, if each release were protected by itself', async () => {
    const { first, second } = await bothReleases(changes, false);
    const [old, recent] = [new Map(first.cells), new Map(second)];
    const differences = counts.map((id) => (recent.get(id) ?? Number.NaN) - (old.get(id) ?? Number.NaN));
    expect(differences).toContain(4);
  });

  it('leaves no difference from 1 to 10 between two shown figures', async () => {
    const { first, second } = await bothReleases(changes, true);
    const [old, recent] = [new Map(first.cells), new Map(second)];
    for (const id of counts) {
      const [then, now] = [old.get(id), recent.get(id)];
      if (typeof then !== 'number' || typeof now !== 'number' || then === now) continue;
      expect(Math.abs(now - then)).toBeGreaterThan(10);
    }
  });

  it('leaves 1 and 11 possible for the small counts and for the change, from both releases at once', async () => {
    const { first, second, now } = await bothReleases(changes, true);
    // A reader who even knows which counts have changed, and that nothing was taken back.
    const moved = new Set(['c3', 'c1', 'cT', 'T1', 'T3', 'TT']);
    const then = (id: string): string => (moved.has(id) ? `${id} then` : id);
    const known = {
      cells: [
        ...second.map(
          ([id, v]) => [id, v ?? (moved.has(id) ? null : (new Map(first.cells).get(id) ?? null))] as const,
        ),
        ...first.cells.filter(([id]) => moved.has(id)).map(([id, v]) => [then(id), v] as const),
      ],
      sums: [
        ...now.eqs,
        ...before.eqs.map(([total, parts]) => [then(total), parts.map(then)] as const),
        ...[...moved].map((id) => [id, [then(id), `${id} more`]] as const),
      ],
      floor: 1 as const,
    };
    for (const id of small(now)) expect(leavesOpen(known, id)).toBe(true);
    const [lo, hi] = worksOut(known, 'c3 more') ?? [0, 0];
    expect(lo).toBeLessThanOrEqual(1);
    expect(hi).toBeGreaterThanOrEqual(11);
  });
});
