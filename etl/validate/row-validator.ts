import type { Contracts } from '../../src/contracts/contracts.ts';
import type { RecordType } from '../../src/contracts/record.ts';
import { Refused } from '../../src/errors.ts';
import type { Batch } from '../receive/batch.ts';
import { dayOfMoment, momentOfText } from './calendar.ts';
import type { CopyBuffer } from './copy-buffer.ts';
import { failureExaminer, SHAPE_RULE } from './failure.ts';
import { ByteTable } from './field/byte-table.ts';
import { type Circumstances, compileFields } from './field/compile-fields.ts';
import type { FieldForm } from './field/field-form.ts';
import { rowDays } from './field/row-days.ts';
import { textOf } from './field/text-field.ts';
import { placeColumns } from './guard/header.ts';
import {
  type BatchOutcome,
  count,
  emptyTally,
  FIRST_REJECTS,
  type Finding,
  type Reject,
  type RuleCount,
  type Tally,
} from './outcome.ts';
import { layOut } from './rule/row-layout.ts';
import { compileRowRules } from './rule/row-rule.ts';
import type { AsOf } from './rule/row-test.ts';
import { type StagingColumn, stagingColumns } from './staging-columns.ts';

export interface RowValidator {
  readonly record: RecordType;
  /** What COPY is told: the line number first, then the record's fields in contract order. */
  readonly columns: readonly StagingColumn[];
  /** Starts a file by its header; refuses it if the columns cannot be right. `file` is only for messages. */
  open(file: string, columns: readonly string[]): FileValidator;
}

export interface FileValidator {
  /**
   * Appends the accepted rows of a batch to `out`. Throws if anything that identifies a person is met; what was
   * appended before must then be thrown away with the rest of the delivery.
   */
  validate(batch: Batch, out: CopyBuffer): BatchOutcome;
  readonly tally: Tally;
}

