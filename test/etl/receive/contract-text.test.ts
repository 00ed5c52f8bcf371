import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayText,
  decimalText,
  floatText,
  momentText,
  numberText,
  signedFromBytes,
} from '../../../etl/receive/contract-text.ts';
import { isDay, momentOf } from '../../../etl/receive/moment.ts';

test('a day is the day of that moment in UTC', () => {
  expect(dayText(0)).toBe('1970-01-01');
  expect(dayText(-1)).toBe('1969-12-31');
  expect(dayText(20_513)).toBe('2026-03-01');
  fc.assert(fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => isDay(dayText(day))));
});

test('a moment keeps its places, whatever it is counted in, and says UTC only when it is', () => {
  expect(momentText(0n, 's', true)).toBe('1970-01-01T00:00:00Z');
  expect(momentText(1_500n, 'ms', true)).toBe('1970-01-01T00:00:01.5Z');
  expect(momentText(-1n, 'us', true)).toBe('1969-12-31T23:59:59.999999Z');
  expect(momentText(1_000_000_001n, 'ns', false)).toBe('1970-01-01T00:00:01.000000001');
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 13n }), (ms) => {
      expect(momentOf(momentText(ms, 'ms', true))).toBe(Number(ms));
      expect(momentText(ms * 1000n, 'us', true)).toBe(momentText(ms, 'ms', true));
      expect(momentOf(momentText(ms, 'ms', false))).toBeUndefined();
    }),
  );
});

test('a moment that no calendar has stays a number, which no check takes for one', () => {
  expect(momentOf(momentText(2n ** 63n - 1n, 's', true))).toBeUndefined();
  expect(isDay(dayText(2 ** 31))).toBe(false);
});

test('a decimal is its whole number with the point moved', () => {
  expect(decimalText(12345n, 2)).toBe('123.45');
  expect(decimalText(-5n, 3)).toBe('-0.005');
  expect(decimalText(1200n, 2)).toBe('12');
  expect(decimalText(0n, 4)).toBe('0');
  expect(decimalText(7n, -2)).toBe('700');
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.integer({ min: 0, max: 20 }),
      (value, scale) => {
        const text = decimalText(value, scale);
        const [whole, fraction = ''] = text.split('.');
        expect(BigInt(whole! + fraction.padEnd(scale, '0'))).toBe(value);
        expect(text).not.toMatch(/\.\d*0$/);
      },
    ),
  );
});

test('a number is written without exponent and comes back exactly', () => {
  expect([1e21, 1.5e-7, -2.5e300, 0.1, -0, 100].map(numberText).slice(0, 2)).toEqual([
    '1000000000000000000000',
    '0.00000015',
  ]);
  expect(numberText(-0)).toBe('0');
  expect(floatText(Math.fround(0.1))).toBe('0.1');
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(numberText(value)).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(numberText(value))).toBe(value === 0 ? 0 : value);
    }),
  );
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(Number(floatText(value)))).toBe(value === 0 ? 0 : value);
    }),
  );
});

test('bytes of two’s complement', () => {
  expect(signedFromBytes(Uint8Array.of(0xff))).toBe(-1n);
  expect(signedFromBytes(Uint8Array.of(0x01, 0x00))).toBe(256n);
  expect(signedFromBytes(Uint8Array.of(0x80, 0x00))).toBe(-32768n);
});

describe('days and moments of a manifest', () => {
  test('days of the calendar only', () => {
    expect(['2024-02-29', '2026-12-31'].every(isDay)).toBe(true);
    expect(['2025-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-04-31', ''].some(isDay)).toBe(false);
  });

  test('a moment is the same however its offset is written', () => {
    const moment = Date.UTC(2026, 2, 1, 7);
    for (const text of [
      '2026-03-01T07:00Z',
      '2026-03-01T00:00:00-07:00',
      '2026-03-01 00:00:00-0700',
      '2026-03-01T00:00-07',
      '2026-03-01T07:00:00.000Z',
    ])
      expect([text, momentOf(text)]).toEqual([text, moment]);
    for (const text of [
      '2026-02-30T00:00Z',
      '2026-03-01T24:30:00Z',
      '2026-03-01T00:61Z',
      '2026-03-01T00:00',
      '2026-03-01',
    ])
      expect([text, momentOf(text)]).toEqual([text, undefined]);
  });
});
