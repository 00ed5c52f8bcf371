import { describe, expect, test } from 'vitest';
import { decomposableGraphs } from '../../../etl/estimate/decomposable-graphs.ts';
import {
  generators,
  hierarchicalModels,
  listSets,
  mainEffects,
  modelName,
  modelNamed,
} from '../../../etl/estimate/model.ts';

describe('hierarchical models', () => {
  test.each([
    [3, 2, 8],
    [4, 3, 113],
    [5, 4, 6893],
    [4, 2, 64],
    [5, 2, 1024],
  ])('%i lists up to order %i have %i models', (lists, order, number) => {
    const all = [...hierarchicalModels(lists, order)];
    expect(all).toHaveLength(number);
    expect(new Set(all.map(modelName)).size).toBe(number);
  });

  test('every model holds all subsets of its sets, and its name reads back as itself', () => {
    for (const model of hierarchicalModels(4, 4)) {
      const terms = new Set(model.terms);
      for (const term of terms)
        for (const set of listSets(4, 0, 4)) if ((term & set) === set) expect(terms).toContain(set);
      expect(modelNamed(4, modelName(model)).terms).toEqual(model.terms);
    }
  });

  test('a name puts the largest sets first', () => {
    expect(modelName(mainEffects(3))).toBe('[1,2,3]');
    expect(modelName(modelNamed(4, '[34,123,14]'))).toBe('[123,14,34]');
    expect(modelName(mainEffects(10))).toBe('[1,2,3,4,5,6,7,8,9,0]');
  });
});

describe('decomposable graphs', () => {
  test.each([
    [3, 8],
    [4, 61],
    [5, 822],
  ])('%i lists have %i', (lists, number) => {
    expect(decomposableGraphs(lists)).toHaveLength(number);
  });

  test('cliques and separators account for each list once', () => {
    for (const graph of decomposableGraphs(5)) {
      expect(graph.cliques).toEqual(generators(graph.model));
      expect(graph.separators).toHaveLength(graph.cliques.length - 1);
      for (let list = 0; list < 5; list++) {
        const times = (sets: readonly number[]): number =>
          sets.filter((set) => (set & (1 << list)) !== 0).length;
        expect(times(graph.cliques) - times(graph.separators)).toBe(1);
      }
    }
  });
});
