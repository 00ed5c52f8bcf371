import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences } from '../../web/pages/definitions/difference.tsx';

const wording = fc.array(fc.constantFrom('a', 'young', 'person', 'screened', 'twice'), {
  minLength: 1,
  maxLength: 12,
});

test('what stayed and what went is the wording before; what stayed and what came is the wording after', () => {
  fc.assert(
    fc.property(wording, wording, (before, after) => {
      const pieces = differences(before.join(' '), after.join(' '));
      const without = (kind: string): string =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map((piece) => piece.words)
          .join(' ');
      expect(without('new')).toBe(before.join(' '));
      expect(without('gone')).toBe(after.join(' '));
    }),
  );
});

test('equal wordings differ in nothing', () => {
  expect(differences('one and the same', 'one and the same').map((piece) => piece.kind)).toEqual(['same']);
});
