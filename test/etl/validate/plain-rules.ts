/** The row rules once more, slowly and over strings: an oracle for the compiled ones. */
import type { Limit } from '../../../src/contracts/clock.ts';
import type { Condition, Matcher } from '../../../src/contracts/condition.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { limitAsOf, requiredParties } from '../../../src/contracts/lookup.ts';
import type { Test } from '../../../src/contracts/quality-test.ts';
import type { Field, RecordType } from '../../../src/contracts/record.ts';

/** A row after mapping: codes are shared codes, several are joined by semicolons, and missing values are absent. */
export type PlainRow = Readonly<Record<string, string | undefined>>;

const pacific = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export function plainDay(value: string): string {
  return value.length === 10 ? value : pacific.format(instant(value));
}

/** Date reads an offset only as +hh:mm. */
function instant(value: string): number {
  const iso = value
    .replace(' ', 'T')
    .replace(/([+-]\d\d)$/, '$1:00')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return new Date(iso).getTime();
}

export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function shiftMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** True, false, or undefined where a missing value leaves it open. */
export function meets(record: RecordType, row: PlainRow, condition: Condition): boolean | undefined {
  const answers = new Set(
    Object.entries(condition.fields).map(([name, matcher]) => {
      const field = record.fields.find((candidate) => candidate.name === name);
      return matches(field, row[name], matcher);
    }),
  );
  if (answers.has(false)) return false;
  return answers.has(undefined) ? undefined : true;
}

function matches(field: Field | undefined, value: string | undefined, matcher: Matcher): boolean | undefined {
  if (matcher.present !== undefined) return (value !== undefined) === matcher.present;
  if (value === undefined) return undefined;
  const codes = field?.several === true ? value.split(';') : [value];
  const isOneOf = (wanted: readonly (string | number | boolean)[]): boolean =>
    codes.some((code) => wanted.some((one) => String(one) === asWritten(field, code)));
  if (matcher.in !== undefined) return isOneOf(matcher.in);
  if (matcher.notIn !== undefined) return !isOneOf(matcher.notIn);
  if (matcher.under !== undefined)
    return codes.some((code) => matcher.under?.some((stem) => code.startsWith(stem)));
  if (typeof matcher.min === 'number' || typeof matcher.max === 'number') {
    return (
      Number(value) >= Number(matcher.min ?? -Infinity) && Number(value) <= Number(matcher.max ?? Infinity)
    );
  }
  const day = plainDay(value);
  return day >= (matcher.min ?? '') && day <= (matcher.max ?? '9');
}

function asWritten(field: Field | undefined, value: string): string {
  if (field?.type === 'boolean') return String(['true', 'True', 'TRUE', '1'].includes(value));
  return field?.type === 'integer' || field?.type === 'number' ? String(Number(value)) : value;
}

function isLonger(from: string, to: string, limit: Limit): boolean {
  const moments = from.length > 10 && to.length > 10;
  if (moments && limit.days === 0 && limit.months === 0) {
    return instant(to) - instant(from) > limit.hours * 3_600_000;
  }
  const days = limit.days + Math.ceil(limit.hours / 24);
  return plainDay(to) > shiftDay(shiftMonths(plainDay(from), limit.months), days);
}

/** Whether a row fails a test of scope `row`. */
export function plainlyFails(
  contracts: Contracts,
  record: RecordType,
  row: PlainRow,
  test: Test,
  asOf: string,
): boolean {
  if (test.when !== undefined && meets(record, row, test.when) !== true) return false;
  const own = (name: string): string => {
    const moment = (wanted: string): string | undefined =>
      record.fields.find((field) => field.moment === wanted)?.name;
    if (name === '$start') return moment('start') ?? moment('at') ?? '';
    return name === '$end' ? (moment('end') ?? '') : name;
  };
  switch (test.kind) {
    case 'not_future':
      return record.fields.some((field) => {
        const value = row[field.name];
        if (field.moment === undefined || value === undefined || /^(valid|effective)_/.test(field.name))
          return false;
        return value.length === 10 ? value > plainDay(asOf) : instant(value) > instant(asOf);
      });
    case 'requires':
      return meets(record, row, test.must) === false;
    case 'forbids':
      return meets(record, row, test.that) === true;
    case 'order': {
      const [earlier, later] = [row[own(test.earlier)], row[own(test.later)]];
      if (earlier === undefined || later === undefined) return false;
      if (earlier.length > 10 && later.length > 10 && test.allowDays === 0)
        return instant(earlier) > instant(later);
      return plainDay(earlier) > shiftDay(plainDay(later), test.allowDays);
    }
    case 'within': {
      const from = row[test.from];
      const to = row[test.to] ?? (test.missing === 'breaks' ? asOf : undefined);
      if (from === undefined || to === undefined) return false;
      const clock = contracts.clocks.get(test.clock ?? '');
      const on = plainDay(from);
      const county = row.county_fips ?? '';
      const limit =
        clock === undefined
          ? { iso: '', hours: test.hours ?? 0, days: test.days ?? 0, months: 0 }
          : limitAsOf(clock, { on, county });
      const field = record.fields.find((candidate) => candidate.name === test.to);
      return limit !== undefined && isLonger(from, field?.type === 'date' ? plainDay(to) : to, limit);
    }
    case 'sum': {
      const total = row[test.total];
      if (total === undefined) return false;
      const thousandths = (value: string | undefined): number => Math.round(Number(value ?? 0) * 1000);
      const added = test.parts.reduce((sum, part) => sum + thousandths(row[part]), 0);
      return Math.abs(added - thousandths(total)) > test.tolerance * 1000;
    }
    case 'check': {
      if (test.check !== 'required_parties_present') return false;
      const present = new Set((row.parties ?? '').split(';'));
      return requiredParties(contracts, 'mdt', plainDay(row.held_at ?? '')).some(
        (party) => !present.has(party),
      );
    }
    case 'shape':
    case 'range':
    case 'age':
    case 'unique':
    case 'reference':
    case 'companion':
    case 'no_overlap':
    case 'no_gap':
    case 'agree':
    case 'volume':
    case 'silence':
    case 'trend':
      return false;
  }
}
