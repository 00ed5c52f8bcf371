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
      return files(contracts, record, agency, circumstances.system, DAY).map((file) => ({
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
