import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Test } from '../../../src/contracts/quality-test.ts';
import { dayOfMoment } from '../calendar.ts';
import { boundOf, comparable, compileCondition } from './row-condition.ts';
import { type RowLayout, slotOf } from './row-layout.ts';
import { compileSpan } from './span-limit.ts';
import { FALSE, type Question, TRUE } from './three-valued.ts';

/** The moment that the delivery describes, in both of its forms. */
export interface AsOf {
  readonly moment: number;
  readonly day: number;
}

/** Whether the row at hand fails a test. Where a value that the test needs is missing it does not fail. */
export type Fails = () => boolean;

export interface RowTest {
  readonly fails: Fails;
  /** The fields that the test reads, by slot; the last is named in a reject. */
  readonly reads: readonly number[];
}

/** Compiles one test of scope `row`, to several where it asks alike of several fields, or to none. */
export function compileTest(
  contracts: Contracts,
  layout: RowLayout,
  test: Test,
  asOf: AsOf,
): readonly RowTest[] {
  const bare =
    test.kind === 'not_future' ? notFuture(layout, asOf) : compileOne(contracts, layout, test, asOf);
  if (bare === undefined) return [];
  const tests = Array.isArray(bare) ? bare : [bare];
  if (test.when === undefined) return tests;
  const applies = compileCondition(layout, test.when);
  return tests.map(({ fails, reads }) => ({ fails: () => applies() === TRUE && fails(), reads }));
}

function compileOne(contracts: Contracts, layout: RowLayout, test: Test, asOf: AsOf): RowTest | undefined {
  const { values, kinds } = layout;
  const slot = (name: string): number => slotOf(layout, name);
  const slots = (names: readonly string[]): number[] => names.map(slot);
  switch (test.kind) {
    case 'shape':
      return undefined;
    case 'requires': {
      const must = compileCondition(layout, test.must);
      return { fails: () => must() === FALSE, reads: slots(Object.keys(test.must.fields)) };
    }
    case 'forbids': {
      const that: Question = compileCondition(layout, test.that);
      return { fails: () => that() === TRUE, reads: slots(Object.keys(test.that.fields)) };
    }
    case 'range': {
      const at = slot(test.field);
      const low = test.min === undefined ? -Infinity : boundOf(test.min);
      const high = test.max === undefined ? Infinity : boundOf(test.max);
      const fails: Fails = () => {
        const value = comparable(layout, at, values[at] as number);
        return value < low || value > high;
      };
      return { fails, reads: [at] };
    }
    case 'order':
      return order(layout, slot(test.earlier), slot(test.later), test.allowDays);
    case 'within': {
      const [from, to] = [slot(test.from), slot(test.to)];
      const both = { from: timeKind(kinds[from]), to: timeKind(kinds[to]) };
      const exceeds = compileSpan(contracts, layout, test, both);
      const until = both.to === 'moment' ? asOf.moment : asOf.day;
      const missingBreaks = test.missing === 'breaks';
      const fails: Fails = () => {
        const start = values[from] as number;
        const end = values[to] as number;
        if (Number.isNaN(start)) return false;
        if (Number.isNaN(end)) return missingBreaks && exceeds(start, until);
        return exceeds(start, end);
      };
      return { fails, reads: [from, to] };
    }
    case 'sum':
      return sum(values, slots(test.parts), slot(test.total), test.tolerance);
    case 'age':
      return age(layout, slot(test.at), test.min, test.max);
    case 'check':
      return compileCheck(contracts, layout, test.check);
    case 'not_future':
    case 'unique':
    case 'reference':
    case 'companion':
    case 'no_overlap':
    case 'no_gap':
    case 'agree':
    case 'volume':
    case 'silence':
    case 'trend':
      throw new Error(`a row alone cannot answer a test of kind ${test.kind}`);
  }
}

function timeKind(kind: string | undefined): 'day' | 'moment' {
  return kind === 'moment' ? 'moment' : 'day';
}

/** The span of a licence or a programme may end, and even begin, after the delivery was made; what happened may not. */
const VALIDITY = /^(?:valid|effective)_(?:from|to)$/;

