import { describe, expect, test } from 'vitest';
import { refuseOtherDeletes, refuseOtherSchema } from '../../../etl/receive/hold-to-manifest.ts';
import { CopyBuffer } from '../../../etl/validate/copy-buffer.ts';
import { compileRowValidator } from '../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import { releaseCases } from '../../disclosure/rules/release-cases.ts';
import { batchOf, hexSurrogate } from './batches.ts';
import { rowCases } from './rule/row-cases.ts';
import { storedCases } from './stored/stored-cases.ts';
import { validRow } from './valid-row.ts';

const contracts = loadContracts();

/** Reads one row as the intake does. */
function read(name: string, cells: Readonly<Record<string, string>>): unknown {
  const row = { ...validRow(contracts, name, {}), ...cells };
  const columns = Object.keys(row);
  return compileRowValidator(contracts, recordNamed(contracts, name), {
    agency: 'XX-9',
    system: 'child_welfare',
    asOf: '2026-06-30T22:00:00-07:00',
    minorConsentServices: true,
    keyVersion: '2026-01',
    writeSurrogate: hexSurrogate,
    surrogateBytes: 200,
  })
    .open('rows.csv', columns)
    .validate(batchOf([Object.values(row)], columns.length), new CopyBuffer());
}

const declared = {
  recordType: 'cw_case',
  file: 'cw_case.csv',
  rows: 9,
  deletes: 2,
  sha256: '',
  format: 'csv',
  compression: 'none',
  encryption: 'none',
  layout: [],
} as const;

/** Rules about a delivery as a whole: what passes, and what refuses it. */
const deliveries: readonly (readonly [
  rule: string,
  what: string,
  passes: () => unknown,
  breaks: () => unknown,
])[] = [
  ['Q002', 'deletes', () => refuseOtherDeletes(declared, 2), () => refuseOtherDeletes(declared, 3)],
  [
    'Q002',
    'schema version',
    () => refuseOtherSchema(contracts, contracts.version),
    () => refuseOtherSchema(contracts, '9.0'),
  ],
  [
    'Q002',
    'key version',
    () => read('person_linkage', { key_version: '2026-01' }),
    () => read('person_linkage', { key_version: '2025-01' }),
  ],
  ['Q003', 'a column', () => read('cw_case', {}), () => read('cw_case', { first_name: 'Made Up' })],
  [
    'Q003',
    'a value',
    () => read('person_linkage', { tokens: 'ssn:h7Jk29-dQ_x81', key_version: '2026-01' }),
    () => read('person_linkage', { tokens: 'ssn:123-45-6789', key_version: '2026-01' }),
  ],
];

describe('rules about a delivery', () => {
  test.each(deliveries)('%s, %s: one passes and one is refused', (_rule, _what, passes, breaks) => {
    expect(passes).not.toThrow();
    expect(breaks).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

/** By rule, how many of its tests have a passing and a failing row. Each table is run whole by the test beside it. */
const covered = Map.groupBy(
  [
    ...deliveries.map(([rule]) => rule),
    ...[rowCases, storedCases].flatMap((cases) => Object.keys(cases).map((name) => name.slice(0, 4))),
    ...releaseCases.map(({ rule }) => rule),
  ],
  (rule) => rule,
);

describe('every data-quality rule', () => {
  const rules = [...contracts.qualityRules.values()];

  test.each(rules.map(({ id }) => id))('%s has a row that passes and one that fails', (id) => {
    expect(covered.get(id)?.length ?? 0).toBeGreaterThan(0);
  });

  test('is one of the contracts', () => {
    expect([...covered.keys()].filter((id) => !contracts.qualityRules.has(id))).toEqual([]);
    expect(rules.length).toBeGreaterThanOrEqual(51);
  });
});
