import { describe, expect, test } from 'vitest';
import { CopyBuffer } from '../../../../etl/validate/copy-buffer.ts';
import type { BatchOutcome } from '../../../../etl/validate/outcome.ts';
import { compileRowValidator } from '../../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../../src/contracts/lookup.ts';
import { batchOf, hexSurrogate } from '../batches.ts';
import { type Cells, validRow } from '../valid-row.ts';
import { rowCases } from './row-cases.ts';

const contracts = loadContracts();

/** Rests on a table that nobody has verified yet, so no row can fail it. */
const WAITING = new Set(['Q501.1']);

/** What the rules leave alone in rows of one record, so that a passing row breaks nothing else. */
const quiet: Readonly<Record<string, Cells>> = {
  mdt_meeting: { parties: 'PA.CW;PA.PRB;PA.MH;PA.SUD;PA.PH', youth_invited: 'true', mode: 'in_person' },
  cw_referral: { csec_flag: 'none' },
  screening: { tool: 'ST01' },
  ed_attendance: {
    absent_unexcused: '0',
    absent_excused: '0',
    absent_oss: '0',
    expected_days: '0',
    attended_days: '0',
  },
  service_event: { accepted: 'declined' },
};

function judge(record: string, cells: Cells): BatchOutcome {
  const row = validRow(contracts, record, { ...quiet[record], ...cells });
  const columns = Object.keys(row);
  const file = compileRowValidator(contracts, recordNamed(contracts, record), {
    agency: 'XX-9',
    system: recordNamed(contracts, record).system,
    asOf: '2026-06-30T22:00:00-07:00',
    minorConsentServices: true,
    writeSurrogate: hexSurrogate,
    surrogateBytes: 200,
  }).open('rows.csv', columns);
  return file.validate(batchOf([Object.values(row)], columns.length), new CopyBuffer());
}

describe('every rule of scope row', () => {
  const tests = [...contracts.qualityRules.values()]
    .filter((rule) => rule.scope === 'row')
    .flatMap((rule) => rule.tests.map((_, at) => ({ name: `${rule.id}.${at + 1}`, rule })))
    .filter(({ name }) => !WAITING.has(name));

  test.each(tests)('$name lets a good row pass and finds a bad one', ({ name, rule }) => {
    const found = rowCases[name];
    if (found === undefined) throw new Error(`${name} has no case`);
    expect(judge(found.record, found.passes)).toMatchObject({ accepted: 1, rejects: [], findings: [] });
    const { accepted, rejects, findings } = judge(found.record, found.breaks);
    if (rule.severity === 'reject_row' || found.rejectedBy !== undefined) {
      expect(accepted).toBe(0);
      expect(rejects).toContainEqual({
        line: 2,
        recordId: 'row7k3m9x2',
        rule: found.rejectedBy ?? rule.id,
        column: found.column ?? expect.anything(),
      });
    } else {
      expect(accepted).toBe(1);
      expect(findings).toContainEqual({
        line: 2,
        recordId: 'row7k3m9x2',
        rule: rule.id,
        severity: rule.severity,
      });
    }
  });

  test('names no case of a rule that is gone', () => {
    const known = new Set(tests.map(({ name }) => name));
    expect(Object.keys(rowCases).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('a clock', () => {
  const late = (county: string, hours: number): string[] => {
    const identified = Date.parse('2026-03-02T17:00:00Z');
    const reported = new Date(identified + hours * 3_600_000).toISOString();
    const row = { county_fips: county, identified_at: '2026-03-02T09:00:00-08:00', reported_at: reported };
    return judge('cw_le_report', row).findings.map(({ rule }) => rule);
  };

  test('has run out only after its last second', () => {
    expect(late('06001', 24)).toEqual([]);
    expect(late('06001', 24.01)).toEqual(['Q109']);
  });

  test('is not broken by what is missing until it has run out', () => {
    const open = (identified: string): string[] =>
      judge('cw_le_report', { identified_at: identified }).findings.map(({ rule }) => rule);
    expect(open('2026-06-29T23:00:00-07:00')).toEqual([]);
    expect(open('2026-06-29T21:00:00-07:00')).toEqual(['Q109']);
  });
});

test('a minor-consent service is kept out unless the agreement names such services', () => {
  const row = validRow(contracts, 'hl_service', { need_code: 'HN.ICR.EMO' });
  const columns = Object.keys(row);
  const accepted = [true, false].map((minorConsentServices) => {
    const file = compileRowValidator(contracts, recordNamed(contracts, 'hl_service'), {
      agency: 'XX-9',
      system: 'health',
      asOf: '2026-06-30T22:00:00-07:00',
      minorConsentServices,
      writeSurrogate: hexSurrogate,
      surrogateBytes: 200,
    }).open('rows.csv', columns);
    return file.validate(batchOf([Object.values(row)], columns.length), new CopyBuffer()).accepted;
  });
  expect(accepted).toEqual([1, 0]);
});
