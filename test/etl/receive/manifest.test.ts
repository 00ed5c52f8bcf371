import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { type Manifest, readManifest } from '../../../etl/receive/manifest.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { manifestOf } from './delivered.ts';
import { refusalOf } from './reading.ts';

const contracts = loadContracts();
const file = { content: 'a,b\n', rows: 0 };

function read(value: unknown): Manifest {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return readManifest(bytes, contracts, LIMITS);
}

const refusal = (value: unknown) => refusalOf(Promise.resolve().then(() => read(value)));

test('a manifest says everything that the hub has to know', () => {
  const files = {
    'cw_referral.csv.gz': { ...file, rows: 3, deletes: 1 },
    'outreach.psv': { ...file, record_type: 'outreach_session' },
    'cw_case.txt': {
      ...file,
      record_type: 'cw_case',
      format: 'fixed_width',
      compression: 'zstd',
      layout: [{ column: 'source_record_id', width: 20 }],
    },
    'person.arrows': { ...file, record_type: 'person', deletes: null },
  };
  const manifest = read({
    ...manifestOf(files),
    extract_kind: 'delta',
    covers_from: '2026-03-30T23:00:00-0700',
  });
  expect(manifest).toMatchObject({
    deliveryId: 'made-up-1',
    agency: 'CW-1',
    agreement: 'agreement-1',
    schemaVersion: '1.0',
    kind: 'delta',
    asOf: '2026-03-31T23:00:00-07:00',
    coversFrom: '2026-03-30T23:00:00-0700',
    coversTo: '2026-03-31T23:00:00-07:00',
    deidMethod: 'tessera_field',
    keyVersion: 'key-1',
  });
  expect(manifest.files).toMatchObject([
    { recordType: 'cw_referral', format: 'csv', compression: 'gzip', rows: 3, deletes: 1, layout: [] },
    { recordType: 'outreach_session', format: 'pipe', compression: 'none', deletes: undefined },
    { format: 'fixed_width', compression: 'zstd', layout: [{ column: 'source_record_id', width: 20 }] },
    { format: 'arrow', compression: 'none', deletes: undefined },
  ]);
});

