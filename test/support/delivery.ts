/** Deliveries as an agency would make them: files, and a manifest that tells the truth unless a test says otherwise. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Agreement } from '../../src/sources/agreement.ts';
import { registerSources } from '../../src/sources/register.ts';

export interface FileContent {
  readonly record: string;
  readonly file: string;
  readonly text: string | Uint8Array;
  readonly rows: number;
}

export interface DeliveryContent {
  readonly id: string;
  readonly kind?: 'full' | 'delta';
  readonly asOf?: string;
  readonly agreement?: string;
  readonly files: readonly FileContent[];
}

export const testAgency = 'CW-9';

export function csv(
  record: string,
  rows: readonly Readonly<Record<string, string | number>>[],
  columns?: readonly string[],
): FileContent & { readonly text: string } {
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => names.map((name) => String(row[name] ?? '')).join(','));
  return {
    record,
    file: `${record}.csv`,
    text: [names.join(','), ...lines, ''].join('\n'),
    rows: rows.length,
  };
}

/** How many rows say that they withdraw another. */
function withdrawn(text: string): number {
  const [header = '', ...rows] = text.split('\n').map((line) => line.split(','));
  const op = header.indexOf('op');
  return rows.filter((cells) => cells[op] === 'delete').length;
}

export function writeDelivery(
  folder: string,
  content: DeliveryContent,
  lie: (manifest: Record<string, unknown>) => void = () => {},
): string {
  mkdirSync(folder, { recursive: true });
  const asOf = content.asOf ?? '2026-03-01T02:00:00Z';
  const manifest = {
    delivery_id: content.id,
    source_agency: testAgency,
    agreement_id: content.agreement ?? 'AG-1',
    schema_version: '1.0',
    extract_kind: content.kind ?? 'delta',
    as_of: asOf,
    covers_to: asOf,
    deid_method: 'tessera_field',
    token_key_version: 'k1',
    files: content.files.map(({ record, file, text, rows }) => ({
      record_type: record,
      file,
      rows,
      sha256: createHash('sha256').update(text).digest('hex'),
      deletes: typeof text === 'string' ? withdrawn(text) : 0,
    })),
  };
  lie(manifest);
  for (const { file, text } of content.files) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** A count of children: a record type without a young person in it, and so the plainest to load. */
export function countRow(
  id: string,
  version: number,
  n: number,
  op = 'insert',
): Record<string, string | number> {
  return {
    source_record_id: id.padEnd(8, '_'),
    source_agency: testAgency,
    county_fips: '06001',
    record_version: version,
    op,
    source_updated_at: '2026-02-01T00:00:00Z',
    period_start: '2026-01-01',
    period_end: '2026-01-31',
    population: 'in_care',
    n,
  };
}

export async function registerTestAgency(
  loader: DataSource,
  agreement: Partial<Agreement> = {},
): Promise<void> {
  await registerSources(loader, {
    agencies: [
      { id: testAgency, name: `Agency ${testAgency}`, system: 'child_welfare', countyFips: '06001' },
    ],
    agreements: [
      {
        id: 'AG-1',
        agencies: [testAgency],
        recordTypes: ['denominator_count', 'cw_absence', 'person', 'person_linkage'],
        purposes: ['identification'],
        withheldFields: [],
        minorConsentServices: false,
        vocaPersonRows: false,
        contentUpFront: true,
        effectiveFrom: '2025-01-01',
        effectiveTo: null,
        ...agreement,
      },
    ],
  });
}
