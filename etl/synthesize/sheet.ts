import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed } from '../../src/contracts/lookup.ts';
import type { Field, RecordType } from '../../src/contracts/record.ts';
import { momentText } from './day.ts';
import type { LocalCodes } from './local-codes.ts';
import { UNKNOWN_CODE, type Version } from './row-versions.ts';
import type { Row } from './story.ts';

/** One record type as a table of cells: which columns leave an agency, and what stands in them. */
export interface Sheet {
  readonly record: RecordType;
  readonly columns: readonly string[];
  /** Whether no other record points at its rows, so that one of them can go without leaving another astray. */
  readonly isLeaf: boolean;
  /** Columns that hold the agency's own numbers of records and staff, which become pseudonyms. */
  readonly numbered: ReadonlySet<string>;
  cellOf(row: Row, version: Version, column: string): string;
}

export function sheets(contracts: Contracts, codes: LocalCodes): (record: string) => Sheet {
  const pointedAt = new Set(
    [...contracts.records.values()].flatMap((record) => record.foreignKeys.map((key) => key.record)),
  );
  const made = new Map<string, Sheet>();
  return (name) => {
    let sheet = made.get(name);
    if (sheet === undefined) {
      sheet = sheetOf(recordNamed(contracts, name), !pointedAt.has(name), codes);
      made.set(name, sheet);
    }
    return sheet;
  };
}

function sheetOf(record: RecordType, isLeaf: boolean, codes: LocalCodes): Sheet {
  const fields = new Map(record.fields.filter((field) => field.leaves).map((field) => [field.name, field]));
  const numbered = [...fields.values()].filter(({ token }) => token === 'record' || token === 'staff');
  return {
    record,
    columns: [...fields.keys()],
    isLeaf,
    numbered: new Set(numbered.map((field) => field.name)),
    cellOf(row, version, column) {
      switch (column) {
        case 'source_record_id':
          return row.id;
        case 'source_agency':
          return row.agency;
        case 'record_version':
          return String(version.number);
        case 'op':
          return version.op;
        case 'source_updated_at':
          return momentText(version.updated, 1200);
      }
      const shared = column === 'county_fips' ? row.county : (version.cells[column] ?? '');
      return shared === UNKNOWN_CODE ? shared : said(row, fields.get(column), shared, codes);
    },
  };
}

/** A code for which the agency has no word is left out, as an agency would. */
function said(row: Row, field: Field | undefined, shared: string, codes: LocalCodes): string {
  if (field === undefined) return '';
  return codes.say(row.agency, row.record, field, shared, row.id.charCodeAt(row.id.length - 1)) ?? '';
}
