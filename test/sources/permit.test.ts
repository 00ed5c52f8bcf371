import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import type { Agreement } from '../../src/sources/agreement.ts';
import { type Permit, permitDelivery } from '../../src/sources/permit.ts';
import type { Agency } from '../../src/sources/sources-file.ts';

const contracts = loadContracts();

function permit(
  agreement: Partial<Agreement> = {},
  agency: Partial<Agency> = {},
  records: readonly string[] = ['screening'],
): Permit {
  return permitDelivery(
    contracts,
    {
      agencies: [{ id: 'CB-1', name: 'CB-1', system: 'cross_system', countyFips: '06001', ...agency }],
      agreements: [
        {
          id: 'AG-1',
          agencies: ['CB-1'],
          recordTypes: ['screening', 'person_linkage', 'provider_asset', 'hl_sud_aggregate'],
          purposes: ['identification'],
          withheldFields: ['screening.tool'],
          minorConsentServices: false,
          vocaPersonRows: false,
          contentUpFront: true,
          effectiveFrom: '2025-01-01',
          effectiveTo: '2026-12-31',
          ...agreement,
        },
      ],
    },
    { agency: 'CB-1', agreement: 'AG-1', on: '2026-03-01', records },
  );
}

describe('an agreement', () => {
  test('hands on what it withholds, and the system of its agency', () => {
    expect(permit()).toEqual({
      system: 'cross_system',
      minorConsentServices: false,
      withheld: new Set(['screening.tool']),
    });
  });

  test.each([
    ['AGENCY_UNKNOWN', {}, { id: 'XX-1' }, ['screening']],
    ['NO_AGREEMENT', { id: 'AG-2' }, {}, ['screening']],
    ['NO_AGREEMENT', { agencies: ['XX-1'] }, {}, ['screening']],
    ['AGREEMENT_NOT_IN_FORCE', { effectiveFrom: '2026-03-02' }, {}, ['screening']],
    ['AGREEMENT_NOT_IN_FORCE', { effectiveTo: '2026-02-28' }, {}, ['screening']],
    ['NOT_COVERED', {}, {}, ['screening', 'cw_case']],
    ['OUTSIDE_PURPOSES', { purposes: ['research'] }, {}, ['screening']],
    ['OUTSIDE_PURPOSES', { purposes: [] }, {}, ['provider_asset']],
    ['PERSON_ROWS_OFF', {}, { vocaFunded: true }, ['provider_asset', 'screening']],
    ['PERSON_ROWS_OFF', {}, { vocaFunded: true }, ['person_linkage']],
    ['PERSON_ROWS_OFF', { vocaPersonRows: true }, { part2Program: true }, ['screening']],
  ])('refuses with %s: %o, %o, %o', (code, agreement, agency, records) => {
    expect(() => permit(agreement, agency, records)).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    [{ vocaPersonRows: true }, { vocaFunded: true }, ['screening', 'person_linkage']],
    [{}, { vocaFunded: true }, ['provider_asset']],
    [{}, { part2Program: true }, ['hl_sud_aggregate']],
    [{ purposes: ['research', 'treatment'] }, {}, ['screening']],
    [{ effectiveTo: null }, {}, ['screening']],
  ])('allows %o, %o, %o', (agreement, agency, records) => {
    expect(() => permit(agreement, agency, records)).not.toThrow();
  });
});
