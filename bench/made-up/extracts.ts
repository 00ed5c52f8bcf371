/** Large extracts of made-up rows, written straight to disk. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

interface Extract {
  readonly record: string;
  readonly columns: readonly string[];
  readonly row: (i: number) => string;
}

const agency = 'CW-9';
const two = (n: number): string => String(n).padStart(2, '0');
const keys = (i: number, prefix: string): string =>
  `${prefix}${String(i).padStart(10, '0')},${agency},06001,1,insert,2026-02-${two(1 + (i % 28))}T10:11:12Z,`;
const common = [
  'source_record_id',
  'source_agency',
  'county_fips',
  'record_version',
  'op',
  'source_updated_at',
  'effective_date',
  'person_token',
];

const people = 400_000;
const personToken = (i: number): string => `tok_${String(i).padStart(18, '0')}`;

/** Everybody whom the rows of the other extracts are about. */
export const persons: Extract = {
  record: 'person',
  columns: [...common, 'birth_year'],
  row: (i) => `${keys(i, 'pe')},${personToken(i)},${2005 + (i % 15)}\n`,
};

export const extracts: readonly Extract[] = [
  {
    record: 'cw_referral',
    columns: [
      ...common,
      'referral_received_at',
      'reporter_type',
      'screening_decision',
      'csec_flag',
      'csec_special_project_code',
      'jurisdiction',
      'response_tier',
      'contact_made_at',
      'closed_date',
    ],
    row: (i) =>
      `${keys(i, 'rf')},${personToken((i * 7919) % people)},2026-01-${two(1 + (i % 28))}T08:30:00-08:00,${1 + (i % 9)},immediate,none,,,,,2026-02-${two(1 + (i % 28))}\n`,
  },
  {
    record: 'ed_enrollment',
    columns: [...common, 'cds_school', 'enrollment_status', 'grade', 'start_date'],
    row: (i) =>
      `${keys(i, 'en')},${personToken((i * 7919) % people)},0161${String(i % 9000).padStart(10, '0')},10,${two(1 + (i % 9))},2025-08-${two(1 + (i % 28))}\n`,
  },
];

/** A delivery of so many rows of each extract; answers where its files lie. */
export function writeExtracts(folder: string, rows: number, id: string, only = extracts): string[] {
  mkdirSync(folder, { recursive: true });
  const files = only.map(({ record, columns, row }) => {
    const path = join(folder, `${record}.csv`);
    const hash = createHash('sha256');
    const file = openSync(path, 'w');
    const write = (text: string): void => {
      hash.update(text);
      writeSync(file, text);
    };
    write(`${columns.join(',')}\n`);
    for (let from = 0; from < rows; from += 5000) {
      let chunk = '';
      for (let i = from; i < Math.min(rows, from + 5000); i++) chunk += row(i);
      write(chunk);
    }
    closeSync(file);
    return { record_type: record, file: `${record}.csv`, rows, sha256: hash.digest('hex'), deletes: 0 };
  });
  const asOf = '2026-03-01T02:00:00Z';
  const manifest = {
    delivery_id: id,
    source_agency: agency,
    agreement_id: 'AG-1',
    schema_version: '1.0',
    extract_kind: 'full',
    as_of: asOf,
    covers_to: asOf,
    deid_method: 'tessera_field',
    token_key_version: 'k1',
    files,
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return files.map(({ file }) => join(folder, file));
}
