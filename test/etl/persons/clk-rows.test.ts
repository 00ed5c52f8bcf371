import type { DataSource } from 'typeorm';
import { beforeAll, expect, test } from 'vitest';
import { clkEncoder } from '../../../etl/encode/clk.ts';
import { readClkSchema } from '../../../etl/encode/clk-schema.ts';
import { decide, reviewList } from '../../../etl/persons/decisions.ts';
import { linkPersons } from '../../../etl/persons.ts';
import { testDatabase } from '../../support/database.ts';
import { madeUpPeople, type Row } from '../link/people.ts';
import { agencyOf, deliverLinkage, membership, registerAgencies, surrogateOf } from './agencies.ts';

/** One agency sends nothing but CLKs; the others send them beside their tokens. */
const database = testDatabase();
const { rows: people, labels } = madeUpPeople(160, 21);
const clkOf = clks(1024);
const labelOf = new Map(people.map((row, i) => [surrogateOf(row), labels[i]]));
let loader: DataSource;
let linker: DataSource;
let deliveries = 0;

function clks(bits: number): (row: Row) => string {
  const names = ['given', 'surname', 'birth', 'ssn', 'zip'];
  const hashing = { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 120 } };
  const features = names.map((identifier) => ({ identifier, format: { type: 'string' }, hashing }));
  const schema = { version: 3, clkConfig: { l: bits, kdf: { type: 'HKDF' } }, features };
  const encoder = clkEncoder(readClkSchema(schema), Buffer.from('a secret of the test'));
  return ({ values }) => Buffer.from(encoder.encode(values, 1)).toString('base64');
}

const link = () => linkPersons({ linker, requestedBy: 'test' });
const send = (rows: readonly Row[], mode: string, clk = clkOf, gone: readonly Row[] = []) =>
  deliverLinkage(loader, ++deliveries, rows, gone, { mode, clk });
const [only, others] = [
  people.filter(({ source }) => source === 'a'),
  people.filter(({ source }) => source !== 'a'),
];

beforeAll(async () => {
  loader = await database.as('loader');
  linker = await database.as('linker');
  await registerAgencies(loader);
});

test('are joined to the persons of agencies that send both, and to few others', async () => {
  await send(only, 'clk');
  await send(others, 'both');
  const report = await link();
  expect(report).toMatchObject({ records: people.length, records_by_clk: only.length, left_out: {} });
  const persons = await membership(linker);
  expect(persons.size).toBe(people.length);
  let [found, right, wanted] = [0, 0, 0];
  for (const one of only)
    for (const other of others) {
      const [a, b] = [surrogateOf(one), surrogateOf(other)];
      const same = labelOf.get(a) === labelOf.get(b);
      if (same) wanted++;
      if (persons.get(a) !== persons.get(b)) continue;
      found++;
      if (same) right++;
    }
  expect(wanted).toBeGreaterThan(30);
  expect(right / found).toBeGreaterThan(0.95);
  expect(right / wanted).toBeGreaterThan(0.6);
});

test('make no person of two of the agency’s own records, and bring no two persons together', async () => {
  const persons = await membership(linker);
  const own = only.map((row) => persons.get(surrogateOf(row)));
  expect(new Set(own).size).toBe(own.length);
  const before = new Map(others.map((row) => [surrogateOf(row), persons.get(surrogateOf(row))]));
  await send([], 'clk', clkOf, only);
  await link();
  const after = await membership(linker);
  const groups = (of: ReadonlyMap<string, string | undefined>) =>
    [...Map.groupBy(others.map(surrogateOf), (name) => of.get(name)).values()].map(String).toSorted();
  expect(groups(after)).toEqual(groups(before));
  await send(only, 'clk');
  await link();
});

test('are reviewed and settled like any other, and the links are kept with a probability', async () => {
  const waiting = (await reviewList(linker)).filter(({ steps }) => steps[0]?.field === 'clk');
  const pair = waiting.find(({ weight }) => (weight ?? -1) >= 0);
  if (pair === undefined) throw new Error('some pair is near the threshold');
  await decide(linker, pair.pair, { same: false, by: 'Steward One' });
  await decide(linker, pair.pair, { same: false, by: 'Steward Two' });
  await link();
  expect(await reviewList(linker)).toContainEqual(
    expect.objectContaining({ pair: pair.pair, state: 'settled' }),
  );
  const [kept] = await linker.query<{ links: number; odd: number }[]>(
    `SELECT count(*)::int AS links, count(*) FILTER (WHERE posterior NOT BETWEEN 0.1 AND 0.999)::int AS odd
     FROM persons.link WHERE pattern = 'clk'`,
  );
  expect(kept?.links).toBeGreaterThan(30);
  expect(kept?.odd).toBe(0);
});

test('change nothing when nothing came, and a full run makes the same of them', async () => {
  expect(await link()).toMatchObject({ outcome: 'unchanged' });
  const persons = await membership(linker);
  await linkPersons({ linker, requestedBy: 'test', full: true });
  expect(await membership(linker)).toEqual(persons);
});

test('of another length than most are left out and counted', async () => {
  const [first] = only as [Row];
  await send([first], 'clk', clks(512));
  expect(await link()).toMatchObject({ left_out: { [`${agencyOf('a')} length`]: 1 } });
});
