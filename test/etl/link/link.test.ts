import { describe, expect, test } from 'vitest';
import { accuracyAt, clusterAccuracy, truthOfLabels } from '../../../etl/link/evaluate.ts';
import { link, linkOnThreads } from '../../../etl/link/link.ts';
import { readModel } from '../../../etl/link/model.ts';
import { Scorer } from '../../../etl/link/score.ts';
import { madeUpPeople, seeded, tableOf } from './people.ts';

const { rows, labels } = madeUpPeople(600);
const table = tableOf(rows);
const truth = truthOfLabels(labels);
const linked = link(table);

describe('made-up people', () => {
  test('are found again with few errors', () => {
    expect(accuracyAt(linked.edges, truth, 0).f1).toBeGreaterThan(0.98);
    expect(clusterAccuracy(linked.clusters.of, truth).f1).toBeGreaterThan(0.98);
  });

  test('the order of the records does not change who is linked with whom', () => {
    const next = seeded(3);
    const order = rows.map((_, i) => i).sort(() => next(3) - 1);
    const shuffled = link(tableOf(order.map((i) => rows[i] as (typeof rows)[number])), {
      model: linked.model,
    });
    const place = new Map(order.map((original, now) => [original, now]));
    const together = (of: Uint32Array, at: (i: number) => number): string =>
      rows.map((_, i) => rows.findIndex((_, j) => of[at(j)] === of[at(i)])).join();
    expect(together(shuffled.clusters.of, (i) => place.get(i) ?? -1)).toBe(
      together(linked.clusters.of, (i) => i),
    );
  });

  test('the waterfall of a pair adds up to its weight and shows no value', () => {
    const scorer = new Scorer(table, linked.model);
    for (let i = 0; i < 50; i++) {
      const { weight, steps } = scorer.waterfall(linked.edges.a[i] as number, linked.edges.b[i] as number);
      expect(weight).toBeCloseTo(linked.edges.weight[i] as number, 3);
      expect(steps.map(({ field }) => field)).toEqual(['given', 'surname', 'birth', 'ssn', 'zip']);
    }
  });

  test('training says how sure it is', () => {
    expect(linked.model.training).toMatchObject({ converged: true, doubts: [] });
    expect(linked.model.training.expected_matches).toBeGreaterThan(truth.pairs * 0.8);
    expect(linked.model.training.expected_matches).toBeLessThan(truth.pairs * 1.2);
  });
});

test.each([2, 3])('%i threads reach the very same result', async (threads) => {
  const { seconds: _, ...alone } = linked;
  const { seconds: __, ...together } = await linkOnThreads(table, {}, threads);
  expect(together).toEqual(alone);
});

describe('one to one', () => {
  const one = link(table, { oneToOne: true });

  test('no source has two records of a person', () => {
    const seen = new Set<string>();
    one.clusters.of.forEach((root, record) => {
      const key = `${root} ${table.source[record]}`;
      expect(seen.has(key)).toBe(false);
      seen.add(key);
    });
  });

  test('and no record has two counterparts in one source', () => {
    const seen = new Set<string>();
    one.edges.a.forEach((a, i) => {
      const b = one.edges.b[i] as number;
      for (const key of [`${a} ${table.source[b]}`, `${b} ${table.source[a]}`]) {
        expect(seen.has(key)).toBe(false);
        seen.add(key);
      }
    });
  });
});

test('another age still links when the rest agrees', () => {
  const values = ['Marisol', 'Villanueva', '2009-03-09', '219-45-1234', '90012'];
  const again = [...values.slice(0, 2), '2005-11-21', '', '90012'];
  const more = tableOf([
    ...rows,
    { source: 'a', id: 90_001, values },
    { source: 'b', id: 90_002, values: again },
  ]);
  const { clusters } = link(more, { model: linked.model });
  expect(clusters.of[rows.length]).toBe(clusters.of[rows.length + 1]);
});

test('records that are all the same become one person, in bounded work', () => {
  const same = tableOf(
    Array.from({ length: 90 }, (_, id) => ({
      source: 'a',
      id,
      values: ['Ana', 'Diaz', '2009-03-09', '', '90012'],
    })),
  );
  const { clusters, model } = link(same);
  expect(new Set(clusters.of).size).toBeLessThanOrEqual(90);
  expect(model.training.doubts.length).toBeGreaterThan(0);
});

describe('a model', () => {
  test('comes back from JSON as it was', () => {
    const back = readModel(JSON.stringify(linked.model), table);
    expect(link(table, { model: back }).edges.weight).toEqual(linked.edges.weight);
  });

  test.each([
    ['not JSON', '{'],
    ['NaN', JSON.stringify({ ...linked.model, prior: Number.NaN })],
    ['another layout', JSON.stringify({ ...linked.model, layout: 'other_00000000' })],
    ['another format', JSON.stringify({ ...linked.model, format: 'x' })],
    ['too few fields', JSON.stringify({ ...linked.model, fields: linked.model.fields.slice(1) })],
  ])('with %s is refused', (_, text) => {
    expect(() => readModel(text, table)).toThrow(/the model/);
  });
});

test('records that share nothing are refused, as there is nothing to learn from', () => {
  const empty = tableOf(
    Array.from({ length: 5 }, (_, id) => ({ source: 'a', id, values: ['', '', '', '', ''] })),
  );
  expect(() => link(empty)).toThrow('no two records share a token');
});
