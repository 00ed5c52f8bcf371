import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '../../../etl/encode/batch.ts';
import { personColumns } from '../../../etl/encode/columns.ts';
import { encodeFile, readHeader } from '../../../etl/encode/encode-file.ts';
import { encodePerson, fieldEncoder } from '../../../etl/encode/field-encoder.ts';
import { newKey } from '../../../etl/encode/key.ts';
import { layoutId, personLayout } from '../../../etl/encode/layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-encode-'));
const HEADER = 'local_id,First Name,Last Name,DOB,SSN,Notes';

function extract(name: string, rows: readonly string[]): { file: string; plan: Plan } {
  const file = join(folder, name);
  writeFileSync(file, `${HEADER}\n${rows.join('\n')}\n`);
  const header = readHeader(file);
  const columns = personColumns(header, personLayout);
  return {
    file,
    plan: {
      mode: 'field',
      layout: personLayout,
      dateOrder: 'mdy',
      key: newKey('file'),
      agency: 'PROB-1',
      county: '06037',
      madeAt: '2026-01-16T08:00:00.000Z',
      columns,
      width: header.length,
    },
  };
}

const many = Array.from(
  { length: 9000 },
  (_, i) =>
    `${i},Ana${i % 97},Cruz${i % 1013},${1 + (i % 12)}/${1 + (i % 28)}/2009,219-45-${1000 + (i % 8999)},"a, b"`,
);

test('two threads write what one writes, in the order of the rows', async () => {
  const { file, plan } = extract('many.csv', many);
  const [one, two] = [join(folder, 'one.csv'), join(folder, 'two.csv')];
  const report = await encodeFile(file, one, plan, 1);
  expect(await encodeFile(file, two, plan, 2)).toEqual(report);
  expect(report.encoded).toBe(many.length);
  expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
});

test('every row of the file is what encoding its values alone gives', async () => {
  const { file, plan } = extract('each.csv', many.slice(0, 300));
  if (plan.mode !== 'field') throw new Error('the plan is of field mode');
  const output = join(folder, 'each.out');
  await encodeFile(file, output, plan, 1);
  const lines = readFileSync(output, 'utf8').trimEnd().split('\n').slice(1);
  many.slice(0, 300).forEach((row, i) => {
    const [, given = '', surname = '', birth = '', ssn = ''] = row.split(',');
    const values = [given, surname, birth, ssn, '', '', '', ''];
    const { tokens, filters } = encodePerson(fieldEncoder(personLayout, plan.key), values);
    const name = layoutId(personLayout);
    expect(lines[i]?.split(',').slice(-2)).toEqual([
      `${name}:${Buffer.from(tokens).toString('base64url')}`,
      `${name}:${Buffer.from(filters).toString('base64')}`,
    ]);
  });
});

test('no identifier appears in the output', async () => {
  const { file, plan } = extract('plain.csv', ['17,Marisol,Villanueva,3/9/2009,219-45-1234,seen twice']);
  const output = join(folder, 'plain.out');
  await encodeFile(file, output, plan, 1);
  const text = readFileSync(output, 'utf8').toLowerCase();
  // Long enough not to stand in a token by chance.
  for (const value of [
    'marisol',
    'villanueva',
    '3/9/2009',
    '2009-03-09',
    '219-45-1234',
    '219451234',
    'seen twice',
  ])
    expect(text).not.toContain(value);
});

test('a dry run writes nothing and counts', async () => {
  const { file, plan } = extract('dry.csv', ['1,Ana,Cruz,1900-01-01,999-99-9999,', ',Bo,Li,2009-13-01,,']);
  const before = readdirSync(folder);
  const report = await encodeFile(file, undefined, plan, 1);
  expect(readdirSync(folder)).toEqual(before);
  expect(report).toMatchObject({ rows: 2, encoded: 1, withoutId: 1 });
  expect(report.outcomes['birth_date']).toEqual({ present: 0, empty: 0, placeholder: 1, malformed: 0 });
});

test('a broken row is refused by line, on threads too, and leaves no output behind', async () => {
  const { file, plan } = extract('broken.csv', [...many, '9000,short']);
  const output = join(folder, 'broken.out');
  for (const threads of [1, 2])
    await expect(encodeFile(file, output, plan, threads)).rejects.toThrow(
      'line 9002 has 2 cells where the header has 6',
    );
  expect(readdirSync(folder).filter((name) => name.startsWith('broken.out'))).toEqual([]);
  expect(existsSync(output)).toBe(false);
});

test('a file that is not UTF-8, an empty file and one without an id are refused', async () => {
  const { file, plan } = extract('latin.csv', ['1,Ana,Cruz,,,']);
  writeFileSync(
    file,
    Buffer.concat([Buffer.from(`${HEADER}\n1,Zo`), Buffer.from([0xeb]), Buffer.from(',a,,,\n')]),
  );
  await expect(encodeFile(file, undefined, plan, 1)).rejects.toThrow('not UTF-8');
  writeFileSync(file, '');
  expect(() => readHeader(file)).toThrow('is empty');
  expect(() => personColumns(['first', 'last'], personLayout)).toThrow("agency's own person id");
});
