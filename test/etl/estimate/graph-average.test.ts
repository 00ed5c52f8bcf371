import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaptureTable, persons } from '../../../etl/estimate/capture-table.ts';
import { type DecomposableGraph, decomposableGraphs } from '../../../etl/estimate/decomposable-graphs.ts';
import { logFactorial } from '../../../etl/estimate/distributions.ts';
import { graphAverage, usualGrid } from '../../../etl/estimate/graph-average.ts';
import { tableOf, tables } from './tables.ts';

/**
 * The probability of a table under a graph by drawing persons one after the other from Pólya's urns: the next person's
 * history has the product of the cliques' shares so far over the separators'. No gamma function is involved.
 */
function byUrns(table: CaptureTable, hidden: number, graph: DecomposableGraph, delta: number): number {
  const counts = table.counts.slice();
  counts[0] = hidden;
  const k = table.lists.length;
  const urns = new Map<number, Float64Array>();
  const urn = (set: number): Float64Array => {
    const known = urns.get(set);
    if (known !== undefined) return known;
    const filled = new Float64Array(1 << k);
    for (let cell = 0; cell < 1 << k; cell++) filled[cell & set]! += delta;
    urns.set(set, filled);
    return filled;
  };
  let log = 0;
  counts.forEach((count, cell) => {
    for (let person = 0; person < count; person++) {
      const ball = (set: number): number => Math.log(urn(set)[cell & set]!);
      for (const set of graph.cliques) log += ball(set);
      for (const set of graph.separators) log -= ball(set);
      log -= ball(0);
      for (const set of new Set([...graph.cliques, ...graph.separators, 0])) urn(set)[cell & set]!++;
    }
  });
  let multinomial = logFactorial(persons(table) + hidden);
  for (const count of counts) multinomial -= logFactorial(count);
  return log + multinomial;
}

describe('averaging over decomposable graphs', () => {
  test('gives each graph and each N what drawing persons from urns gives', () => {
    const small = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(small, fc.constantFrom(0.125, 0.5, 1), (cells, delta) => {
        fc.pre(cells.some((count) => count > 0));
        const table = { lists: ['A', 'B', 'C'], counts: Float64Array.of(0, ...cells) };
        const grid = [1, 2, 3, 5, 8, 13, 21];
        const found = graphAverage(table, { delta, grid });
        const joint = decomposableGraphs(3).map((graph) =>
          grid.map((hidden) => byUrns(table, hidden, graph, delta) - Math.log(persons(table) + hidden)),
        );
        const highest = Math.max(...joint.flat());
        const mass = joint.map((row) => row.reduce((sum, log) => sum + Math.exp(log - highest), 0));
        const whole = mass.reduce((sum, value) => sum + value, 0);
        decomposableGraphs(3).forEach((graph, i) => {
          const own = found.graphs.find((posterior) => posterior.graph.name === graph.name)!;
          expect(Math.abs(own.probability - mass[i]! / whole)).toBeLessThan(1e-9);
        });
        let mean = 0;
        joint.forEach((row) =>
          row.forEach((log, i) => (mean += Math.exp(log - highest) * (persons(table) + grid[i]!))),
        );
        expect(Math.abs(found.mean / (mean / whole) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test('the order of the lists does not matter', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 3], sparse: true }), (table) => {
        const turned = table.counts.map((_, cell) => table.counts[((cell << 1) & 7) | (cell >> 2)]!);
        const options = { grid: [1, 5, 20, 80, 300, 900] };
        const a = graphAverage(table, options);
        const b = graphAverage({ lists: table.lists, counts: turned }, options);
        expect(b.mean / a.mean).toBeCloseTo(1, 9);
      }),
      { numRuns: 20 },
    );
  });

  test('the saturated graph alone says nothing, and the mode falls on the first point', () => {
    // Each pair of lists depends so strongly that only the graph of all of them fits.
    const table = tableOf({ '100': 400, '010': 400, '001': 400, '110': 5, '101': 5, '011': 5, '111': 400 });
    const found = graphAverage(table);
    expect(found.graphs[0]!.graph.name).toBe('[123]');
    expect(found.modeAtFirst).toBe(true);
  });

  test('the grid goes to thirty times the persons seen in at most 5,000 steps', () => {
    expect(usualGrid(10)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    const long = usualGrid(100_000);
    expect(long).toHaveLength(5000);
    expect(long.at(-1)).toBe(3_000_000);
  });
});
