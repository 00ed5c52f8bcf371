import type { Batch } from '../etl/receive/batch.ts';
import { CopyBuffer } from '../etl/validate/copy-buffer.ts';
import { compileRowValidator } from '../etl/validate/row-validator.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { recordNamed } from '../src/contracts/lookup.ts';
import type { System } from '../src/contracts/record.ts';
import { compare, median, type Result, type Run } from './harness.ts';

const ROWS = 200_000;
const ROWS_OF_A_BATCH = 4000;

interface Feed {
  readonly record: string;
  readonly agency: string;
  readonly system: System;
  readonly columns: readonly string[];
  readonly row: (at: number) => readonly string[];
}

const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = (at: number): string => `2025-${two(1 + (at % 12))}-${two(1 + (at % 28))}`;
const token = (at: number): string => `pt${(at * 2_654_435_761).toString(36).padStart(18, 'k3')}`;
const common = (agency: string, at: number): readonly string[] => [
  `r${(at + 1_000_000).toString(36).padStart(11, 'x0')}`,
  agency,
  '06001',
  '1',
  'insert',
  `${dayOf(at)}T0${at % 10}:15:00-08:00`,
  '',
  token(at),
];
const COMMON = [
  'source_record_id',
  'source_agency',
  'county_fips',
  'record_version',
  'op',
  'source_updated_at',
  'effective_date',
  'person_token',
];

const feeds: readonly Feed[] = [
  {
    record: 'cw_referral',
    agency: 'CW-1',
    system: 'child_welfare',
    columns: [
      ...COMMON,
      'referral_received_at',
      'reporter_type',
      'screening_decision',
      'csec_flag',
      'csec_special_project_code',
      'jurisdiction',
      'response_tier',
      'contact_made_at',
      'closed_date',
    ],
    row: (at) => [
      ...common('CW-1', at),
      `${dayOf(at)}T10:${two(at % 60)}:00-08:00`,
      '',
      at % 3 === 0 ? 'immediate' : '10_day',
      at % 2 === 0 ? 'none' : 'none',
      '',
      '',
      '',
      '',
      at % 4 === 0 ? '2025-12-30' : '',
    ],
  },
  {
    record: 'ed_enrollment',
    agency: 'ED-1',
    system: 'education',
    columns: [
      ...COMMON,
      'cds_school',
      'school_type',
      'enrollment_status',
      'grade',
      'start_date',
      'exit_date',
      'exit_reason',
      'completion',
    ],
    row: (at) => [
      ...common('ED-1', at),
      `19647330${100_000 + (at % 900_000)}`,
      '',
      '10',
      two(1 + (at % 12)),
      dayOf(at),
      at % 2 === 0 ? '2025-12-31' : '',
      at % 2 === 0 ? 'T160' : '',
      '',
    ],
  },
];

/** Rows validated a second on one core, all of them valid, beside a bare copy of the same bytes. */
export const run: Run = async ({ runs }) => {
  const contracts = loadContracts();
  const results: Result[] = [];
  for (const feed of feeds) {
    const batches = batchesOf(feed);
    const bytes = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
    const file = compileRowValidator(contracts, recordNamed(contracts, feed.record), {
      agency: feed.agency,
      system: feed.system,
      asOf: '2026-01-02T02:00:00-08:00',
      minorConsentServices: true,
      writeSurrogate: copyToken,
      surrogateBytes: 0,
    }).open(`${feed.record}.csv`, feed.columns);
    const out = new CopyBuffer(1 << 22);
    const validate = (): void => {
      let accepted = 0;
      for (const batch of batches) {
        out.clear();
        accepted += file.validate(batch, out).accepted;
      }
      if (accepted !== ROWS) throw new Error(`${feed.record}: ${accepted} of ${ROWS} rows were accepted`);
    };
    const copy = (): void => {
      for (const batch of batches) {
        out.clear();
        out.reserve(batch.bytes.length);
        out.bytes.set(batch.bytes, 0);
        out.length = batch.bytes.length;
      }
    };
    const { a, b } = await compare(validate, copy, runs);
    const core = median(Array.from({ length: runs }, () => coreSeconds(validate)));
    results.push(
      { what: `${feed.record}: validated by one core`, value: ROWS / core, unit: 'rows/s of CPU time' },
      { what: `${feed.record}: validated`, value: ROWS / a, unit: 'rows/s' },
      { what: `${feed.record}: validated`, value: bytes / a / 1e6, unit: 'MB/s' },
      { what: `${feed.record}: bytes copied and nothing else`, value: bytes / b / 1e6, unit: 'MB/s' },
    );
  }
  return results;
};

/** What one core spends, which a machine that others use too does not stretch. */
function coreSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Stands in for the keyed surrogate, whose cost is the loader's. */
function copyToken(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  for (let i = start; i < end; i++) out[at++] = bytes[i] as number;
  return at;
}

function batchesOf(feed: Feed): Batch[] {
  const batches: Batch[] = [];
  for (let from = 0; from < ROWS; from += ROWS_OF_A_BATCH) {
    const rows = Array.from({ length: ROWS_OF_A_BATCH }, (_, row) => feed.row(from + row));
    const cells = rows.flat();
    const starts = new Int32Array(cells.length);
    const ends = new Int32Array(cells.length);
    let at = 0;
    for (const [cell, value] of cells.entries()) {
      starts[cell] = at;
      at += value.length;
      ends[cell] = at++;
    }
    batches.push({
      bytes: new Uint8Array(Buffer.from(`${cells.join(',')}\n`)),
      rows: rows.length,
      columns: feed.columns.length,
      starts,
      ends,
      lines: Int32Array.from(rows, (_, row) => from + row + 2),
    });
  }
  return batches;
}
