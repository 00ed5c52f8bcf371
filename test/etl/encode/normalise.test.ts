import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FieldKind, fieldKinds, normalise } from '../../../etl/encode/normalise.ts';
import { isCalendarDate } from '../../../etl/encode/read-date.ts';

const value = (kind: FieldKind, raw: string, order: 'mdy' | 'dmy' = 'mdy'): string =>
  normalise(kind, raw, order).value;
const outcome = (kind: FieldKind, raw: string): string => normalise(kind, raw).outcome;

describe('names', () => {
  test.each([
    ['  ZOË ', 'zoe'],
    ["O'Brien", 'obrien'],
    ['de la Cruz', 'delacruz'],
    ['De-La-Cruz', 'delacruz'],
    ['Łukasz', 'lukasz'],
    ['Müller', 'muller'],
    ['Straße', 'strasse'],
    ['Smith Jr.', 'smith'],
    ['李', '李'],
  ])('%s', (raw, expected) => {
    expect(value('surname', raw)).toBe(expected);
  });

  test('a whole name does not depend on the order of its words', () => {
    expect(value('name', 'Ana de la Cruz')).toBe(value('name', 'CRUZ, de la, Ana'));
  });

  test.each(['Unknown', 'N/A', 'baby boy', '???'])('%s is a placeholder', (raw) => {
    expect(outcome('given', raw)).toBe('placeholder');
  });
});

describe('dates', () => {
  test.each([
    ['2009-03-09', '20090309'],
    ['20090309', '20090309'],
    ['3/9/2009', '20090309'],
    ['03-09-09', '20090309'],
    ['25/12/2009', '20091225'],
    ['9 Mar 2009', '20090309'],
    ['March 9, 2009', '20090309'],
    ['2009-03-09T00:00:00Z', '20090309'],
    ['03092009', '20090309'],
  ])('%s with the month first', (raw, expected) => {
    expect(value('date', raw)).toBe(expected);
  });

  test('the day first when the file says so', () => {
    expect(value('date', '09-03-2009', 'dmy')).toBe('20090309');
  });

  test.each(['1900-01-01', '01/01/1900', '9999-12-31', '00000000'])('%s is a placeholder', (raw) => {
    expect(outcome('date', raw)).toBe('placeholder');
  });

  test('a day that the calendar lacks is counted as malformed and still compared', () => {
    expect(normalise('date', '2009-02-30')).toEqual({ value: '20090230', outcome: 'malformed' });
  });

  test('every day of four centuries is read back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1850-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        (day) => {
          const iso = day.toISOString().slice(0, 10);
          const compact = iso.replaceAll('-', '');
          fc.pre(outcome('date', iso) !== 'placeholder');
          const [year, month, date] = iso.split('-');
          expect(isCalendarDate(compact)).toBe(true);
          expect(value('date', iso)).toBe(compact);
          expect(value('date', `${month}/${date}/${year}`)).toBe(compact);
          expect(value('date', `${date}.${month}.${year}`, 'dmy')).toBe(compact);
        },
      ),
    );
  });
});

describe('numbers', () => {
  test.each(['123-45-6789', '999-99-9999', '078-05-1120', '000000000'])('%s is a placeholder', (raw) => {
    expect(outcome('id', raw)).toBe('placeholder');
  });

  test.each(['000-12-3456', '666-12-3456', '912-12-3456', '219-00-1234', '219-45-0000'])(
    '%s cannot be a Social Security number',
    (raw) => {
      expect(normalise('id', raw)).toEqual({ value: '', outcome: 'malformed' });
    },
  );

  test('an own number of another length passes', () => {
    expect(value('id', ' 698-8048 ')).toBe('6988048');
  });

  test('a telephone number without its country', () => {
    expect(value('phone', '+1 (213) 555-0142')).toBe('2135550142');
  });

  test('a ZIP code without the four that may follow', () => {
    expect(value('postcode', '90012-1234')).toBe('90012');
  });
});

test.each(['homeless', 'General Delivery', 'unknown'])('%s is no address', (raw) => {
  expect(outcome('text', raw)).toBe('placeholder');
});

test('normalising never throws, and a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...fieldKinds), fc.string({ unit: 'grapheme' }), (kind, raw) => {
      const once = normalise(kind, raw);
      if (once.outcome === 'empty' || once.outcome === 'placeholder') expect(once.value).toBe('');
      if (kind === 'given' && once.outcome === 'present' && /^[a-z]{3,}$/.test(once.value)) {
        expect(['present', 'placeholder']).toContain(normalise(kind, once.value).outcome);
      }
    }),
  );
});
