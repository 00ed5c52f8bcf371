/** Companions and overlaps once more, row by row in memory: an oracle for the statements. */

import { recordNamed } from '../../../../src/contracts/lookup.ts';
import type { Test } from '../../../../src/contracts/quality-test.ts';
import { meets, type PlainRow, plainDay, shiftDay } from '../plain-rules.ts';
import { AS_OF, contracts } from './stored-world.ts';

export interface PlainStored {
  readonly record: string;
  readonly id: string;
  readonly cells: PlainRow;
}

export type CompanionTest = Extract<Test, { kind: 'companion' }>;
export type OverlapTest = Extract<Test, { kind: 'no_overlap' }>;

const FOREVER = '9999-12-31';

function dayOf(row: PlainStored, field: string): string | undefined {
  const value = row.cells[field];
  return value === undefined ? undefined : plainDay(value);
}

function holds(row: PlainStored, where: Test['when']): boolean {
  return where === undefined || meets(recordNamed(contracts, row.record), row.cells, where) === true;
}

function personOf(row: PlainStored): string {
  return row.cells.person_token?.split('.')[0] ?? '';
}

function shares(one: PlainStored, other: PlainStored, by: readonly string[]): boolean {
  return by.every((name) =>
    name === 'linked_person'
      ? personOf(one) === personOf(other)
      : one.cells[name] !== undefined && one.cells[name] === other.cells[name],
  );
}

function span(row: PlainStored): [string, string] | undefined {
  const { fields } = recordNamed(contracts, row.record);
  const start = (
    fields.find(({ moment }) => moment === 'start') ?? fields.find(({ moment }) => moment === 'at')
  )?.name;
  const first = dayOf(row, start ?? '');
  if (first === undefined) return undefined;
  const end = fields.find(({ moment }) => moment === 'end')?.name;
  return [first, end === undefined ? first : (dayOf(row, end) ?? FOREVER)];
}

export function plainCompanion(stored: readonly PlainStored[], about: string, test: CompanionTest): string[] {
  const breaks = (row: PlainStored): boolean => {
    if (row.record !== about || !holds(row, test.when)) return false;
    const from = test.from === undefined ? undefined : dayOf(row, test.from);
    if (test.from !== undefined && from === undefined) return false;
    const found = stored.some((other) =>
      test.anyOf.some((wanted) => {
        if (other.record !== wanted.record || other === row || !holds(other, wanted.where)) return false;
        if (!shares(row, other, test.by)) return false;
        if (test.otherAgency && other.cells.source_agency === row.cells.source_agency) return false;
        const [own, theirs] = [span(row), span(other)];
        if (test.overlapping) {
          if (own === undefined || theirs === undefined) return false;
          if (own[0] > theirs[1] || theirs[0] > own[1]) return false;
        }
        if (from === undefined || wanted.to === undefined) return true;
        const to = dayOf(other, wanted.to);
        if (to === undefined || to < shiftDay(from, -test.beforeDays)) return false;
        return test.afterDays === undefined || to <= shiftDay(from, test.afterDays);
      }),
    );
    if (!test.wanted) return found;
    const mayStillCome =
      from !== undefined && Boolean(test.afterDays) && shiftDay(from, test.afterDays ?? 0) >= plainDay(AS_OF);
    return !found && !mayStillCome;
  };
  return idsOf(stored.filter(breaks));
}

export function plainOverlap(stored: readonly PlainStored[], about: string, test: OverlapTest): string[] {
  const asked = stored.filter((row) => row.record === about && holds(row, test.when));
  const key = (row: PlainStored): string => `${dayOf(row, test.start)} ${row.cells.source_agency} ${row.id}`;
  const breaks = (row: PlainStored): boolean =>
    asked.some((other) => {
      if (other === row || !shares(row, other, test.by) || key(other) > key(row)) return false;
      const [one, two] = [dayOf(row, test.end) ?? FOREVER, dayOf(other, test.end) ?? FOREVER];
      return (one < two ? one : two) > shiftDay(dayOf(row, test.start) ?? '', test.toleranceDays);
    });
  return idsOf(asked.filter(breaks));
}

function idsOf(found: readonly PlainStored[]): string[] {
  return found.map((row) => row.id).sort();
}
