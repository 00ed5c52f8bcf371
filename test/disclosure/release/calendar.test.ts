import { describe, expect, it } from 'vitest';
import { isClosed, partsOfPeriod, periodEnd } from '../../../src/disclosure/catalogue/periods.ts';
import { dueReleases, readCalendar, releaseOf } from '../../../src/disclosure/release/calendar.ts';

const calendar = [
  { cadence: 'monthly', afterDays: 30, state: 'provisional' },
  { cadence: 'quarterly', afterDays: 60, state: 'provisional' },
  { cadence: 'yearly', afterDays: 120, state: 'final' },
] as const;

describe('the calendar', () => {
  it.each([
    ['2026-04-30', ['2026-03', '2025-Q4', '2025']],
    ['2026-04-29', ['2026-02', '2025-Q4', '2024']],
    ['2026-05-30', ['2026-04', '2026-Q1', '2025']],
    ['2026-01-15', ['2025-11', '2025-Q3', '2024']],
  ])('on %s asks for the newest periods that are over and settled', (today, periods) => {
    expect(dueReleases(calendar, [], today, today).map(({ period }) => period)).toEqual(periods);
  });

  it('asks for nothing that was made, withdrawn or not', () => {
    const made = [{ cadence: 'yearly', period: '2025' }];
    expect(dueReleases(calendar, made, '2026-05-30', '2026-05-30').map(({ cadence }) => cadence)).toEqual([
      'monthly',
      'quarterly',
    ]);
  });

  it('ships, with every cadence', () => {
    expect(readCalendar().map(({ cadence }) => cadence)).toEqual(['monthly', 'quarterly', 'yearly']);
    expect(releaseOf(readCalendar(), '2025-Q2', '2026-05-30')).toMatchObject({
      closedOn: '2025-06-30',
      state: 'provisional',
    });
  });
});

describe('a period', () => {
  it('ends on its last day', () => {
    expect(['2024', '2022/2024', '2024-Q1', '2024-02'].map(periodEnd)).toEqual([
      '2024-12-31',
      '2024-12-31',
      '2024-03-31',
      '2024-02-29',
    ]);
    expect(isClosed('2024-Q4', '2024-12-30')).toBe(false);
    expect(() => periodEnd('lately')).toThrow(/no period/);
  });

  it('has parts', () => {
    expect(partsOfPeriod('2022/2024')).toEqual(['2022', '2023', '2024']);
    expect(partsOfPeriod('2024')).toHaveLength(4);
    expect(partsOfPeriod('2024-Q1')).toEqual([]);
  });
});
