import { createHash } from 'node:crypto';
import { Misuse, Refused } from '../../errors.ts';
import type { Contracts } from '../contracts.ts';
import { sendableFields } from '../lookup.ts';
import { type RecordType, SYSTEMS, type System } from '../record.ts';
import { dictionarySheets } from './dictionary-sheets.ts';
import { exampleRows, type Row, type Sender } from './example.ts';
import { guidePage } from './guide-page.ts';
import { workbookOf } from './workbook.ts';

/** Whom a starter kit is for. An agency without a mapping says its system and county itself. */
export interface KitFor {
  readonly agency: string;
  readonly system?: string;
  readonly county?: string;
}

/** Systems that an agency can belong to. */
const SENDING = SYSTEMS.filter((system) => system !== 'governance' && system !== 'all');

/** The files of an agency's starter kit, by path. Pure: the same contracts give the same bytes. */
export function starterKit(contracts: Contracts, kitFor: KitFor): ReadonlyMap<string, string | Uint8Array> {
  const sender = senderOf(contracts, kitFor);
  const records = recordsOf(contracts, sender.system);
  return new Map<string, string | Uint8Array>([
    ['guide.html', guidePage(contracts, records, sender)],
    ['dictionary.xlsx', workbookOf(dictionarySheets(contracts, records, sender))],
    ...rowFiles(contracts, records, sender),
  ]);
}

/** Empty files to fill, and a made-up example with its manifest. */
function rowFiles(contracts: Contracts, records: readonly RecordType[], sender: Sender): [string, string][] {
  const columnsOf = (record: RecordType): string[] =>
    sendableFields(contracts, record, sender.system).map((field) => field.name);
  const examples = records.map(
    (record) => [record, csv(columnsOf(record), exampleRows(contracts, record, sender))] as const,
  );
  return [
    ...records.map((record): [string, string] => [`empty/${record.name}.csv`, csv(columnsOf(record), [])]),
    ...examples.map(([record, text]): [string, string] => [`example/${record.name}.csv`, text]),
    ['example/manifest.json', manifest(contracts, sender, examples)],
  ];
}

function senderOf(contracts: Contracts, kitFor: KitFor): Sender {
  const mapping = contracts.mappings.get(kitFor.agency);
  const system =
    kitFor.system === undefined ? mapping?.system : SENDING.find((known) => known === kitFor.system);
  if (system === undefined && kitFor.system !== undefined) {
    throw new Misuse('SYSTEM_UNKNOWN', `there is no system ${kitFor.system}`, {
      remedy: `one of ${SENDING.join(', ')}`,
    });
  }
  if (system === undefined) {
    throw new Refused('AGENCY_UNKNOWN', `no mapping is kept for the agency ${kitFor.agency}`, {
      remedy: 'say its --system, or add schema/mappings for it',
    });
  }
  const named = mapping?.counties.find((county) => county !== 'all');
  const county = kitFor.county ?? named ?? '06001';
  if (contracts.codeLists.get('ca_counties')?.codes.every((code) => code.code !== county) !== false) {
    throw new Refused('COUNTY_UNKNOWN', `${county} is no county of ca_counties`, {
      remedy: 'give its five digits, such as 06037',
    });
  }
  return { agency: kitFor.agency, system, county };
}

/** What an agency of a system may send; the encoder writes the linkage rows, and the steward keeps agreements. */
function recordsOf(contracts: Contracts, system: System): RecordType[] {
  return [...contracts.records.values()].filter(
    (record) =>
      [system, 'all', 'cross_system'].includes(record.system) &&
      !['linkage', 'delivery'].includes(record.subject),
  );
}

function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => row.get(column) ?? ''));
  return [columns, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** RFC 4180: a cell with a comma, a quote or a line end is quoted. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function manifest(
  contracts: Contracts,
  sender: Sender,
  examples: readonly (readonly [RecordType, string])[],
): string {
  const document = {
    delivery_id: `${sender.agency}-example`,
    source_agency: sender.agency,
    agreement_id: `${sender.agency}-made-up`,
    schema_version: contracts.version,
    extract_kind: 'full',
    as_of: '2026-01-16T08:00:00Z',
    covers_to: '2026-01-16T08:00:00Z',
    deid_method: 'tessera_field',
    token_key_version: '2026-01',
    files: examples.map(([record, text]) => ({
      record_type: record.name,
      file: `${record.name}.csv`,
      rows: text.split('\r\n').length - 2,
      sha256: createHash('sha256').update(text).digest('hex'),
      deletes: 0,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
