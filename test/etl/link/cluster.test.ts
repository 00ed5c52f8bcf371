import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cluster } from '../../../etl/link/cluster.ts';
import type { Edges } from '../../../etl/link/edges.ts';
import { tableOf } from './people.ts';

const SOURCES = ['a', 'b', 'c'];
const plain = { threshold: 0, oncePerCluster: [], conflictMargin: 5 };

function edgesOf(list: readonly (readonly [number, number, number])[]): Edges {
  return {
    a: Uint32Array.from(list, ([a]) => a),
    b: Uint32Array.from(list, ([, b]) => b),
    weight: Float32Array.from(list, ([, , weight]) => weight),
  };
}

const people = (ids: readonly string[] = []) =>
  tableOf(
    Array.from({ length: 12 }, (_, id) => ({
      source: SOURCES[id % 3] ?? '',
      id,
      values: ['', '', '', ids[id] ?? '', ''],
    })),
  );

const graph = fc.array(
  fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: -5, max: 20 })).filter(([a, b]) => a < b),
  { maxLength: 30 },
);

test('without constraints clusters are the components of the links above the threshold', () => {
  fc.assert(
    fc.property(graph, (list) => {
      const { of } = cluster(people(), edgesOf(list), plain);
      const reach = (from: number): number => {
        const seen = new Set([from]);
        for (let grown = true; grown; ) {
          grown = false;
          for (const [a, b, weight] of list) {
            if (weight < 0 || seen.has(a) === seen.has(b)) continue;
            seen.add(a).add(b);
            grown = true;
          }
        }
        return Math.min(...seen);
      };
      expect([...of]).toEqual(Array.from({ length: 12 }, (_, i) => reach(i)));
    }),
  );
});

test('a source that deduplicated itself never has two records in a cluster', () => {
  fc.assert(
    fc.property(graph, (list) => {
      const table = people();
      const { of } = cluster(table, edgesOf(list), { ...plain, oncePerCluster: ['a'] });
      const ofA = [...of].filter((_, record) => table.source[record] === 0);
      expect(new Set(ofA).size).toBe(ofA.length);
    }),
  );
});

test('different identity numbers stay apart unless the link is very strong', () => {
  const table = people(['219451234', '', '577628890']);
  const chain = (weight: number) =>
    cluster(
      table,
      edgesOf([
        [0, 1, 9],
        [1, 2, weight],
      ]),
      plain,
    );
  expect(chain(4).of[2]).toBe(2);
  expect(chain(4).refused.conflictingIds).toBe(1);
  expect(chain(6).of[2]).toBe(0);
});

test('a loose chain is flagged with its bridges, a clique is not', () => {
  const chain = cluster(
    people(),
    edgesOf([
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [3, 4, 1],
    ]),
    plain,
  );
  expect(chain.flags).toEqual([{ cluster: 0, records: 5, links: 4, density: 0.4, bridges: 4 }]);
  const pairs: [number, number, number][] = [];
  for (let a = 0; a < 5; a++) for (let b = a + 1; b < 5; b++) pairs.push([a, b, 1]);
  expect(cluster(people(), edgesOf(pairs), plain).flags).toEqual([]);
});

test('two triangles on one link have one bridge', () => {
  const list: [number, number, number][] = [
    [0, 1, 1],
    [1, 2, 1],
    [0, 2, 1],
    [3, 4, 1],
    [4, 5, 1],
    [3, 5, 1],
    [2, 3, 1],
  ];
  expect(cluster(people(), edgesOf(list), plain).flags[0]?.bridges).toBe(1);
});
