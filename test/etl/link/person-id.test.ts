import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivePersonId, namePersons } from '../../../etl/link/person-id.ts';

const name = (clusters: readonly (readonly string[])[], earlier: ReadonlyMap<string, string> = new Map()) =>
  namePersons(clusters, earlier);

test('the first names derive from the records, in whatever order they come', () => {
  const one = name([['b', 'a'], ['c']]);
  const two = name([['c'], ['a', 'b']]);
  expect(Object.fromEntries(one.persons)).toEqual(Object.fromEntries(two.persons));
  expect(one.persons.get('b')).toBe(derivePersonId(['a', 'b']));
});

test('a merge keeps the id of the larger part and tells of the other', () => {
  const before = name([['a', 'b', 'c'], ['d']]);
  const after = name([['a', 'b', 'c', 'd']], before.persons);
  expect(after.persons.get('d')).toBe(before.persons.get('a'));
  expect(after.history).toEqual([
    { event: 'merged', person: before.persons.get('a'), with: [before.persons.get('d')] },
    { event: 'retired', person: before.persons.get('d'), with: [] },
  ]);
});

test('a split leaves the id with the larger part', () => {
  const before = name([['a', 'b', 'c']]);
  const after = name([['a'], ['b', 'c']], before.persons);
  expect(after.persons.get('b')).toBe(before.persons.get('b'));
  expect(after.persons.get('a')).not.toBe(before.persons.get('a'));
  expect(after.history.map(({ event }) => event)).toEqual(['split']);
});

test('no two clusters share an id, and unchanged ones keep theirs without history', () => {
  const labels = fc.array(fc.nat(6), { minLength: 10, maxLength: 10 });
  const clustersOf = (numbers: readonly number[]): string[][] =>
    [
      ...Map.groupBy(
        numbers.map((label, i) => [label, `r${i}`] as const),
        ([label]) => label,
      ).values(),
    ].map((group) => group.map(([, record]) => record));
  fc.assert(
    fc.property(labels, labels, (first, second) => {
      const before = name(clustersOf(first));
      const after = name(clustersOf(second), before.persons);
      expect(new Set(after.persons.values()).size).toBe(new Set(second).size);
      const again = name(clustersOf(second), after.persons);
      expect(again.persons).toEqual(after.persons);
      expect(again.history).toEqual([]);
    }),
  );
});
