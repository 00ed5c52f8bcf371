import type { Contracts } from '../../src/contracts/contracts.ts';
import { betrayedTopic, recordNamed } from '../../src/contracts/lookup.ts';
import type { Field, RecordType } from '../../src/contracts/record.ts';
import { momentText } from './day.ts';
import { speaker } from './local-codes.ts';
import { UNKNOWN_CODE, type Version } from './row-versions.ts';
import type { Row } from './story.ts';

/** One record type of one agency as a table of cells: which columns leave it, and what stands in them. */
export interface Sheet {
  readonly record: RecordType;
  readonly agency: string;
  readonly columns: readonly string[];
  /** Whether no other record points at its rows, so that one of them can go without leaving another astray. */
  readonly isLeaf: boolean;
  /** Where the agency's own number of the young person stands; -1 in rows that are not about one. */
  readonly personAt: number;
  /** Where its own numbers of records and staff stand. Both kinds of numbers become pseudonyms before they leave. */
  readonly numberedAt: readonly number[];
  /** A new list on every call, in the agency's own codes and under its own numbers. */
  cellsOf(row: Row, version: Version): string[];
}

/** Looks sheets up by record type and agency: what a school must not send, its sheet does not have. */
export type Sheets = (record: string, agency: string) => Sheet;

export function sheets(contracts: Contracts, day: string): Sheets {
  const pointedAt = new Set(
    [...contracts.records.values()].flatMap((record) => record.foreignKeys.map((key) => key.record)),
  );
  const made = new Map<string, Map<string, Sheet>>();
  const asked = new Map<string, boolean>();
  const keepsBack = (agency: string, column: string): boolean => {
    const system = contracts.mappings.get(agency)?.system ?? '';
    const known = asked.get(`${system} ${column}`);
    if (known !== undefined) return known;
    const topic = system === '' ? undefined : betrayedTopic(contracts, column, system);
    const found = topic !== undefined && contracts.neverHeld.get(topic)?.systems.includes(system) === true;
    asked.set(`${system} ${column}`, found);
    return found;
  };
  return (name, agency) => {
    let ofAgency = made.get(agency);
    if (ofAgency === undefined) made.set(agency, (ofAgency = new Map()));
    let sheet = ofAgency.get(name);
    if (sheet === undefined) {
      const record = recordNamed(contracts, name);
      const leaving = record.fields.filter((field) => field.leaves && !keepsBack(agency, field.name));
      sheet = sheetOf(contracts, day, { record, agency, leaving, isLeaf: !pointedAt.has(name) });
      ofAgency.set(name, sheet);
    }
    return sheet;
  };
}

function sheetOf(
  contracts: Contracts,
  day: string,
  { leaving, ...of }: Pick<Sheet, 'record' | 'agency' | 'isLeaf'> & { readonly leaving: readonly Field[] },
): Sheet {
  const columns = leaving.map((field) => field.name);
  const writers = leaving.map((field) => writer(contracts, day, of.record, of.agency, field));
  return {
    ...of,
    columns,
    personAt: columns.indexOf('person_token'),
    numberedAt: leaving.flatMap(({ token }, at) => (token === 'record' || token === 'staff' ? [at] : [])),
    cellsOf: (row, version) => writers.map((write) => write(row, version)),
  };
}

type Writer = (row: Row, version: Version) => string;

function writer(contracts: Contracts, day: string, record: RecordType, agency: string, field: Field): Writer {
  switch (field.name) {
    case 'person_token':
      return (row) => row.localId ?? '';
    case 'source_record_id':
      return (row) => row.id;
    case 'source_agency':
      return (row) => row.agency;
    case 'record_version':
      return (_, version) => String(version.number);
    case 'op':
      return (_, version) => version.op;
    case 'source_updated_at':
      return (_, version) => momentText(version.updated, 1200);
  }
  const { name } = field;
  const say = speaker(contracts, day, agency, record.name, field);
  // A code for which the agency has no word is left out, as an agency would.
  const said = (row: Row, shared: string): string =>
    shared === UNKNOWN_CODE ? shared : (say(shared, row.id.charCodeAt(row.id.length - 1)) ?? '');
  if (name === 'county_fips') return (row) => said(row, row.county);
  return (row, version) => said(row, version.cells[name] ?? '');
}
