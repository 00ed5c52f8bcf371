import { describe, expect, test } from 'vitest';
import { checkContracts } from '../../src/contracts/check/check.ts';
import { loadContracts, schemaFolder } from '../../src/contracts/contracts.ts';
import { describe as inWords } from '../../src/contracts/problem.ts';
import { SchemaCopy } from './schema-copy.ts';

describe('the contracts of this installation', () => {
  const contracts = loadContracts();

  test('have no problem', () => {
    expect(checkContracts(schemaFolder).problems.map(inWords)).toEqual([]);
  });

  test('are read once', () => {
    expect(loadContracts()).toBe(contracts);
  });

  test('are frozen all the way down', () => {
    const record = contracts.records.get('cw_referral');
    expect(Object.isFrozen(record)).toBe(true);
    expect(Object.isFrozen(record?.fields[0]?.constraints)).toBe(true);
    expect(Object.isFrozen(contracts.codeLists.get('party')?.codes[0])).toBe(true);
  });

  test('put the common keys before the own fields of a record', () => {
    const names = contracts.records.get('cw_absence')?.fields.map((field) => field.name);
    expect(names?.slice(0, 8)).toEqual([
      'source_record_id',
      'source_agency',
      'county_fips',
      'record_version',
      'op',
      'source_updated_at',
      'effective_date',
      'person_token',
    ]);
  });

  test('never carry a pseudonym in a record that is not about young people', () => {
    const others = [...contracts.records.values()].filter(
      (record) => !['person', 'linkage'].includes(record.subject),
    );
    expect(others.length).toBeGreaterThan(10);
    expect(others.filter((record) => record.fields.some((field) => field.token === 'person'))).toEqual([]);
  });

  test('hold tokens and filters in person_linkage alone', () => {
    const carriers = [...contracts.records.values()].filter((record) =>
      record.fields.some((field) => field.token === 'linkage'),
    );
    expect(carriers.map((record) => record.name)).toEqual(['person_linkage']);
  });

  test('give every code a list, a system, a first day and a status', () => {
    const codes = [...contracts.codeLists.values()].flatMap((list) => list.codes);
    expect(codes.filter((code) => code.validFrom === '' || code.source === '' || code.label === '')).toEqual(
      [],
    );
    expect([...contracts.codeLists.values()].filter((list) => list.codeSystem === '')).toEqual([]);
  });
});

describe('broken contracts', () => {
  test('stop whoever asks, with the first problem, its place and the remedy', () => {
    using copy = new SchemaCopy();
    copy.replace('clocks.yaml', 'limit: PT2H', 'limit: soon');
    expect(() => loadContracts(copy.folder)).toThrow(
      expect.objectContaining({
        code: 'CONTRACT_BROKEN',
        message: expect.stringMatching(/clocks\.yaml:\d+ clocks\[0\]\.limit: expects a duration/),
        remedy: expect.stringContaining('contracts check'),
      }),
    );
  });

  test('at a folder that is not there are said to be missing', () => {
    expect(() => loadContracts('/nowhere/at/all')).toThrow(
      expect.objectContaining({ code: 'CONTRACTS_MISSING' }),
    );
  });
});
