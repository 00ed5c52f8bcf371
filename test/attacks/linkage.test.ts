import { describe, expect, test } from 'vitest';
import { fieldEncoder } from '../../etl/encode/field-encoder.ts';
import { newKey } from '../../etl/encode/key.ts';
import { alignFrequencies, matchGraphs, minePatterns } from './attacks.ts';
import { layout, type Scene, scene, success } from './population.ts';

/**
 * Attacks by somebody who holds the encoded rows and a list of people, but no key. They are meant to succeed as
 * far as they can: docs/threat-model.md reports what they reach, and these bounds keep its figures honest.
 */
const GIVEN = 0;
const PEOPLE = 800;
const full = await scene(PEOPLE, 1);
const most = await scene(PEOPLE, 0.8);

/** The attacker encodes his own list under a key of his own. */
function ownFilters({ known }: Scene): Map<string, Uint8Array> {
  const encoder = fieldEncoder(layout, newKey('attacker'));
  return new Map(
    known.map((person) => {
      const tokens = new Uint8Array(encoder.tokenBytes);
      const filters = new Uint8Array(encoder.filterBytes);
      encoder.encodeInto([person[GIVEN], '', ''], tokens, 0, filters, 0);
      return [person[GIVEN], filters.subarray(0, 64)];
    }),
  );
}

const percent = (share: number): number => Math.round(share * 1000) / 10;

describe.each([
  ['full overlap', full, 1],
  ['80 % overlap', most, 0.8],
])('%s', (name, attacked) => {
  const report: Record<string, number> = {};

  test('frequency alignment reads common given names', () => {
    const guess = alignFrequencies(attacked, GIVEN, 'given_name.exact');
    report['frequency'] = percent(success(attacked, GIVEN, guess));
    expect(report['frequency']).toBeGreaterThan(name === 'full overlap' ? 5 : 0);
  });

  test('pattern mining from the most frequent names', () => {
    const guess = minePatterns(attacked, GIVEN, 'given_name.exact', 30);
    report['patterns'] = percent(success(attacked, GIVEN, guess));
    expect(report['patterns']).toBeLessThan(100);
  });

  test('graph matching', () => {
    const guess = matchGraphs(attacked, ownFilters(attacked), GIVEN, 'given_name.exact');
    report['graph'] = percent(success(attacked, GIVEN, guess));
    expect(report['graph']).toBeGreaterThan(0);
    console.log(name, report);
  });
});
