import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePerson, fieldEncoder, personTokens } from '../../../etl/encode/field-encoder.ts';
import { BITS_PER_FEATURE } from '../../../etl/encode/filter.ts';
import { newKey } from '../../../etl/encode/key.ts';
import { filteredFields, personLayout, tokenSlots } from '../../../etl/encode/layout.ts';

const key = newKey('field-encoder');
const encoder = fieldEncoder(personLayout, key);
const slots = tokenSlots(personLayout);
const person = ['Robert', 'Smith', '2009-03-09', '219-45-1234', 'M', '90012', '2135550142', '12 Main Street'];

function token(values: readonly string[], name: string, by = encoder): string {
  const at = slots.findIndex((slot) => slot.name === name) * 8;
  return Buffer.from(encodePerson(by, values).tokens.subarray(at, at + 8)).toString('hex');
}

function changed(field: number, value: string): string[] {
  return person.map((old, i) => (i === field ? value : old));
}

function dice(a: Uint8Array, b: Uint8Array, filter: number): number {
  let [common, ones] = [0, 0];
  for (let i = filter * 64; i < filter * 64 + 64; i++) {
    for (let bit = 1; bit < 256; bit <<= 1) {
      if ((a[i] ?? 0) & bit) ones++;
      if ((b[i] ?? 0) & bit) ones++;
      if ((a[i] ?? 0) & (b[i] ?? 0) & bit) common++;
    }
  }
  return (2 * common) / ones;
}

describe('tokens', () => {
  test('forms of one value agree', () => {
    expect(token(changed(0, 'ROBERT '), 'given_name.exact')).toBe(token(person, 'given_name.exact'));
    expect(token(changed(0, 'Bob'), 'given_name.nickname')).toBe(token(person, 'given_name.nickname'));
    expect(token(changed(0, 'Bob'), 'given_name.exact')).not.toBe(token(person, 'given_name.exact'));
    expect(token(changed(1, 'Smyth'), 'surname.sound')).toBe(token(person, 'surname.sound'));
  });

  test('a swapped date meets the exact token of the other', () => {
    expect(token(changed(2, '2009-09-03'), 'birth_date.swapped')).toBe(token(person, 'birth_date.exact'));
    expect(token(changed(2, '2009-03-25'), 'birth_date.swapped')).toBe('0000000000000000');
  });

  test('given and family name pair up in either order', () => {
    const swapped = ['Smith', 'Robert', ...person.slice(2)];
    expect(token(swapped, 'names.pair')).toBe(token(person, 'names.pair'));
  });

  test('the same value in another field, or under another key, is unrelated', () => {
    const twice = ['Grace', 'Grace', ...person.slice(2)];
    expect(token(twice, 'given_name.exact')).not.toBe(token(twice, 'surname.exact'));
    const other = fieldEncoder(personLayout, newKey('field-encoder'));
    expect(token(person, 'surname.exact', other)).not.toBe(token(person, 'surname.exact'));
  });

  test('missing values are zero bytes', () => {
    const empty = encodePerson(
      encoder,
      personLayout.fields.map(() => ''),
    );
    expect(empty.tokens.every((byte) => byte === 0)).toBe(true);
    expect(empty.filters.every((byte) => byte === 0)).toBe(true);
  });

  test('another birth year leaves every other token as it was', () => {
    const older = changed(2, '2005-03-09');
    const same = slots
      .filter(({ name }) => token(older, name) === token(person, name))
      .map(({ name }) => name);
    expect(same).toContain('birth_date.month_day');
    expect(same.filter((name) => !name.startsWith('birth_date')).length).toBe(slots.length - 5);
  });
});

describe('filters', () => {
  const filters = (values: readonly string[]): Uint8Array => encodePerson(encoder, values).filters;

  test('one wrong letter or digit stays near, another value far', () => {
    const mine = filters(person);
    expect(dice(mine, filters(changed(1, 'Smyth')), 1)).toBeGreaterThan(0.6);
    expect(dice(mine, filters(changed(1, 'Gonzalez')), 1)).toBeLessThan(0.45);
    expect(dice(mine, filters(changed(3, '219-45-1235')), 3)).toBeGreaterThan(0.8);
    expect(dice(mine, filters(changed(3, '577-62-8890')), 3)).toBeLessThan(0.5);
  });

  test('the weight of a filter never exceeds the insertions, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const made = filters(changed(1, name)).subarray(64, 128);
        let ones = 0;
        for (const byte of made) for (let bit = 1; bit < 256; bit <<= 1) if (byte & bit) ones++;
        expect(ones).toBeLessThanOrEqual(BITS_PER_FEATURE);
      }),
    );
  });

  test('there is a filter for every field but the sex', () => {
    expect(filteredFields(personLayout).map((i) => personLayout.fields[i]?.name)).not.toContain('sex');
    expect(encoder.filterBytes).toBe(64 * (personLayout.fields.length - 1));
  });
});

test('a remembered value encodes as it did the first time', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...person, '', 'Ana', '2010-10-10'), { minLength: 8, maxLength: 8 }),
      (values) => {
        const fresh = fieldEncoder(personLayout, key);
        expect(encodePerson(encoder, values)).toEqual(encodePerson(fresh, values));
      },
    ),
    { numRuns: 20 },
  );
});

test('a person token belongs to one agency', () => {
  const [probation, education] = [personTokens(key, 'probation'), personTokens(key, 'education')];
  expect(probation('17')).toMatch(/^[0-9a-f]{32}$/);
  expect(probation(' 17')).toBe(probation('17'));
  expect(probation('17')).not.toBe(education('17'));
});