describe('a manifest is refused at the place that is wrong', () => {
  const good = manifestOf({ 'a.csv': file });
  const [first] = good['files'] as Record<string, unknown>[];
  const without = (key: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));
  const withFile = (changed: object) => ({ ...good, files: [{ ...first, ...changed }] });

  const cases: [what: string, manifest: unknown, place: string][] = [
    ['no JSON', '{"delivery_id": ', 'is not JSON'],
    ['a list', [], 'the whole is no object'],
    ['nothing', 'null', 'the whole is no object'],
    ...contracts.records
      .get('manifest')!
      .fields.filter((field) => field.constraints.required)
      .map((field): [string, unknown, string] => [
        `no ${field.name}`,
        without(field.name),
        `${field.name} is missing`,
      ]),
    ['a key that nobody knows', { ...good, filess: [] }, 'filess is not known'],
    ['a key of the language itself', '{"__proto__": {}}', '__proto__ is not known'],
    ['a number for text', { ...good, delivery_id: 7 }, 'delivery_id is no text'],
    ['an id with a slash', { ...good, delivery_id: '../x' }, 'delivery_id does not have the form'],
    ['an id too long', { ...good, delivery_id: 'x'.repeat(65) }, 'delivery_id is longer than 64'],
    ['a code that is none', { ...good, extract_kind: 'partial' }, 'extract_kind is none of full, delta'],
    ['a day that is none', { ...good, as_of: '2025-02-30T00:00:00Z' }, 'as_of is not a moment'],
    ['a moment without its offset', { ...good, as_of: '2026-03-01T00:00:00' }, 'as_of is not a moment'],
    ['an hour that is none', { ...good, as_of: '2026-03-01T25:00:00Z' }, 'as_of is not a moment'],
    ['a span that ends first', { ...good, covers_from: '2026-04-01T00:00:00-07' }, 'covers_to lies before'],
    ['files as an object', { ...good, files: {} }, 'files is no list'],
    ['files that are text', { ...good, files: ['a.csv'] }, 'files[0] is no object'],
    [
      'too many files',
      { ...good, files: Array.from({ length: 201 }, () => first) },
      'files has more than 200',
    ],
    ['a file twice', { ...good, files: [first, { ...first, file: 'A.csv' }] }, 'names A.csv twice'],
    ['a key of a file that nobody knows', withFile({ row: 1 }), 'files[0].row is not known'],
    ['an absolute path', withFile({ file: '/etc/passwd' }), 'files[0].file is no plain file name'],
    ['a path that climbs', withFile({ file: '../a.csv' }), 'files[0].file is no plain file name'],
    ['a path with a folder', withFile({ file: 'x/a.csv' }), 'files[0].file is no plain file name'],
    ['a path of another system', withFile({ file: 'x\\a.csv' }), 'files[0].file is no plain file name'],
    ['a hidden file', withFile({ file: '.a.csv' }), 'files[0].file is no plain file name'],
    ['a name that breaks the line', withFile({ file: 'a\n.csv' }), 'files[0].file is no plain file name'],
    ['itself', withFile({ file: 'manifest.json' }), 'files[0].file is no plain file name'],
    [
      'a record type of no contract',
      withFile({ record_type: 'cw_nothing' }),
      'files[0].record_type names no',
    ],
    [
      'a record type that no file carries',
      withFile({ record_type: 'manifest' }),
      'files[0].record_type names no',
    ],
    [
      'a record type kept by a steward',
      withFile({ record_type: 'agreement' }),
      'files[0].record_type names no',
    ],
    ['rows below zero', withFile({ rows: -1 }), 'files[0].rows is no whole number'],
    ['rows and a half', withFile({ rows: 1.5 }), 'files[0].rows is no whole number'],
    ['rows as text', withFile({ rows: '1' }), 'files[0].rows is no whole number'],
    ['no rows', withFile({ rows: null }), 'files[0].rows is missing'],
    ['more deletes than rows', withFile({ deletes: 1 }), 'files[0].deletes is more than rows'],
    ['a hash that is none', withFile({ sha256: 'abc' }), 'files[0].sha256 is not 64'],
    ['a format that is none', withFile({ format: 'xls' }), 'files[0].format is none of csv'],
    ['a name that says no format', withFile({ file: 'a.txt' }), 'files[0].format is missing'],
    ['a compression that is none', withFile({ compression: 'zip' }), 'files[0].compression is none of'],
    ['a compressed workbook', withFile({ file: 'a.xlsx.gz' }), 'files[0].compression is none for xlsx'],
    [
      'fixed width without layout',
      withFile({ format: 'fixed_width' }),
      'files[0].layout is there for fixed_width',
    ],
    ['layout without fixed width', withFile({ layout: [] }), 'files[0].layout is there for fixed_width'],
    ['an empty layout', withFile({ format: 'fixed_width', layout: [] }), 'files[0].layout has no column'],
    [
      'a column of no width',
      withFile({ format: 'fixed_width', layout: [{ column: 'a', width: 0 }] }),
      'files[0].layout[0].width is not from 1',
    ],
    [
      'a layout wider than a record',
      withFile({
        format: 'fixed_width',
        layout: Array.from({ length: 20 }, (_, index) => ({ column: `c${index}`, width: LIMITS.fieldBytes })),
      }),
      'files[0].layout is wider than',
    ],
  ];
  for (const [what, manifest, place] of cases) {
    test(what, async () => {
      const found = await refusal(manifest);
      expect(found).toMatchObject({ code: 'MANIFEST', file: 'manifest.json', exitCode: 2 });
      expect(found.message).toContain(place);
    });
  }

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.from(JSON.stringify({ ...good, delivery_id: 'ñ' }), 'latin1');
    const found = await refusalOf(Promise.resolve().then(() => readManifest(bytes, contracts, LIMITS)));
    expect(found.message).toContain('is not JSON in UTF-8');
  });
});
