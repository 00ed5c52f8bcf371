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

test('two sets that hardly any link ties stay apart unless the link is very strong: as set by set', () => {
  const rules = { ...plain, leastTied: 1 / 3, looseMargin: 10 };
  fc.assert(
    fc.property(graph, (list) => {
      const once = [...new Map(list.map((link) => [`${link[0]} ${link[1]}`, link])).values()];
      const { of } = cluster(people(), edgesOf(once), rules);
      const links = once.filter(([, , weight]) => weight >= 0);
      const sets = Array.from({ length: 12 }, (_, record) => new Set([record]));
      // The strongest first; equal ones by the names of their records, which rise with their numbers.
      const order = links.toSorted((x, y) => y[2] - x[2] || x[0] - y[0] || x[1] - y[1]);
      for (const [a, b, weight] of order) {
        const [x, y] = [sets[a], sets[b]] as [Set<number>, Set<number>];
        if (x === y) continue;
        const tied = links.filter(([p, q]) => (x.has(p) && y.has(q)) || (x.has(q) && y.has(p))).length;
        const several = x.size > 1 && y.size > 1;
        if (several && weight < 10 && tied / (x.size * y.size) < 1 / 3) continue;
        const both = new Set([...x, ...y]);
        for (const record of both) sets[record] = both;
      }
      expect([...of]).toEqual(sets.map((set) => Math.min(...set)));
    }),
  );
});

test('a link between two persons of several records each is counted when it is passed over', () => {
  const groups = [0, 1, 2, 3].flatMap((x) =>
    [0, 1, 2, 3].filter((y) => y > x).map((y) => [x, y, 8] as const),
  );
  const list = [...groups, ...groups.map(([x, y]) => [x + 4, y + 4, 8] as const), [3, 4, 6] as const];
  const { of, refused } = cluster(people(), edgesOf(list), { ...plain, leastTied: 1 / 3, looseMargin: 10 });
  expect(new Set(of.slice(0, 8))).toEqual(new Set([0, 4]));
  expect(refused.looselyTied).toBe(1);
});
