import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Plan } from '../etl/encode/batch.ts';
import { personColumns } from '../etl/encode/columns.ts';
import { encodeFile } from '../etl/encode/encode-file.ts';
import { newKey } from '../etl/encode/key.ts';
import { personLayout } from '../etl/encode/layout.ts';
import { median, type Run } from './harness.ts';
import { peer } from './peers/python.ts';
import { peopleHeader, writePeople } from './people.ts';

interface ClkhashAnswer {
  readonly rates: readonly number[];
  readonly first: string;
  readonly last: string;
}

const RECORDS = 200_000;
const THREADS = 2;

const ngram = { type: 'ngram', n: 2, positional: false };
const feature = (identifier: string, comparison: object = ngram): object => ({
  identifier,
  format: { type: 'string', encoding: 'utf-8' },
  hashing: { comparison, strategy: { bitsPerFeature: 100 } },
});
const schema = {
  version: 3,
  clkConfig: { l: 1024, kdf: { type: 'HKDF', hash: 'SHA256', keySize: 64 } },
  features: [
    { identifier: 'person_id', ignored: true },
    feature('given_name'),
    feature('surname'),
    feature('birth_date', { ...ngram, n: 1, positional: true }),
    feature('sex', { type: 'exact' }),
    feature('postcode', { ...ngram, n: 1, positional: true }),
    feature('street'),
    { identifier: 'truth', ignored: true },
  ],
};

/** From a CSV file to encoded rows, on two cores, in turn with clkhash on the same file and schema. */
export const run: Run = async ({ runs }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-encode-'));
  const [file, schemaFile, output] = ['people.csv', 'schema.json', 'out'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writePeople(file, RECORDS);
  writeFileSync(schemaFile, JSON.stringify(schema));
  const width = peopleHeader.length;
  const clk: Plan = { mode: 'clk', schema, secret: Buffer.from('secret'), width };
  const field: Plan = {
    mode: 'field',
    layout: personLayout,
    dateOrder: 'mdy',
    key: newKey('bench'),
    agency: 'PROB-1',
    county: '06037',
    madeAt: '2026-01-16T08:00:00.000Z',
    columns: personColumns(peopleHeader, personLayout),
    width,
  };
  const [clks, fields, theirs]: [number[], number[], number[]] = [[], [], []];
  let made = { first: '', last: '' };
  for (let i = 0; i < runs; i++) {
    clks.push(await rate(file, output, clk));
    const answer = peer('encode_clkhash.py', schemaFile, file, '1') as ClkhashAnswer;
    theirs.push(...answer.rates);
    made = answer;
    requireSame(output, made);
    fields.push(await rate(file, output, field));
  }
  const [a, b, c] = [median(clks), median(fields), median(theirs)] as [number, number, number];
  return [
    { what: 'clk mode', value: a, unit: 'records/s', ratio: a / c, against: 'clkhash' },
    { what: 'field mode', value: b, unit: 'records/s', ratio: b / c, against: 'clkhash' },
    { what: 'clkhash, two processes', value: c, unit: 'records/s' },
  ];
};

async function rate(file: string, output: string, plan: Plan): Promise<number> {
  const start = performance.now();
  await encodeFile(file, output, plan, THREADS);
  return RECORDS / ((performance.now() - start) / 1000);
}

/** Speed says nothing unless both made the same CLKs. */
function requireSame(output: string, made: { first: string; last: string }): void {
  const { clks } = JSON.parse(readFileSync(output, 'utf8')) as { clks: string[] };
  const hex = (clk: string | undefined): string => Buffer.from(clk ?? '', 'base64').toString('hex');
  if (hex(clks[0]) !== made.first || hex(clks.at(-1)) !== made.last)
    throw new Error('the CLKs differ from those of clkhash');
}
