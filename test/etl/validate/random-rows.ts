/** Rows made up from a contract: mostly right, and wrong in one of the ways that agencies are wrong. */
import fc from 'fast-check';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { codeEras } from '../../../src/contracts/lookup.ts';
import type { Field, RecordType } from '../../../src/contracts/record.ts';

const SAFE = 'abcdefghjkmnpqrstuvwxyz23456789'.split('');

/** Letters and digits in turn, as no name or number is written. */
function tokens(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const length = Math.max(minLength, Math.min(maxLength, 24)) - 2;
  return fc
    .array(fc.constantFrom(...SAFE), { minLength: length, maxLength: Math.max(length, 0) })
    .map((letters) => `t${letters.join('')}7`);
}

const days: fc.Arbitrary<string> = fc
  .date({ min: new Date('2013-06-01'), max: new Date('2026-08-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const moments: fc.Arbitrary<string> = fc
  .tuple(
    days,
    fc.constantFrom('T', ' '),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
    fc.constantFrom('', ':07', ':59.5', ':00.123456'),
    fc.constantFrom('Z', '-08:00', '-0700', '+01:00', '-07'),
  )
  .map(([day, between, hours, minutes, seconds, offset]) => {
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${day}${between}${two(hours)}:${two(minutes)}${seconds}${offset}`;
  });

function values(
  contracts: Contracts,
  record: RecordType,
  field: Field,
  agency: string,
): fc.Arbitrary<string> {
  const { minimum, maximum, pattern, minLength = 2, maxLength = 24 } = field.constraints;
  if (field.name === 'source_agency') return fc.constant(agency);
  if (field.codes !== undefined) {
    const { codes } = field;
    const eras = codeEras(contracts, agency, { record: record.name, name: field.name, codes });
    const known = [...new Set(eras.flatMap((era) => [...era.codes.keys()]))];
    const one = fc.constantFrom(...known);
    return field.several
      ? fc.array(one, { minLength: 1, maxLength: 6 }).map((codes) => codes.join(';'))
      : one;
  }
  switch (field.type) {
    case 'date':
      return days;
    case 'datetime':
      return moments;
    case 'integer':
      return fc
        .integer({ min: Number(minimum ?? -20), max: Math.min(Number(maximum ?? 500), 99_999_999) })
        .map(String);
    case 'number':
      return fc
        .integer({ min: Math.ceil(Number(minimum ?? 0) * 4), max: Number(maximum ?? 500) * 4 })
        .map((quarters) => String(quarters / 4));
    case 'boolean':
      return fc.constantFrom('true', 'false', 'TRUE', 'False', '1', '0');
    case 'string':
    case 'array':
      break;
  }
  if (field.open !== undefined)
    return fc.constantFrom('Hope Harbor', 'Núcleo de Apoyo', 'A\\B House', 'Casa "Luz", Inc.', 'Harbor');
  if (pattern === undefined) return tokens(minLength, maxLength);
  if (new RegExp(`^(?:${pattern})$`).test('ta7')) return tokens(minLength, maxLength);
  return fc
    .stringMatching(new RegExp(`^(?:${pattern})$`))
    .filter((text) => text.length >= (field.constraints.minLength ?? 0) && text.length <= maxLength)
    .filter((text) => !/\d{9}/.test(text) || /^\d{14}$/.test(text));
}

const wrongMoments: fc.Arbitrary<string> = fc.constantFrom(
  '2025-02-30',
  '2025-13-01',
  '2025-00-10',
  '1825-01-01',
  '2025-2-3',
  '03/01/2025',
  '20250x01',
  '2025-03-01T25:00:00Z',
  '2025-03-01T10:00:00',
  '2025-03-01T10:60Z',
  '2025-03-01T10:00:00+15:00',
  '2025-03-01T10:00:00.1234567Z',
  'Mon Mar 03 2025 10:00:00 GMT',
);

/** What no field of the contracts takes, and nobody would take for a person. */
const wrongValues: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '-',
    '-1',
    '1.',
    '.5',
    '1e5',
    '12,5',
    '99999',
    'yes',
    'TRUE ',
    'n/a',
    'not known',
    'NULL',
    '\\N',
    'x\ty',
    '#REF!',
    'ÿ',
    ';',
    'a;;b',
  ),
  fc
    .array(fc.constantFrom(...SAFE, 'Q', '_', '.'), { minLength: 1, maxLength: 6 })
    .map((letters) => letters.join('')),
  fc.constant(`q7${'z9'.repeat(4500)}`),
);

/** The mistakes of one field; a date where a code should be is no ordinary one. */
function ordinaryErrors(field: Field): fc.Arbitrary<string> {
  return field.type === 'date' || field.type === 'datetime'
    ? fc.oneof(wrongValues, wrongMoments)
    : wrongValues;
}

export interface RandomFile {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A file whose columns are in any order, whose optional columns may be left out, and whose rows are often wrong. */
export function files(
  contracts: Contracts,
  record: RecordType,
  agency: string,
  system: string,
): fc.Arbitrary<RandomFile> {
  const fields = record.fields.filter(
    (field) => field.never === undefined && !(system === 'education' && field.sensitivity === 'sogi'),
  );
  const required = fields.filter((field) => field.constraints.required);
  const optional = fields.filter((field) => !field.constraints.required);
  const cells = new Map(
    fields.map((field) => [
      field,
      fc.oneof(
        { weight: 60, arbitrary: values(contracts, record, field, agency) },
        { weight: field.constraints.required ? 1 : 20, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: ordinaryErrors(field) },
      ),
    ]),
  );
  return fc
    .tuple(fc.subarray(optional), fc.boolean())
    .chain(([some, all]) => {
      const columns = [...required, ...(all ? optional : some)];
      return fc.shuffledSubarray(columns, { minLength: columns.length });
    })
    .chain((columns) =>
      fc.record({
        header: fc.constant(columns.map((field) => field.name)),
        rows: fc.array(fc.tuple(...columns.map((field) => cells.get(field) ?? fc.constant(''))), {
          minLength: 1,
          maxLength: 12,
        }),
      }),
    );
}
