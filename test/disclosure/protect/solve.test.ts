import { expect, test } from 'vitest';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { primaryCells } from '../../../src/disclosure/primary.ts';
import { componentsOf } from '../../../src/disclosure/protect/components.ts';
import { problemOf } from '../../../src/disclosure/protect/problem.ts';
import { solveComponents } from '../../../src/disclosure/protect/solve.ts';
import { readTable } from '../../../src/disclosure/table.ts';
import { twoWay } from '../tables.ts';

const policy = namedPolicy('calhhs-ddg-2');
/** Several tables that nothing ties together. */
const tables = [3, 5, 7, 9, 2].map((small, at) => {
  const { cells, eqs } = twoWay([
    [20 + at, small, 35, 14],
    [41, 52, 18 + at, 22],
    [33, 27, 64, 30],
  ]);
  const named = (id: string): string => `${at}: ${id}`;
  return {
    cells: cells.map(({ id, v }) => ({ id: named(id), v })),
    eqs: eqs.map(([total, parts]) => [named(total), parts.map(named)]),
  };
});

test('the number of threads changes nothing of what is hidden, nor of its proof', async () => {
  const table = readTable({
    cells: tables.flatMap(({ cells }) => cells),
    eqs: tables.flatMap(({ eqs }) => eqs),
  });
  const primary = primaryCells(table, policy);
  const problem = problemOf(table, { policy, primary, cost: 'values', zeros: 'shown' });
  const components = componentsOf(problem);
  const effort = { improve: 3000, exactCells: 40, exact: 10_000, threads: 2 };
  const tasks = components.map((component) => ({ component, effort, before: [] }));
  const alone = await solveComponents(tasks, 1);
  expect(alone).toHaveLength(tables.length);
  expect(await solveComponents(tasks, 2)).toEqual(alone);
});
