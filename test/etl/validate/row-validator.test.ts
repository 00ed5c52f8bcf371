import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CopyBuffer } from '../../../etl/validate/copy-buffer.ts';
import type { Circumstances } from '../../../etl/validate/field/compile-fields.ts';
import { compileRowValidator } from '../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import type { RecordType } from '../../../src/contracts/record.ts';
import { batchOf, hexSurrogate } from './batches.ts';
import { plainlyValidate } from './plain-validator.ts';
import { files } from './random-rows.ts';
import { type Cells, validRow } from './valid-row.ts';

const contracts = loadContracts();
const DAY = '2026-06-30';
const sentRecords = [...contracts.records.values()].filter((record) => record.subject !== 'delivery');

function circumstancesOf(agency: string): Circumstances {
  return {
    agency,
    system: contracts.mappings.get(agency)?.system ?? 'cross_system',
    asOf: `${DAY}T22:00:00-07:00`,
    minorConsentServices: agency.endsWith('1'),
    writeSurrogate: hexSurrogate,
    surrogateBytes: 200,
  };
}

describe('on random rows the validator agrees with a plain one', () => {
  test.each(sentRecords.map((record) => record.name))('%s', (name) => {
    const record = recordNamed(contracts, name);
    const deliveries = [...contracts.mappings.keys(), 'XX-9'].map((agency) => {
      const circumstances = circumstancesOf(agency);
      return files(contracts, record, agency, circumstances.system).map((file) => ({
        circumstances,
        file,
      }));
    });
    fc.assert(
      fc.property(fc.oneof(...deliveries), ({ circumstances, file }) => {
        const validator = compileRowValidator(contracts, record, circumstances);
        const opened = validator.open('rows.csv', file.header);
        const out = new CopyBuffer(16);
        const outcome = opened.validate(batchOf(file.rows, file.header.length), out);
        const plain = plainlyValidate(contracts, record, circumstances, file.header, file.rows);
        const isShape = (rule: string): boolean => rule === 'Q001' || rule === 'Q305';
        expect({
          lines: out.written().toString().split('\n').slice(0, -1),
          rejects: outcome.rejects.map(({ line, rule, column }) =>
            isShape(rule) ? `${line} ${rule} ${column}` : `${line} ${rule}`,
          ),
          findings: outcome.findings.map(({ line, rule }) => `${line} ${rule}`),
        }).toEqual(plain);
        expect(outcome.accepted).toBe(plain.lines.length);
        expect(opened.tally.accepted + opened.tally.rejected).toBe(file.rows.length);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a code is judged by the days of its row', () => {
  const charge = (statute: string, offense: string): unknown =>
    send('pr_charge', { statute, offense_date: offense }).accepted;

  test('so a section that ended is taken for a day on which it stood, and for no later one', () => {
    expect(charge('PC 653.22', '2022-12-31')).toBe(1);
    expect(charge('PC 653.22', '2023-01-01')).toBe(0);
  });

  test('so a span takes what held on any of its days, and an open one lasts until the delivery', () => {
    const diagnosis = (code: string, day: string): unknown =>
      send('hl_diagnosis', { icd10: code, effective_date: day }).accepted;
    expect(diagnosis('T74.52XA', '2018-10-01')).toBe(1);
    expect(diagnosis('T74.52XA', '2018-09-30')).toBe(0);
    expect(diagnosis('T74.52XA', '')).toBe(1);
    const placed = (start: string, end: string): unknown =>
      send('cw_placement', { facility_type: 'STRTP', start_date: start, end_date: end }).accepted;
    expect(placed('2015-03-01', '2016-12-31')).toBe(0);
    expect(placed('2015-03-01', '2017-01-01')).toBe(1);
    expect(placed('2015-03-01', '')).toBe(1);
  });

  test('and what is older than its list is judged as on the first day of the list', () => {
    expect(charge('PC 647(b)', '2009-05-01')).toBe(1);
  });
});

test('a withheld column may be there and empty; a value refuses the delivery without being shown', () => {
  const withheld = new Set(['pr_charge.disposition_date']);
  const judged = (value: string): unknown => {
    const row = { ...validRow(contracts, 'pr_charge', {}), disposition_date: value };
    const columns = Object.keys(row);
    return compileRowValidator(contracts, recordNamed(contracts, 'pr_charge'), {
      ...circumstancesOf('XX-9'),
      withheld,
    })
      .open('rows.csv', columns)
      .validate(batchOf([Object.values(row)], columns.length), new CopyBuffer()).accepted;
  };
  expect(judged('')).toBe(1);
  expect(() => judged('2024-05-06')).toThrow(/withholds pr_charge\.disposition_date/);
  expect(() => judged('2024-05-06')).not.toThrow(/2024-05-06/);
});

test('linkage rows made with another key than the manifest names refuse the delivery', () => {
  const judged = (keyVersion: string): unknown => {
    const row = validRow(contracts, 'person_linkage', { key_version: '2026-01' });
    const columns = Object.keys(row);
    return compileRowValidator(contracts, recordNamed(contracts, 'person_linkage'), {
      ...circumstancesOf('XX-9'),
      keyVersion,
    })
      .open('rows.csv', columns)
      .validate(batchOf([Object.values(row)], columns.length), new CopyBuffer()).accepted;
  };
  expect(judged('2026-01')).toBe(1);
  expect(() => judged('2025-01')).toThrow(/token_key_version/);
});

/** What one row with these cells comes to. */
function send(
  name: string,
  cells: Cells,
  record: RecordType = recordNamed(contracts, name),
): { accepted: number; rejects: readonly unknown[]; text: string; counts: Record<string, object> } {
  const row = validRow(contracts, name, cells);
  const columns = Object.keys(row);
  const file = compileRowValidator(contracts, record, circumstancesOf('XX-9')).open('rows.csv', columns);
  const out = new CopyBuffer(16);
  const { accepted, rejects } = file.validate(batchOf([Object.values(row)], columns.length), out);
  const { rules, unmapped, rolledUp, refused } = file.tally;
  const counts = { rules, unmapped, rolledUp, refused };
  return {
    accepted,
    rejects,
    text: out.written().toString(),
    counts: Object.fromEntries(Object.entries(counts).map(([of, map]) => [of, Object.fromEntries(map)])),
  };
}

describe('codes that are never held about one young person', () => {
  test('are held as the broader one, and counted', () => {
    const { accepted, text, counts } = send('service_event', {
      need_code: 'HN.PHY.TRA',
      accepted: 'declined',
    });
    expect(accepted).toBe(1);
    expect(text).toContain('\tHN.PHY\t');
    expect(text).not.toContain('HN.PHY.TRA');
    expect(counts.rolledUp).toEqual({ need_code: 1 });
  });

  test('are refused where no broader one stands for them, also if no list has them', () => {
    expect(send('cw_placement', { placement_type: 'PL.SUD.OUT' })).toMatchObject({
      accepted: 0,
      counts: { refused: { placement_type: 1 }, unmapped: {} },
    });
    expect(send('hl_diagnosis', { icd10: 'F10.20' })).toMatchObject({
      accepted: 0,
      counts: { refused: { icd10: 1 }, unmapped: {} },
    });
  });
});

describe('a reject', () => {
  test('counts a code that nobody mapped', () => {
    expect(send('cw_placement', { facility_type: 'Z9' }).counts).toMatchObject({
      unmapped: { facility_type: 1 },
      rules: { Q001: { severity: 'reject_row', rows: 1 } },
    });
  });

  test('names the row by its key only where that is a pseudonym', () => {
    const other = { source_agency: 'YY-1' };
    expect(send('cw_case', other).rejects).toEqual([
      { line: 2, recordId: 'row7k3m9x2', rule: 'Q001', column: 'source_agency' },
    ]);
    const [first] = send('cw_case', { ...other, source_record_id: 'a?' }).rejects;
    expect(first).toEqual({ line: 2, recordId: undefined, rule: 'Q001', column: 'source_record_id' });
  });

  test('comes once for each column, and its row is counted once', () => {
    const { rejects, counts } = send('cw_case', { start_date: 'x', component: '?' });
    expect(rejects).toHaveLength(2);
    expect(counts.rules).toMatchObject({ Q001: { rows: 1 } });
  });
});

test('what a contract calls missing is missing', () => {
  const record = { ...recordNamed(contracts, 'cw_case'), missingValues: ['', 'NULL'] };
  expect(send('cw_case', { end_reason: 'NULL' }).accepted).toBe(0);
  expect(send('cw_case', { end_reason: 'NULL' }, record)).toMatchObject({ accepted: 1 });
  expect(send('cw_case', { component: 'NULL' }, record).accepted).toBe(0);
});
