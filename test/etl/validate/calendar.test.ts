import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, dayOfMoment, dayOfText, momentOfText } from '../../../etl/validate/calendar.ts';

const DAY = 86_400_000;
const dates = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2199-12-31T23:59:59Z'),
  noInvalidDate: true,
});

describe('a day', () => {
  test('is read as Date reads it', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(dayOfText(date.toISOString().slice(0, 10))).toBe(Math.floor(date.getTime() / DAY));
      }),
    );
  });

  test('is there only if the calendar has it', () => {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        for (const year of [1900, 2000, 2023, 2024, 2100]) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const date = new Date(Date.UTC(year, month - 1, day));
          const real = date.toISOString().startsWith(text);
          expect(dayOfText(text), text).toBe(real ? date.getTime() / DAY : NaN);
        }
      }
    }
  });

  test.each(['1899-12-31', '2200-01-01', '2025/03/01', '2025-3-01', '2025-03-1x', ' 2025-03-01', ''])(
    'is not read from %j',
    (text) => {
      expect(dayOfText(text)).toBeNaN();
    },
  );
});

describe('a moment', () => {
  test.each([
    ['2025-03-01T10:20Z', '2025-03-01T10:20:00.000Z'],
    ['2025-03-01 10:20:30+00', '2025-03-01T10:20:30.000Z'],
    ['2025-03-01T10:20:30.5-0730', '2025-03-01T17:50:30.500Z'],
    ['2025-03-01T10:20:30.123456+14:00', '2025-02-28T20:20:30.123Z'],
  ])('%s is %s', (text, iso) => {
    expect(Math.floor(momentOfText(text))).toBe(Date.parse(iso));
  });

  test.each([
    '2025-03-01',
    '2025-03-01T10:20',
    '2025-03-01T10:20:30',
    '2025-03-01T24:00:00Z',
    '2025-03-01T10:60:00Z',
    '2025-03-01T10:20:60Z',
    '2025-03-01T10:20:30.Z',
    '2025-03-01T10:20:30.1234567Z',
    '2025-03-01T10:20:30+15:00',
    '2025-03-01T10:20:30+1:00',
    '2025-03-01T10:20:30z',
    '2025-02-29T10:20:30Z',
    '2025-03-01x10:20:30Z',
    '2025-03-01T10:20:30Z ',
  ])('is not read from %s', (text) => {
    expect(momentOfText(text)).toBeNaN();
  });

  test('falls on the day that clocks in California show', () => {
    const shown = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles', dateStyle: 'short' });
    fc.assert(
      fc.property(dates, (date) => {
        fc.pre(date.getUTCFullYear() > 1970);
        expect(dayOfMoment(date.getTime())).toBe(Date.parse(shown.format(date)) / DAY);
      }),
    );
  });
});

test('a month on is the same day, or the last that there is', () => {
  expect(addMonths(dayOfText('2024-01-31'), 1)).toBe(dayOfText('2024-02-29'));
  expect(addMonths(dayOfText('2025-12-15'), 1)).toBe(dayOfText('2026-01-15'));
  expect(addMonths(dayOfText('2025-08-31'), 6)).toBe(dayOfText('2026-02-28'));
});
