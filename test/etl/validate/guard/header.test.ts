import { describe, expect, test } from 'vitest';
import { placeColumns } from '../../../../etl/validate/guard/header.ts';
import { stagedFields } from '../../../../etl/validate/staging-columns.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../../src/contracts/lookup.ts';
import type { System } from '../../../../src/contracts/record.ts';

const contracts = loadContracts();
const known = (record: string): string[] =>
  stagedFields(recordNamed(contracts, record)).map((field) => field.name);
const place = (record: string, columns: readonly string[], system: System = 'child_welfare'): Int32Array =>
  placeColumns(contracts, recordNamed(contracts, record), system, 'rows.csv', columns);

describe('the columns of a file', () => {
  test('may come in any order, and optional ones may be missing', () => {
    const fields = known('cw_case');
    const columns = fields.filter((name) => name !== 'end_reason').reverse();
    const places = place('cw_case', columns);
    expect([...places]).toEqual(fields.map((name) => columns.indexOf(name)));
    expect(places[fields.indexOf('end_reason')]).toBe(-1);
  });

  test.each(['first_name', 'StudentName', 'DOB', 'birth_date', 'ssn', 'Home Phone', 'case_notes', 'street'])(
    'are refused for %s, whose topic is named',
    (column) => {
      expect(() => place('cw_case', [...known('cw_case'), column])).toThrow(/rule Q003, a column about \w+/);
    },
  );

  test('are refused for a field that is declared to stay with the agency', () => {
    expect(() => place('person', [...known('person'), 'tribal_affiliation'])).toThrow(/tribal_affiliation/);
  });

  test('of a school may not tell whom a young person loves; those of other agencies may', () => {
    const columns = known('person');
    expect(() => place('person', columns, 'education')).toThrow(/sexual_orientation.*sogi_from_education/);
    expect(() => place('person', columns, 'health')).not.toThrow();
  });

  test('are refused when unknown, doubled or missing', () => {
    const columns = known('cw_case');
    expect(() => place('cw_case', [...columns, 'zeal'])).toThrow(/column zeal.*no such column/);
    expect(() => place('cw_case', [...columns, 'case_id'])).toThrow(/column case_id.*twice/);
    expect(() => place('cw_case', columns.slice(1))).toThrow(/requires source_record_id/);
  });

  test('are not repeated where a file has a row in the place of its header', () => {
    const row = known('cw_case').map((_, at) => `value${at}`);
    expect(() => place('cw_case', row)).toThrow(/^rows.csv, column 1: the contract/);
    const strange = [...known('cw_case'), 'x'.repeat(41)];
    expect(() => place('cw_case', strange)).toThrow(new RegExp(`column ${strange.length}:`));
  });
});
