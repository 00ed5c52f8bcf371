import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAllowance } from '../../src/access/allowance.ts';
import { anybody, type Reader } from '../../src/access/reader.ts';

const terms = { costPerMinute: 1000, tablesPerHour: 3 };
const person = (id: string): Reader => ({ ...anybody, person: id });

describe('an allowance', () => {
  test('never lets anybody spend more than two minutes’ worth in any minute, and lets them go on later', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ wait: fc.nat(30_000), cost: fc.integer({ min: 1, max: 1000 }) }), {
          maxLength: 60,
        }),
        (asked) => {
          let time = 0;
          const allowance = openAllowance(terms, () => time);
          const spent: { at: number; cost: number }[] = [];
          for (const { wait, cost } of asked) {
            time += wait;
            try {
              allowance.spend(person('a'), '10.0.0.1', cost);
              spent.push({ at: time, cost });
            } catch {
              // Refused.
            }
            const lately = spent
              .filter(({ at }) => at > time - 60_000)
              .reduce((sum, one) => sum + one.cost, 0);
            expect(lately).toBeLessThanOrEqual(2 * terms.costPerMinute);
          }
          time += 60_000;
          expect(() => allowance.spend(person('a'), '10.0.0.1', 1000)).not.toThrow();
        },
      ),
    );
  });

  test('is each person’s own, and one for all of a network who do not sign in', () => {
    const allowance = openAllowance(terms, () => 0);
    allowance.spend(person('a'), '10.0.0.1', 1000);
    expect(() => allowance.spend(person('a'), '10.0.0.2', 1)).toThrow('Too much');
    expect(() => allowance.spend(person('b'), '10.0.0.1', 1000)).not.toThrow();
    allowance.spend(anybody, '10.0.0.3', 1000);
    expect(() => allowance.spend(anybody, '10.0.0.3', 1)).toThrow('Too much');
    expect(() => allowance.spend(anybody, '10.0.0.4', 1)).not.toThrow();
    const crowd = openAllowance(terms, () => 0);
    const let_in = Array.from({ length: 30 }, (_, n) => {
      try {
        crowd.spend(person(String(n)), '10.0.0.5', 1000);
        return true;
      } catch {
        return false;
      }
    });
    expect(let_in.filter(Boolean)).toHaveLength(20);
  });

  test('counts different tables by the hour, and the same one once', () => {
    let time = 0;
    const allowance = openAllowance(terms, () => time);
    const read = (table: string) => () => allowance.readTable(person('a'), '10.0.0.1', table);
    for (const table of ['x', 'y', 'z', 'x', 'y']) expect(read(table)).not.toThrow();
    expect(read('new')).toThrow('Too much');
    expect(read('x')).not.toThrow();
    time = 3_600_001;
    expect(read('new')).not.toThrow();
  });
});