function notFuture(layout: RowLayout, asOf: AsOf): RowTest[] {
  const { values, kinds, fields } = layout;
  return fields.flatMap((field, at) => {
    if (field.moment === undefined || VALIDITY.test(field.name)) return [];
    const limit = kinds[at] === 'moment' ? asOf.moment : asOf.day;
    return { fails: () => (values[at] as number) > limit, reads: [at] };
  });
}

function order(layout: RowLayout, earlier: number, later: number, allowDays: number): RowTest | undefined {
  if (earlier < 0 || later < 0 || earlier === later) return undefined;
  const { values, kinds } = layout;
  const reads = [earlier, later];
  if (kinds[earlier] === kinds[later] && (allowDays === 0 || kinds[later] === 'day')) {
    return { fails: () => (values[earlier] as number) > (values[later] as number) + allowDays, reads };
  }
  const fails: Fails = () => {
    const first = comparable(layout, earlier, values[earlier] as number);
    return first > comparable(layout, later, values[later] as number) + allowDays;
  };
  return { fails, reads };
}

/** Decimals are added as millionths, so that 0.1 and 0.2 make 0.3. A part that is not given is none. */
function sum(values: Float64Array, parts: readonly number[], total: number, tolerance: number): RowTest {
  const millionths = (value: number): number => (Number.isNaN(value) ? 0 : Math.round(value * 1e6));
  const allowed = millionths(tolerance);
  const fails: Fails = () => {
    if (Number.isNaN(values[total])) return false;
    let added = 0;
    for (let i = 0; i < parts.length; i++) added += millionths(values[parts[i] as number] as number);
    return Math.abs(added - millionths(values[total] as number)) > allowed;
  };
  return { fails, reads: [...parts, total] };
}

/** The hub knows the month of birth at best, so an age is only out of bounds if it is so on every day of the month. */
function age(layout: RowLayout, at: number, min: number | undefined, max: number | undefined): RowTest {
  const [birthYear, birthMonth] = [slotOf(layout, 'birth_year'), slotOf(layout, 'birth_month')];
  if (birthYear < 0) throw new Error(`${layout.record.name} holds no year of birth`);
  const { values } = layout;
  const fails: Fails = () => {
    const day = comparable(layout, at, values[at] as number);
    const year = values[birthYear] as number;
    if (Number.isNaN(day) || Number.isNaN(year)) return false;
    const date = new Date(day * 86_400_000);
    const month = values[birthMonth] ?? NaN;
    const passed = date.getUTCFullYear() - year;
    const oldest = date.getUTCMonth() + 1 < month ? passed - 1 : passed;
    const youngest = date.getUTCMonth() + 1 > month ? passed : passed - 1;
    return (min !== undefined && oldest < min) || (max !== undefined && youngest > max);
  };
  return { fails, reads: [birthYear, at] };
}

function compileCheck(contracts: Contracts, layout: RowLayout, check: string): RowTest | undefined {
  switch (check) {
    case 'required_parties_present':
      return requiredParties(contracts, layout);
    // Carried out where codes are read, since the row never holds what the rule keeps out.
    case 'part_2_services':
    // No table of a tool's bands has been verified yet; which tool a band belongs to is a test of its own.
    case 'score_in_tool_range':
      return undefined;
    default:
      throw new Error(`a row alone cannot answer the check ${check}`);
  }
}

function requiredParties(contracts: Contracts, layout: RowLayout): RowTest {
  const [parties, held] = [slotOf(layout, 'parties'), slotOf(layout, 'held_at')];
  const { values, codeNames } = layout;
  const cell = layout.codes[parties] ?? new Int32Array(0);
  const sets = contracts.parties.required
    .filter((set) => set.for === 'mdt')
    .map((set) => ({
      first: boundOf(set.effectiveFrom),
      last: set.effectiveTo === undefined ? Infinity : boundOf(set.effectiveTo),
      codes: set.parties.map((party) => codeNames[parties]?.indexOf(party) ?? -1),
    }));
  const fails: Fails = () => {
    const day = dayOfMoment(values[held] as number);
    const count = values[parties] as number;
    const required = sets.find((set) => day >= set.first && day <= set.last);
    if (required === undefined || Number.isNaN(count)) return false;
    const present = cell.subarray(0, count);
    return required.codes.some((code) => !present.includes(code));
  };
  return { fails, reads: [parties] };
}