/** Everything about a record, an agency and a day that its rows are judged by. */
export function compileRowValidator(
  contracts: Contracts,
  record: RecordType,
  circumstances: Circumstances,
): RowValidator {
  if (record.subject === 'delivery') {
    throw new Refused('NO_ROWS', `${record.name} describes a delivery and is not sent as rows`);
  }
  const moment = momentOfText(circumstances.asOf);
  if (Number.isNaN(moment)) {
    throw new Refused('AS_OF_UNREADABLE', 'the as-of of the delivery is no moment', {
      remedy: 'write it with its offset, as 2026-03-01T02:00:00-08:00',
    });
  }
  const asOf = { moment, day: dayOfMoment(moment) };
  return {
    record,
    columns: stagingColumns(record),
    open: (file, columns) => openFile(contracts, record, circumstances, asOf, file, columns),
  };
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const CAPITAL_N = 0x4e;
const MOST_LINE_DIGITS = 10;

function openFile(
  contracts: Contracts,
  record: RecordType,
  circumstances: Circumstances,
  asOf: AsOf,
  file: string,
  columns: readonly string[],
): FileValidator {
  const places = placeColumns(contracts, record, circumstances.system, file, columns);
  const layout = layOut(contracts, record);
  const { values, codes, fields } = layout;
  const rolledUp = new Int32Array(fields.length);
  const days = rowDays(layout, places, asOf.day);
  const forms = compileFields(contracts, layout, { values, codes, rolledUp, days }, circumstances);
  const rules = compileRowRules(contracts, layout, asOf);
  const tally = emptyTally();
  const examine = failureExaminer(contracts, layout, file, tally);

  const width = forms.length;
  const writers = forms.map((form) => form.write);
  const absent = absentWords(record);
  const required = Uint8Array.from(forms, (form) => (form.field.constraints.required ? 1 : 0));
  const perByte = Float64Array.from(forms, (form) => form.room.perByte);
  const fixedRoom = forms.reduce((room, form) => room + form.room.fixed + 3, MOST_LINE_DIGITS + 1);
  const keySlot = fields.findIndex((field) => field.name === 'source_record_id');
  const opSlot = fields.findIndex((field) => field.codes === 'row_operation');
  const deletes = layout.codeNames[opSlot]?.indexOf('delete') ?? -1;
  const keyPlace = keySlot < 0 ? -1 : (places[keySlot] as number);

  /** The agency's key of a row, unless it is missing or malformed; it is written out only for rows to report. */
  const recordIdOf = (batch: Batch, base: number): string | undefined => {
    if (keyPlace < 0 || Number.isNaN(values[keySlot])) return undefined;
    return textOf(
      batch.bytes,
      batch.starts[base + keyPlace] as number,
      batch.ends[base + keyPlace] as number,
    );
  };

  const countRule = (rule: string): void => {
    let found = tally.rules.get(rule);
    if (found === undefined) {
      const severity = contracts.qualityRules.get(rule)?.severity ?? 'reject_row';
      found = { severity, rows: 0 } satisfies RuleCount;
      tally.rules.set(rule, found);
    }
    found.rows++;
  };

  const reasons: { rule: string; column: string | undefined }[] = [];
  const report = (batch: Batch, row: number, rejects: Reject[]): void => {
    const line = batch.lines[row] as number;
    const recordId = recordIdOf(batch, row * batch.columns);
    for (const { rule, column } of reasons) {
      const reject = { line, recordId, rule, column };
      rejects.push(reject);
      if (tally.first.length < FIRST_REJECTS) tally.first.push(reject);
    }
    for (const rule of new Set(reasons.map((reason) => reason.rule))) countRule(rule);
    tally.rejected++;
    reasons.length = 0;
    rolledUp.fill(0);
  };

  const keep = (batch: Batch, row: number, findings: Finding[]): void => {
    for (let r = 0; r < rules.length; r++) {
      const rule = rules[r] as (typeof rules)[number];
      if (rule.rejects || rule.broken() < 0) continue;
      const line = batch.lines[row] as number;
      const recordId = recordIdOf(batch, row * batch.columns);
      findings.push({ line, recordId, rule: rule.id, severity: rule.severity });
      countRule(rule.id);
    }
    for (let f = 0; f < width; f++) {
      if (rolledUp[f] === 0) continue;
      count(tally.rolledUp, fields[f]?.name ?? '');
      rolledUp[f] = 0;
    }
  };

  const validate = (batch: Batch, out: CopyBuffer): BatchOutcome => {
    const { bytes, starts, ends, lines, rows } = batch;
    const rejects: Reject[] = [];
    const findings: Finding[] = [];
    let accepted = 0;
    for (let row = 0; row < rows; row++) {
      const base = row * batch.columns;
      days.row(batch, base);
      out.reserve(fixedRoom);
      let target = out.bytes;
      let at = writeNumber(lines[row] as number, target, out.length);
      for (let f = 0; f < width; f++) {
        target[at++] = TAB;
        const place = places[f] as number;
        const start = place < 0 ? 0 : (starts[base + place] as number);
        const end = place < 0 ? 0 : (ends[base + place] as number);
        if (start === end || (absent !== undefined && absent.find(bytes, start, end) >= 0)) {
          values[f] = NaN;
          target[at++] = BACKSLASH;
          target[at++] = CAPITAL_N;
          if (required[f] === 1) reasons.push({ rule: SHAPE_RULE, column: fields[f]?.name });
          continue;
        }
        const room = at + (end - start) * (perByte[f] as number) + fixedRoom;
        if (room > target.length) {
          out.reserve(Math.ceil(room) - out.length);
          target = out.bytes;
        }
        const next = (writers[f] as FieldForm['write'])(bytes, start, end, target, at);
        if (next >= 0) at = next;
        else {
          values[f] = NaN;
          const rule = examine(f, next, lines[row] as number, bytes, start, end);
          reasons.push({ rule, column: fields[f]?.name });
        }
      }
      if (values[opSlot] === deletes) tally.deletes++;
      if (reasons.length === 0) {
        for (let r = 0; r < rules.length; r++) {
          const rule = rules[r] as (typeof rules)[number];
          if (!rule.rejects) continue;
          const broken = rule.broken();
          if (broken >= 0) reasons.push({ rule: rule.id, column: rule.columns[broken] });
        }
      }
      if (reasons.length > 0) {
        report(batch, row, rejects);
        continue;
      }
      keep(batch, row, findings);
      target[at++] = NEWLINE;
      out.length = at;
      accepted++;
    }
    tally.rows += rows;
    tally.accepted += accepted;
    return { rows, accepted, rejects, findings };
  };
  return { validate, tally };
}

/** Besides an empty cell, what a contract says stands for nothing; most say no more. */
function absentWords(record: RecordType): ByteTable | undefined {
  const words = record.missingValues.filter((word) => word !== '');
  return words.length === 0 ? undefined : new ByteTable(words.map((word, number) => [word, number]));
}

/** A line number in digits. */
function writeNumber(value: number, out: Uint8Array, at: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits++;
  for (let i = at + digits - 1, rest = value; i >= at; i--) {
    const tenth = Math.floor(rest / 10);
    out[i] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}
