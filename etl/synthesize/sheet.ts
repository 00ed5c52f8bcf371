import type { Contracts } from '../../src/contracts/contracts.ts';
import { betrayedTopic, recordNamed } from '../../src/contracts/lookup.ts';
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

/** Looks sheets up by record type and agency: what a school must not send, its sheet does not have. */
export type Sheets = (record: string, agency: string) => Sheet;

export function sheets(contracts: Contracts, codes: LocalCodes): Sheets {
  const pointedAt = new Set(
    [...contracts.records.values()].flatMap((record) => record.foreignKeys.map((key) => key.record)),
  );
  const made = new Map<string, Sheet>();
  return (name, agency) => {
    const at = `${name} ${agency}`;
    let sheet = made.get(at);
    if (sheet === undefined) {
      const record = recordNamed(contracts, name);
      const fields = record.fields.filter(
        (field) => field.leaves && !isKeptBack(contracts, agency, field.name),
      );
      sheet = sheetOf(record, fields, !pointedAt.has(name), codes);
      made.set(at, sheet);
    }
    return sheet;
  };
}

function isKeptBack(contracts: Contracts, agency: string, column: string): boolean {
  const system = contracts.mappings.get(agency)?.system;
  const topic = system === undefined ? undefined : betrayedTopic(contracts, column, system);
  return topic !== undefined && contracts.neverHeld.get(topic)?.systems.includes(system as never) === true;
}

function sheetOf(record: RecordType, leaving: readonly Field[], isLeaf: boolean, codes: LocalCodes): Sheet {
  const fields = new Map(leaving.map((field) => [field.name, field]));
  const numbered = leaving.filter(({ token }) => token === 'record' || token === 'staff');
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
