import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backupName, outlived } from '../../src/backup/which-stay.ts';

const now = new Date('2026-03-31T14:00:00Z');
const DAY_MS = 86_400_000;

test('the newest stays, and of the others the newest so many that are young enough; nothing else is touched', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 90 * 86_400 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
      (ages, most, days) => {
        const byAge = ages.toSorted((a, b) => a - b);
        const names = byAge.map((seconds) => backupName(new Date(now.getTime() - seconds * 1000)));
        const strangers = ['notes.txt', 'tessera-20260101T000000Z.backup.age.part', 'tessera-old.backup.age'];
        const gone = outlived([...strangers, ...names.toReversed()], { most, days }, now);
        const stays = names.filter((name) => !gone.includes(name));
        expect(gone.every((name) => names.includes(name))).toBe(true);
        const young = byAge.filter((seconds) => days === undefined || seconds * 1000 <= days * DAY_MS).length;
        expect(stays).toEqual(names.slice(0, Math.max(Math.min(most, young), Math.min(1, names.length))));
      },
    ),
  );
});
