import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { adjusted, namedPolicy, readPolicy } from '../../src/disclosure/policy.ts';

const plain = { id: 'p', title: 'P', authority: 'nobody', threshold: 11 };

describe('policies', () => {
  it('that ship can all be read, under the id of their file', () => {
    const ids = readdirSync(`${import.meta.dirname}/../../schema/policies`)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace('.yaml', ''));
    expect(ids.length).toBeGreaterThanOrEqual(4);
    for (const id of ids) expect(namedPolicy(id).id).toBe(id);
  });

  it('default to the guidelines for high-risk populations: 1 to 10 hidden, zeros shown, rule 6, bar B', () => {
    expect(namedPolicy('calhhs-ddg-2')).toMatchObject({
      threshold: 11,
      zeros: 'shown',
      bar: 'B',
      lineRule: { everyAtMost: 3, sumBelow: 11 },
    });
  });

  it('name as sensitive only shares that the catalogue has', () => {
    const { metrics } = loadContracts();
    const named = namedPolicy('calhhs-ddg-2').sensitiveShares ?? [];
    expect(named.length).toBeGreaterThan(10);
    const statistics = named.map((id) => metrics.get(id)?.statistic ?? `${id} is no metric`);
    expect(statistics.filter((statistic) => !['share', 'survival'].includes(statistic))).toEqual([]);
  });

  it.each([
    [{ ...plain, treshold: 5 }, /unknown field treshold/],
    [{ ...plain, threshold: 0 }, /threshold/],
    [{ ...plain, threshold: '11' }, /threshold/],
    [{ ...plain, zeros: 'sometimes' }, /zeros/],
    [{ ...plain, marker: 'two' }, /marker/],
    [{ ...plain, lineRule: { everyAtMost: 3 } }, /sumBelow/],
    [{ ...plain, dominance: { largest: 2, share: 90, within: 0.1 } }, /share/],
    [{ title: 'P' }, /id/],
  ])('are refused when a rule is misspelt or makes no sense: %j', (input, message) => {
    expect(() => readPolicy(input)).toThrow(message);
  });

  it('cannot be reached outside their folder', () => {
    expect(() => namedPolicy('../metrics/x')).toThrow(/no policy/);
  });

  it('under exact leave the rules of the full bar aside', () => {
    const exact = adjusted(namedPolicy('calhhs-ddg-2'), { bar: 'exact', threshold: 6 });
    expect(exact).toMatchObject({ bar: 'exact', threshold: 6, singletons: 'alone' });
    expect(exact.lineRule).toBeUndefined();
  });
});
