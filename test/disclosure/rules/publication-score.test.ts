import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { publicationScore, readScoring } from '../../../src/disclosure/rules/publication-score.ts';

const file = `${import.meta.dirname}/../../../schema/policies/scoring/calhhs-ddg-2.yaml`;
const scoring = readScoring(parse(readFileSync(file, 'utf8')));
const plain = { numerator: 40, denominator: 5000, levels: { time: ['one-year'] }, highRisk: true };

describe('the publication score', () => {
  it('can never permit a small count of a high-risk population', () => {
    const coarse = { time: ['five-years'], residence: ['over-2000000'] };
    for (let numerator = 1; numerator <= 10; numerator++) {
      const asked = { numerator, denominator: 10_000_000, levels: coarse, highRisk: true };
      expect(publicationScore(scoring, asked)).toMatchObject({ maskByScore: false, mask: true });
    }
    expect(publicationScore(scoring, { ...plain, numerator: 0, levels: coarse }).mask).toBe(false);
  });

  it('masks from 13 on, unless the first screen already lets the table pass', () => {
    const fine = { time: ['month-or-finer'], residence: ['up-to-4000'], events: ['11-99'] };
    expect(publicationScore(scoring, { ...plain, levels: fine })).toEqual({
      score: 17,
      maskByScore: true,
      mask: true,
    });
    expect(publicationScore(scoring, { ...plain, denominator: 20_000, levels: fine }).mask).toBe(false);
  });

  it('refuses a variable or a level that the guidelines do not have', () => {
    expect(() => publicationScore(scoring, { ...plain, levels: { shoe: ['large'] } })).toThrow(/shoe/);
    expect(() => publicationScore(scoring, { ...plain, levels: { time: ['a-day'] } })).toThrow(/a-day/);
  });
});
