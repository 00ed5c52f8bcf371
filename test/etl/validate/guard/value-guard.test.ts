import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CopyBuffer } from '../../../../etl/validate/copy-buffer.ts';
import { compileRowValidator } from '../../../../etl/validate/row-validator.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../../src/contracts/lookup.ts';
import { Refused } from '../../../../src/errors.ts';
import { batchOf, hexSurrogate } from '../batches.ts';
import { validRow } from '../valid-row.ts';

const contracts = loadContracts();
const sentRecords = [...contracts.records.values()].filter((record) => record.subject !== 'delivery');

/** The rejected columns of a row with one value put in, or the refusal of its whole delivery. */
function send(record: string, column: string, value: string): string[] | Refused {
  const row = { ...validRow(contracts, record), [column]: value };
  const columns = Object.keys(row);
  const file = compileRowValidator(contracts, recordNamed(contracts, record), {
    agency: 'XX-9',
    system: 'cross_system',
    asOf: '2026-06-30T22:00:00-07:00',
    minorConsentServices: true,
    writeSurrogate: hexSurrogate,
    surrogateBytes: 20_000,
  }).open('rows.csv', columns);
  try {
    const { rejects } = file.validate(batchOf([Object.values(row)], columns.length), new CopyBuffer());
    return rejects.map((reject) => reject.column ?? '');
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

const securityNumbers = fc
  .tuple(fc.integer({ min: 1, max: 899 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9999 }))
  .filter(([area]) => area !== 666)
  .chain(([area, group, serial]) =>
    fc
      .constantFrom('-', ' ', '')
      .map((between) =>
        [String(area).padStart(3, '0'), String(group).padStart(2, '0'), String(serial).padStart(4, '0')].join(
          between,
        ),
      ),
  );

const phones = fc
  .tuple(fc.integer({ min: 200, max: 999 }), fc.integer({ min: 200, max: 999 }), digits(4))
  .chain(([area, exchange, line]) =>
    fc.constantFrom(
      `${area}-${exchange}-${line}`,
      `(${area}) ${exchange}-${line}`,
      `${area}.${exchange}.${line}`,
      `+1 ${area} ${exchange} ${line}`,
      `${area}${exchange}${line}`,
    ),
  );

const eMails = fc
  .tuple(fc.constantFrom('kim', 'j.doe', 'sam_77', 'x'), fc.constantFrom('example.org', 'mail.example.com'))
  .map(([who, where]) => `${who}@${where}`);

const addresses = fc
  .tuple(
    fc.integer({ min: 1, max: 99_999 }),
    fc.constantFrom('Main', 'N Oak', '1st', 'El Camino', 'Martin Luther King'),
    fc.constantFrom('St', 'Street', 'ave', 'Blvd.', 'Road', 'Ln', 'St Apt 4'),
  )
  .map(([house, name, kind]) => `${house} ${name} ${kind}`);

const sentences = fc
  .tuple(
    fc.constantFrom('She', 'The young person', 'He', 'They'),
    fc.constantFrom('said that she was', 'told the worker he had been', 'reported they were'),
    fc.constantFrom('afraid to go home', 'picked up near the park', 'staying with a friend'),
  )
  .map((parts) => `${parts.join(' ')}.`);

const names = fc.constantFrom('Maria Hernandez', 'HERNANDEZ, MARIA', 'jennifer lopez garcia', 'Garcia');
const birthdays = fc.constantFrom(
  '2009-04-17',
  '04/17/2009',
  '4-17-09',
  '2009-04-17 00:00:00',
  'April 17, 2009',
);

const columnsOf = (record: (typeof sentRecords)[number]): fc.Arbitrary<string> =>
  fc.constantFrom(...record.fields.filter((field) => field.leaves).map((field) => field.name));

const places = fc
  .constantFrom(...sentRecords)
  .chain((record) => columnsOf(record).map((column) => ({ record, column })));

describe('what identifies a person refuses the delivery, wherever it stands', () => {
  test.each([
    ['social security numbers', securityNumbers],
    ['phone numbers', phones],
    ['e-mail addresses', eMails],
    ['street addresses', addresses],
    ['sentences', sentences],
  ])('%s', (_, values) => {
    fc.assert(
      fc.property(places, values, ({ record, column }, value) => {
        const refusal = send(record.name, column, value);
        expect(refusal).toBeInstanceOf(Refused);
        if (!(refusal instanceof Refused)) return;
        expect(refusal.code).toBe('IDENTIFIER_FOUND');
        expect(refusal.message).toContain(`line 2, column ${column}`);
        expect(`${refusal.message} ${refusal.remedy ?? ''}`).not.toContain(value);
      }),
      { numRuns: 150 },
    );
  });

  test('a social security number that zeros in front make a small amount', () => {
    expect(send('service_event', 'cost', '005964557')).toMatchObject({ code: 'IDENTIFIER_FOUND' });
  });

  test('names, in every field but the open ones', () => {
    const closed = places.filter(
      ({ record, column }) => record.fields.find((field) => field.name === column)?.open === undefined,
    );
    fc.assert(
      fc.property(closed, names, ({ record, column }, value) => {
        expect(send(record.name, column, value)).toBeInstanceOf(Refused);
      }),
      { numRuns: 150 },
    );
  });

  test('full dates, in every field that is no date, open word or version', () => {
    const dateless = places.filter(({ record, column }) => {
      const field = record.fields.find((candidate) => candidate.name === column);
      const versioned = field?.token === undefined && field?.constraints.pattern !== undefined;
      const dated = field?.type === 'date' || field?.type === 'datetime';
      return !dated && !versioned && field?.open === undefined;
    });
    fc.assert(
      fc.property(dateless, birthdays, ({ record, column }, value) => {
        expect(send(record.name, column, value)).toBeInstanceOf(Refused);
      }),
      { numRuns: 150 },
    );
  });

  test('a name written as a pseudonym, and a number inside a linkage token', () => {
    expect(send('cw_placement', 'source_record_id', 'maria-hernandez')).toBeInstanceOf(Refused);
    expect(send('cw_placement', 'person_token', 'MariaHernandezLopez')).toBeInstanceOf(Array);
    expect(send('cw_placement', 'person_token', 'MariaHernandezGarcia')).toBeInstanceOf(Refused);
    expect(send('person_linkage', 'tokens', 'ssn:123-45-6789')).toBeInstanceOf(Refused);
    expect(send('person_linkage', 'tokens', 'ssn:h7Jk29-dQ_x81')).toEqual([]);
  });

  test('also in a row that is lost already', () => {
    const row = { ...validRow(contracts, 'cw_placement'), source_record_id: '?', facility_type: 'a@b.org' };
    const columns = Object.keys(row);
    const file = compileRowValidator(contracts, recordNamed(contracts, 'cw_placement'), {
      agency: 'XX-9',
      system: 'child_welfare',
      asOf: '2026-06-30T22:00:00-07:00',
      minorConsentServices: true,
      writeSurrogate: hexSurrogate,
      surrogateBytes: 200,
    }).open('rows.csv', columns);
    expect(() => file.validate(batchOf([Object.values(row)], columns.length), new CopyBuffer())).toThrow(
      /column facility_type: rule Q003, a value looks like an e-mail address/,
    );
  });
});

describe('an ordinary mistake rejects its row and no more', () => {
  const coded = sentRecords.flatMap((record) =>
    record.fields
      .filter((field) => field.codes !== undefined)
      .map((field) => ({ record, field, codes: contracts.codeLists.get(field.codes ?? '')?.codes ?? [] })),
  );

  test('a wrong code', () => {
    const wrong = fc.constantFrom(...coded).chain(({ record, field, codes }) => {
      const known = fc.constantFrom(...codes);
      const value = fc.oneof(
        fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/).filter((text) => !/\d.*\d.*\d.*\d.*\d.*\d/.test(text)),
        known.map((code) => `${code.code}x`),
        known.map((code) => code.code.slice(1)),
        known.map((code) => code.code.toLowerCase()),
        known.map((code) => code.label),
      );
      return value
        .filter(
          (text) => text !== '' && !text.split(';').every((part) => codes.some(({ code }) => code === part)),
        )
        .map((text) => ({ record: record.name, column: field.name, text }));
    });
    fc.assert(
      fc.property(wrong, ({ record, column, text }) => {
        expect(send(record, column, text)).toEqual([column]);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    '2025-02-30',
    '02/30/2025',
    '2025-3-1',
    '20250301',
    'March 3, 2025',
    'Mon Mar 3 2025 10:00:00 GMT-0800 (PST)',
    'unknown',
    'not known',
    '0000-00-00',
  ])('a date written as %s', (value) => {
    expect(send('cw_placement', 'start_date', value)).toEqual(['start_date']);
    expect(send('cw_absence', 'absent_from', value)).toEqual(['absent_from']);
  });

  test.each(['Hope Harbor', 'The 24th Street Theatre Project', '1736 Family Crisis Center', 'She Is Rising'])(
    'nor is the public name of an organization one: %s',
    (name) => {
      expect(send('provider_asset', 'AM01', name)).toEqual([]);
    },
  );
});
