import type { Contracts } from '../../../src/contracts/contracts.ts';
import { codesAsOf, listNamed, recordNamed } from '../../../src/contracts/lookup.ts';
import type { Field } from '../../../src/contracts/record.ts';

export type Cells = Readonly<Record<string, string>>;

const DAY = '2026-06-30';

/** A row that breaks nothing by itself: required fields only, besides what the caller gives. */
export function validRow(contracts: Contracts, record: string, given: Cells = {}): Cells {
  const fields = recordNamed(contracts, record).fields.filter((field) => field.leaves);
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      given[field.name] ?? (field.constraints.required ? somethingValid(contracts, field) : ''),
    ]),
  );
}

const BY_NAME: Cells = {
  source_agency: 'XX-9',
  source_record_id: 'row7k3m9x2',
  person_token: 'tok7k3m9x2q8w5e1z',
  county_fips: '06001',
  op: 'insert',
};

function somethingValid(contracts: Contracts, field: Field): string {
  const known = BY_NAME[field.name];
  if (known !== undefined) return known;
  if (field.codes !== undefined) {
    const codes = [...codesAsOf(listNamed(contracts, field.codes), DAY).values()];
    return codes.find((code) => code.never === undefined)?.code ?? '';
  }
  switch (field.type) {
    case 'date':
      return '2026-03-02';
    case 'datetime':
      return '2026-03-02T09:00:00-08:00';
    case 'integer':
    case 'number':
      return String(field.constraints.minimum ?? 1);
    case 'boolean':
      return 'true';
    case 'string':
    case 'array':
      break;
  }
  const { pattern = '' } = field.constraints;
  const samples = ['a7k3m9x2', 'A7-K3', '19647330100001', '2025-26', '2026-Q1', 'Hope Harbor', '1.0'];
  return samples.find((sample) => pattern === '' || new RegExp(`^(?:${pattern})$`).test(sample)) ?? '';
}
