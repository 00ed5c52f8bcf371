import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { releaseCases } from './release-cases.ts';

describe('rules about what is published', { timeout: 60_000 }, () => {
  test.each(releaseCases)('$rule, $what: one passes and one is found', async ({ passes, breaks, says }) => {
    expect(await passes()).toEqual([]);
    expect((await breaks()).join('\n')).toMatch(says);
  });

  test('each have a case', () => {
    const rules = [...loadContracts().qualityRules.values()].filter(({ scope }) => scope === 'release');
    expect(new Set(releaseCases.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
  });
});
