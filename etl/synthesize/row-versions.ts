import type { Field, RecordType } from '../../src/contracts/record.ts';
import { type Day, dayText, parseDay } from './day.ts';
import type { Cells, Row } from './story.ts';
import { Stream } from './stream.ts';

/** One appearance of a row in one delivery: night 0 is the full one. */
export interface Version {
  readonly night: number;
  readonly number: number;
  readonly op: 'insert' | 'update' | 'delete';
  readonly updated: Day;
  readonly cells: Cells;
  /** The rule that must reject this version; none for a sound one. */
  readonly rejectedBy: string | undefined;
}

/** How many rows in a thousand of the full delivery fare so; only rows that no other row points at. */
export interface Mishaps {
  readonly rejected: number;
  readonly corrected: number;
  readonly withdrawn: number;
}

export const ordinaryMishaps: Mishaps = { rejected: 4, corrected: 8, withdrawn: 3 };

/** All appearances of a row, in the order of the nights. */
export function versionsOf(
  row: Row,
  record: RecordType,
  isLeaf: boolean,
  plan: { readonly seed: number; readonly asOf: Day; readonly nights: number; readonly mishaps: Mishaps },
): readonly Version[] {
  const night = Math.max(0, row.updated - plan.asOf);
  if (night > plan.nights) return [];
  const first: Version = {
    night,
    number: 1,
    op: 'insert',
    updated: row.updated,
    cells: row.cells,
    rejectedBy: undefined,
  };
  if (row.later !== undefined) {
    const { updated, cells } = row.later;
    const laterNight = updated - plan.asOf;
    if (laterNight > plan.nights || laterNight <= night) return [first];
    return [first, { night: laterNight, number: 2, op: 'update', updated, cells, rejectedBy: undefined }];
  }
  if (night > 0 || !isLeaf || plan.nights === 0) return [first];
  const stream = new Stream(plan.seed, 'mishap', row.agency, row.id);
  const fate = stream.below(1000);
  const again = stream.between(1, plan.nights);
  const resent = { night: again, number: 2, updated: plan.asOf + again };
  const { rejected, corrected, withdrawn } = plan.mishaps;
  if (fate < rejected) {
    const defect = spoil(row, record, stream);
    return [
      { ...first, cells: defect.cells, rejectedBy: defect.rule },
      { ...resent, op: 'update', cells: row.cells, rejectedBy: undefined },
    ];
  }
  if (fate < rejected + corrected)
    return [
      { ...first, cells: incomplete(row.cells, record, stream) },
      { ...resent, op: 'update', cells: row.cells, rejectedBy: undefined },
    ];
  if (fate < rejected + corrected + withdrawn)
    return [first, { ...resent, op: 'delete', cells: row.cells, rejectedBy: undefined }];
  return [first];
}

/** A row as it was first entered: one of the things that may be left out was. */
function incomplete(cells: Cells, record: RecordType, stream: Stream): Cells {
  const optional = record.fields.filter(
    (field) => !field.constraints.required && field.moment === undefined && (cells[field.name] ?? '') !== '',
  );
  return optional.length === 0 ? cells : { ...cells, [stream.pick(optional).name]: '' };
}

/** Makes a row that a rule must reject: an unknown code, an empty required cell, an end before the start. */
function spoil(
  row: Row,
  record: RecordType,
  stream: Stream,
): { readonly cells: Cells; readonly rule: string } {
  const { cells } = row;
  const choice = stream.below(3);
  const start = record.fields.find((field) => field.type === 'date' && field.moment === 'start');
  const end = record.fields.find((field) => field.type === 'date' && field.moment === 'end');
  const from = start === undefined ? '' : (cells[start.name] ?? '');
  if (choice === 0 && end !== undefined && from !== '')
    return { cells: { ...cells, [end.name]: dayText(parseDay(from) - 3) }, rule: 'Q005' };
  const required = record.fields.filter(
    (field: Field) => (cells[field.name] ?? '') !== '' && field.constraints.required,
  );
  const coded = required.filter((field) => field.codes !== undefined);
  if (choice === 1 && coded.length > 0)
    return { cells: { ...cells, [stream.pick(coded).name]: UNKNOWN_CODE }, rule: 'Q001' };
  return { cells: { ...cells, [stream.pick(required).name]: '' }, rule: 'Q001' };
}

/** Stands in no list, and is no word. */
export const UNKNOWN_CODE = 'ZZ9';
