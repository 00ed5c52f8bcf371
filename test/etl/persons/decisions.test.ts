import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  confirm,
  decide,
  type ReviewedPair,
  reviewedPair,
  reviewList,
} from '../../../etl/persons/decisions.ts';
import { linkageReport } from '../../../etl/persons/linkage-report.ts';
import { type PairSeen, pairsSeen, sayOfPair } from '../../../etl/persons/pairs-seen.ts';
import { linkPersons } from '../../../etl/persons.ts';
import { testDatabase } from '../../support/database.ts';
import { madeUpPeople, type Row } from '../link/people.ts';
import { agencyOf, deliverLinkage, membership, registerAgencies, surrogateOf } from './agencies.ts';

const database = testDatabase();
const { rows: people } = madeUpPeople(150, 11);
let linker: DataSource;

const link = () => linkPersons({ linker, requestedBy: 'test' });

async function together(x: Row, y: Row): Promise<boolean> {
  const persons = await membership(linker);
  return persons.get(surrogateOf(x)) === persons.get(surrogateOf(y));
}

/** The two rows of a pair, found again by the agencies' record ids. */
function rowsOf({ agencies, records }: ReviewedPair): [Row, Row] {
  const found = ([0, 1] as const).map((side) =>
    people.find((row) => agencyOf(row.source) === agencies[side] && `record-${row.id}` === records[side]),
  );
  return found as [Row, Row];
}

beforeAll(async () => {
  const loader = await database.as('loader');
  linker = await database.as('linker');
  await registerAgencies(loader);
  await deliverLinkage(loader, 1, people);
  await link();
});

test('the queue shows how fields agree and what that weighs, the nearest to the threshold first', async () => {
  const pairs = await reviewList(linker);
  expect(pairs.length).toBeGreaterThan(10);
  const near = pairs.filter(({ asked }) => asked === 'near').map(({ weight }) => Math.abs(weight ?? 99));
  expect(near).toEqual(near.toSorted((x, y) => x - y));
  expect(pairs.filter(({ asked }) => asked === 'sample').length).toBeGreaterThan(0);
  for (const { prior, steps, weight } of pairs) {
    const sum = steps.reduce((total, step) => total + step.weight, prior ?? 0);
    expect(sum).toBeCloseTo(weight ?? Number.NaN, 3);
    expect(Object.keys(steps[0] ?? {}).toSorted()).toEqual(['field', 'level', 'rarity', 'weight']);
  }
});

test('the queue never holds a token, a filter or a value', async () => {
  const text = JSON.stringify(await reviewList(linker)).toLowerCase();
  for (const { values } of people.slice(0, 40))
    for (const value of values.filter((one) => one.length > 3))
      expect(text).not.toContain(value.toLowerCase());
});

describe('two stewards', () => {
  test('of one mind settle a pair against the weights, and it holds in later linkages', async () => {
    const pair = (await reviewList(linker)).find(({ asked }) => asked === 'sample') as ReviewedPair;
    const [x, y] = rowsOf(pair);
    expect(await together(x, y)).toBe(true);
    expect(await decide(linker, pair.pair, { same: false, by: 'Steward One' })).toMatchObject({
      state: 'begun',
    });
    await link();
    expect(await together(x, y)).toBe(true);
    expect(await decide(linker, pair.pair, { same: false, by: ' steward  ONE ' })).toMatchObject({
      state: 'begun',
    });
    expect(await decide(linker, pair.pair, { same: false, by: 'Steward Two' })).toMatchObject({
      state: 'settled',
    });
    const report = await link();
    expect(report).toMatchObject({ outcome: 'linked', kind: 'delta', pairs_scored: 0 });
    expect(report.precision_by_review).toMatchObject({ pairs: 1, value: 0 });
    expect(await together(x, y)).toBe(false);
    expect((await reviewList(linker)).find((one) => one.pair === pair.pair)).toMatchObject({
      state: 'settled',
    });
  });

  test('who disagree leave it open', async () => {
    const pair = (await reviewList(linker)).find(({ state }) => state === 'open') as ReviewedPair;
    const before = await together(...rowsOf(pair));
    await decide(linker, pair.pair, { same: true, by: 'Steward One' });
    expect(await decide(linker, pair.pair, { same: false, by: 'Steward Two' })).toMatchObject({
      state: 'disputed',
    });
    await link();
    expect(await together(...rowsOf(pair))).toBe(before);
  });

  test('can come to one mind: the last word of each counts', async () => {
    const pair = (await reviewList(linker)).find(({ state }) => state === 'disputed') as ReviewedPair;
    expect(await decide(linker, pair.pair, { same: true, by: 'Steward Two' })).toMatchObject({
      state: 'settled',
    });
    await link();
    expect(await together(...rowsOf(pair))).toBe(true);
  });
});

