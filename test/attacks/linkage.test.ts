import { describe, expect, test } from 'vitest';
import { fieldEncoder } from '../../etl/encode/field-encoder.ts';
import { alignFrequencies, matchGraphs, minePatterns } from './attacks.ts';
import { fixedKey, layout, type Scene, scene, success } from './population.ts';

/**
 * Attacks by somebody who holds the encoded rows and a list of people, but no key. They are meant to succeed as
 * far as they can; docs/threat-model.md reports what they reach, and these tests keep its figures honest.
 */
const GIVEN = 0;
const PEOPLE = 800;
const TOKEN = 'given_name.exact';

/** Per cent of records whose given name is read, with full overlap and with 80 %. */
const REACHED = { frequency: [9.6, 9.6], patterns: [10, 9.3], graph: [19.4, 11.3] } as const;
/** A change of the encoding moves the figures a little; more than this, and the page must be written anew. */
const TOLERANCE = 3;

/** The attacker encodes his own list under a key of his own. */
function ownFilters({ known }: Scene): Map<string, Uint8Array> {
  const encoder = fieldEncoder(layout, fixedKey(2));
  return new Map(
    known.map((person) => {
      const tokens = new Uint8Array(encoder.tokenBytes);
      const filters = new Uint8Array(encoder.filterBytes);
      encoder.encodeInto([person[GIVEN], '', ''], tokens, 0, filters, 0);
      return [person[GIVEN], filters.subarray(0, 64)];
    }),
  );
}

describe.each([
  ['full overlap', 0, await scene(PEOPLE, 1)],
  ['80 % overlap', 1, await scene(PEOPLE, 0.8)],
])('%s', (_, column, attacked) => {
  test.each([
    ['frequency', () => alignFrequencies(attacked, GIVEN, TOKEN)],
    ['patterns', () => minePatterns(attacked, GIVEN, TOKEN, 30)],
    ['graph', () => matchGraphs(attacked, ownFilters(attacked), GIVEN, TOKEN)],
  ] as const)('%s', (attack, run) => {
    const reached = success(attacked, GIVEN, run()) * 100;
    expect(Math.abs(reached - REACHED[attack][column as 0 | 1])).toBeLessThanOrEqual(TOLERANCE);
  });
});
