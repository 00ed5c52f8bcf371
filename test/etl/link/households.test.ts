import { describe, expect, test } from 'vitest';
import { accuracyAt, clusterAccuracy, truthOfLabels } from '../../../etl/link/evaluate.ts';
import { link } from '../../../etl/link/link.ts';
import { madeUpHouseholds, scenarioSeen, tableOfSeen } from './made-up-state.ts';

describe.each([11, 12])('households of seed %i', (seed) => {
  const seen = madeUpHouseholds(4500, seed);
  const first = seen.length;
  const five = scenarioSeen('five-arrests');
  const everybody = [...seen, ...five];
  const table = tableOfSeen(everybody);
  const linked = link(table);
  const truth = truthOfLabels(everybody.map(({ person }) => person));

  test('are told apart, and each person found', () => {
    const { precision, recall } = accuracyAt(linked.edges, truth, 0);
    expect(precision).toBeGreaterThan(0.96);
    expect(recall).toBeGreaterThan(0.98);
    expect(clusterAccuracy(linked.clusters.of, truth).f1).toBeGreaterThan(0.97);
  });

  test('hardly any siblings who are not twins are linked', () => {
    let siblings = 0;
    linked.edges.weight.forEach((weight, i) => {
      const [a, b] = [everybody[linked.edges.a[i] as number], everybody[linked.edges.b[i] as number]];
      if (weight < 0 || a === undefined || b === undefined || a.person === b.person) return;
      if (a.household === b.household && a.born !== b.born) siblings++;
    });
    expect(siblings / truth.pairs).toBeLessThan(0.005);
  });

  test('one young person arrested five times under different ages stays one person', () => {
    const clusters = five.map((_, i) => linked.clusters.of[first + i]);
    expect(five.length).toBe(5);
    expect(new Set(clusters).size).toBe(1);
    expect(linked.clusters.of.filter((cluster) => cluster === clusters[0]).length).toBe(5);
  });

  test('most records under a false age are with the rest of the person', () => {
    let [together, pairs] = [0, 0];
    everybody.forEach(({ person, membership }, a) => {
      if (!membership.observation.errors.includes('false_age')) return;
      everybody.forEach((other, b) => {
        if (a === b || other.person !== person) return;
        pairs++;
        if (linked.clusters.of[a] === linked.clusters.of[b]) together++;
      });
    });
    expect(pairs).toBeGreaterThan(5);
    expect(together / pairs).toBeGreaterThan(0.85);
  });

  test('the model says how many pairs are siblings', () => {
    const households = linked.model.classes.find(({ name }) => name === 'household')?.share ?? 0;
    const pairs = (table.count * (table.count - 1)) / 2;
    let siblings = 0;
    const byHome = Map.groupBy(everybody, ({ household }) => household);
    for (const members of byHome.values())
      members.forEach((a, i) => {
        for (const b of members.slice(i + 1)) if (a.person !== b.person) siblings++;
      });
    expect((households * pairs) / siblings).toBeGreaterThan(0.7);
    expect((households * pairs) / siblings).toBeLessThan(1.3);
  });
});