describe('an agency', () => {
  const own = people.filter(({ source }) => source === 'a');
  const [one, two, three] = own as [Row, Row, Row];

  test('joins two of its own records by its own ids', async () => {
    expect(await together(one, two)).toBe(false);
    const pair = await confirm(linker, agencyOf('a'), [`record-${one.id}`, `record-${two.id}`], true);
    expect(pair).toMatchObject({ state: 'settled', asked: 'told' });
    await link();
    expect(await together(one, two)).toBe(true);
  });

  test('whose words contradict each other is told so', async () => {
    const ids = [one, two, three].map(({ id }) => `record-${id}`) as [string, string, string];
    await confirm(linker, agencyOf('a'), [ids[1], ids[2]], true);
    const against = await confirm(linker, agencyOf('a'), [ids[0], ids[2]], false);
    const report = await link();
    expect(report.contradicted_decisions).toBe(1);
    expect(await reviewedPair(linker, against.pair)).toMatchObject({ state: 'contradicted' });
  });

  test('cannot speak of another’s records', async () => {
    const other = people.find(({ source }) => source === 'b') as Row;
    await expect(
      confirm(linker, agencyOf('a'), [`record-${one.id}`, `record-${other.id}`], true),
    ).rejects.toMatchObject({ code: 'NO_SUCH_RECORD' });
    await expect(
      confirm(linker, agencyOf('a'), [`record-${one.id}`, `record-${one.id}`], true),
    ).rejects.toMatchObject({ code: 'SAME_RECORD' });
  });
});

describe('the web server’s own account', () => {
  const steward = { county: '*' };

  test('sees the same pairs under a claim for every county, without a record’s id, and otherwise none', async () => {
    const api = await database.as('api');
    const seen = await pairsSeen(api, steward);
    expect(seen.map((pair) => ({ ...pair, records: expect.anything() }))).toEqual(await reviewList(linker));
    const surrogates = new Set(people.map(surrogateOf));
    expect(surrogates.size).toBeGreaterThan(100);
    const text = JSON.stringify(seen);
    for (const surrogate of surrogates) expect(text).not.toContain(surrogate);
    for (const claims of [{}, { county: '06037' }, { agency: agencyOf('a') }, { person: randomUUID() }]) {
      expect(await pairsSeen(api, claims)).toEqual([]);
      await expect(linkageReport(api, claims)).rejects.toMatchObject({ code: 'NOT_LINKED_YET' });
      expect(await sayOfPair(api, claims, seen[0]?.pair ?? '', { same: true, by: 'Nobody' })).toBe(false);
    }
    expect(await linkageReport(api, steward)).toEqual(await linkageReport(linker));
    for (const table of ['persons.review', 'persons.opinion', 'persons.asked_pair', 'linkage.person_token'])
      await expect(api.query(`SELECT FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
  });

  test('takes a steward’s word, which the linker finds', async () => {
    const api = await database.as('api');
    const open = (await pairsSeen(api, steward)).find(({ state }) => state === 'open') as PairSeen;
    expect(await sayOfPair(api, steward, open.pair, { same: true, by: 'Steward Three' })).toBe(true);
    expect(await reviewedPair(linker, open.pair)).toMatchObject({
      state: 'begun',
      opinions: [{ by: 'steward three', as: 'steward', same: true }],
    });
  });
});

test('a pair that nobody knows, and a steward without a name, are refused', async () => {
  await expect(reviewedPair(linker, 'nobody')).rejects.toMatchObject({ code: 'NO_SUCH_PAIR' });
  const [pair] = await reviewList(linker);
  await expect(decide(linker, pair?.pair ?? '', { same: true, by: '  ' })).rejects.toMatchObject({
    code: 'STEWARD',
  });
});
