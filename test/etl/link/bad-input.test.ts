import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { personLayout } from '../../../etl/encode/layout.ts';
import { linkClks, readClks } from '../../../etl/link/clk.ts';
import { link } from '../../../etl/link/link.ts';
import { readModel } from '../../../etl/link/model.ts';
import { readEncoded } from '../../../etl/link/read-encoded.ts';
import { scratchFolder } from '../../support/tessera.ts';
import { madeUpPeople, tableOf } from './people.ts';

/** What may come in: each is refused in words, or done in bounded work. A delta for unseen records: incremental.test.ts. */

const { rows } = madeUpPeople(200, 6);

test('a field that is empty everywhere says nothing, and the others link', () => {
  const table = tableOf(
    rows.map((row) => ({ ...row, values: row.values.map((value, i) => (i === 3 ? '' : value)) })),
  );
  const { model, edges } = link(table);
  expect(edges.weight.some((weight) => weight > 0)).toBe(true);
  expect(edges.weight.every(Number.isFinite)).toBe(true);
  expect(model.training.converged).toBe(true);
});

test('100,000 rows that share a token: the block is dropped and reported, the rest links', () => {
  const many = Array.from({ length: 100_000 }, (_, id) => ({
    source: 'a',
    id: 10_000 + id,
    values: ['', 'Jones', '', '', ''],
  }));
  const { blocking, compared } = link(tableOf([...rows, ...many]));
  expect(blocking.reports.some(({ dropped_pairs }) => dropped_pairs > 4_999_000_000)).toBe(true);
  expect(compared).toBeLessThan(100_000);
});

test('100,000 records that are all the same: no hang, and it is said that nothing can be learned', () => {
  const same = Array.from({ length: 100_000 }, (_, id) => ({
    source: 'a',
    id,
    values: ['Ana', 'Diaz', '2009-03-09', '', '90012'],
  }));
  expect(() => link(tableOf(same))).toThrow('more of them than the cap allows');
});

test('CLKs of mixed length are refused', () => {
  const clk = (bytes: number): string => Buffer.alloc(bytes, 1).toString('base64');
  const file = (...lengths: number[]): string => JSON.stringify({ clks: lengths.map(clk) });
  expect(() => readClks(file(128, 64), 'a.json')).toThrow('CLK 2 has another length');
  expect(() => readClks(file(100), 'a.json')).toThrow('a multiple of 512');
  expect(() => linkClks(readClks(file(128), 'a'), readClks(file(64), 'b'), 0.8)).toThrow('CLKs of 1024 bits');
});

const HEADER = 'source_agency,person_token,mode,key_version,tokens,filters';

test.each([
  ['filters of another length', 'field', 'v1-a', 'given_name_exact:AAAA', '', 'another length'],
  ['a token that the layout lacks', 'field', 'v1-a', 'shoe_size:AAAAAAAAAAA', '', 'the name shoe_size'],
  ['what is no base64', 'field', 'v1-a', 'given_name_exact:AAAA*AAAAAA', '', 'another length'],
  ['another mode', 'clk', 'v1-a', '', '', 'not encoded in field mode'],
  ['another key', 'field', 'v2-b', '', '', 'was encoded under key v2-b'],
])(
  'a row with %s is refused, and its value is not repeated',
  async (_, mode, key, tokens, filters, words) => {
    const file = join(scratchFolder(), 'rows.csv');
    writeFileSync(file, `${HEADER}\nA-1,${'0'.repeat(32)},${mode},${key},${tokens},${filters}\n`);
    const refused = await readEncoded([file], personLayout, 'v1-a').catch((error: unknown) => error);
    expect(String(refused)).toContain(words);
    expect(String(refused)).not.toContain('AAAA');
  },
);

test('rows that name each token are read as rows that name the layout are', async () => {
  const folder = scratchFolder();
  const token = Buffer.from('12345678').toString('base64url');
  const filter = Buffer.alloc(64, 9).toString('base64');
  const rest = `surname_exact:${token};birth_date_year:${token}`;
  writeFileSync(
    join(folder, 'a.csv'),
    `${HEADER}\r\n"A-1",${'0'.repeat(32)},field,v1-a,${rest},surname:${filter}\r\n`,
  );
  const { table, keyVersion } = await readEncoded([join(folder, 'a.csv')], personLayout);
  expect([table.count, keyVersion, table.sources]).toEqual([1, 'v1-a', ['A-1']]);
  const present = table.slots.filter((_, slot) => table.values[slot]?.[0] !== 0).map(({ name }) => name);
  expect(present).toEqual(['surname.exact', 'birth_date.year']);
  expect(table.filters[1]?.subarray(64, 128)).toEqual(new Uint8Array(64).fill(9));
});

test('rows and persons travel as Parquet too', async () => {
  const folder = scratchFolder();
  const token = Buffer.from('12345678').toString('base64url');
  const columns = HEADER.split(',');
  const row = ['A-1', '0'.repeat(32), 'field', 'v1-a', `surname_exact:${token}`, ''];
  const file = join(folder, 'rows.parquet');
  parquetWriteFile({
    filename: file,
    columnData: columns.map((name, i) => ({ name, type: 'STRING', data: [row[i] ?? '', row[i] ?? ''] })),
  });
  const { table, keyVersion } = await readEncoded([file], personLayout);
  expect([table.count, keyVersion]).toEqual([2, 'v1-a']);
  expect(table.values[table.slots.findIndex(({ name }) => name === 'surname.exact')]).toEqual(
    Uint32Array.of(1, 1),
  );
});

test('NaN among the parameters of a model is refused', () => {
  const table = tableOf(rows);
  const { model } = link(table);
  const broken = [
    { ...model, prior: Number.NaN },
    { ...model, classes: model.classes.map((one) => ({ ...one, share: Number.NaN })) },
    { ...model, fields: model.fields.map((field) => ({ ...field, m: field.m.map(() => Number.NaN) })) },
    { ...model, classes: model.classes.slice(1) },
  ];
  for (const one of broken) expect(() => readModel(JSON.stringify(one), table)).toThrow(/the model/);
});
