import type { DataSource } from 'typeorm';
import { beforeAll, expect, test } from 'vitest';
import { declaredReferrals } from '../../etl/prevalence/declared-referrals.ts';
import { estimateHub } from '../../etl/prevalence.ts';
import { transaction } from '../../src/db/transaction.ts';
import { registerSources } from '../../src/sources/register.ts';
import { testDatabase } from '../support/database.ts';
import { seeded } from './link/people.ts';

const database = testDatabase();
const systems = ['child_welfare', 'education', 'health', 'probation'] as const;
const POPULATION = 600;
let loader: DataSource;
let measurer: DataSource;

const ask = (change: { period?: string; county?: string; seed?: number; today?: string } = {}) =>
  estimateHub({
    measurer,
    requestedBy: 'test',
    period: '2024',
    draws: 5,
    seed: 1,
    replicates: 0,
    today: '2026-03-01',
    ...change,
  });

function surrogate(person: number, list: number): string {
  return (person * 8 + list).toString(16).padStart(32, '0');
}

/** Each system identifies its share of a population that is known here, independently of the others. */
async function identify(): Promise<{ seen: number; counts: number[] }> {
  const next = seeded(4);
  const reach = [30, 35, 45, 25];
  const counts = Array.from({ length: 16 }, () => 0);
  await transaction(loader, async ({ client }) => {
    for (let person = 0; person < POPULATION; person++) {
      let history = 0;
      for (const [list, share] of reach.entries()) {
        if (next(100) >= share) continue;
        history |= 1 << list;
        await client.query(
          `INSERT INTO events.identification (source_record_id, source_agency, county_fips, record_version, op, source_updated_at,
             surrogate, status, exploitation_kind, decided_at, delivery, line, known_from)
           VALUES ($1, $2, '06037', 1, 'insert', '2024-01-01', decode($3, 'hex'), 'confirmed', 'sexual', $4, 1, 1, now())`,
          [`id-${person}-${list}`, `S-${list}`, surrogate(person, list), `2024-0${1 + next(9)}-15`],
        );
      }
      counts[history] = (counts[history] ?? 0) + 1;
    }
  });
  counts[0] = 0;
  return { seen: counts.reduce((sum, count) => sum + count, 0), counts };
}

async function linkEverybody(linker: DataSource): Promise<void> {
  await linker.query(
    `INSERT INTO persons.model (version, key_version, model, current) VALUES (repeat('0', 64), 'k', '{}', true)`,
  );
  await linker.query(
    `INSERT INTO persons.linkage (run_id, input_hash, stage_hash, method, kind, key_version, model, threshold, records, persons)
     VALUES (gen_random_uuid(), repeat('0', 64), repeat('0', 64), 1, 'full', 'k', repeat('0', 64), 0.5, 0, 0)`,
  );
  for (let person = 0; person < POPULATION; person++) {
    for (let list = 0; list < systems.length; list++) {
      await linker.query(`INSERT INTO persons.membership VALUES (decode($1, 'hex'), decode($2, 'hex'))`, [
        surrogate(person, list),
        surrogate(person, 7),
      ]);
      if (list > 0)
        await linker.query(
          `INSERT INTO persons.link (a, b, weight, pattern, model) VALUES (decode($1, 'hex'), decode($2, 'hex'), 9, '1', repeat('0', 64))`,
          [surrogate(person, list - 1), surrogate(person, list)],
        );
    }
  }
}

let planted: { seen: number; counts: number[] };

beforeAll(async () => {
  loader = await database.as('loader');
  measurer = await database.as('measurer');
  await registerSources(loader, {
    agencies: systems.map((system, i) => ({ id: `S-${i}`, name: system, system, countyFips: '06037' })),
    agreements: [],
  });
  planted = await identify();
});

test('before anything is linked there is nothing to estimate from', async () => {
  await expect(ask()).rejects.toMatchObject({ code: 'NOT_LINKED_YET' });
});

test('the lists are the systems, and the table is who is on exactly which of them', async () => {
  await linkEverybody(await database.as('linker'));
  const found = await ask();
  expect(found).toMatchObject({
    lists: [...systems],
    term: 'identified',
    county: 'all',
    linkage: 1,
    draws: 5,
  });
  const [row] = await measurer.query<
    { annex: { table: { counts: number[] }; draws: { counts: number[] }[] } }[]
  >('SELECT annex FROM measures.estimate WHERE id = $1', [found.id]);
  expect(row?.annex.table.counts).toEqual(planted.counts);
  expect(row?.annex.draws).toHaveLength(5);
  // A draw parts some of what is linked with a probability of 512/513, so it may see a person or two more.
  for (const { counts } of row?.annex.draws ?? []) {
    const seen = counts.reduce((sum, count) => sum + count, 0);
    expect(seen).toBeGreaterThanOrEqual(planted.seen);
    expect(seen).toBeLessThan(planted.seen * 1.1);
  }
});

test('the interval holds the population that was planted', async () => {
  const { refused, value, lower, upper } = await ask();
  expect(refused).toBe(false);
  expect(lower).toBeLessThan(POPULATION);
  expect(upper).toBeGreaterThan(POPULATION);
  expect(value).toBeGreaterThan(planted.seen);
});

test('the same question has the same answer, and is not worked out twice', async () => {
  const [first, second] = [await ask(), await ask()];
  expect(second).toEqual(first);
  const rows = await measurer.query<unknown[]>('SELECT FROM measures.estimate');
  expect(rows).toHaveLength(1);
});

test('where lists cannot carry an answer, the refusal is kept with its reasons', async () => {
  const elsewhere = await ask({ county: '06001' });
  expect(elsewhere).toMatchObject({ refused: true, value: null, lower: null, upper: null, lists: [] });
  expect(elsewhere.reasons.join()).toContain('TOO_FEW_LISTS');
  expect(await ask({ period: '2023' })).toMatchObject({ refused: true });
});

test('a period that is not over is refused', async () => {
  await expect(ask({ period: '2026' })).rejects.toMatchObject({ code: 'PERIOD_OPEN' });
  await expect(ask({ period: 'May' })).rejects.toMatchObject({ code: 'PERIOD' });
});

test('declared referrals are between systems that agencies can have', () => {
  const known = new Set<string>([...systems, 'cross_system']);
  const referrals = declaredReferrals();
  expect(referrals.length).toBeGreaterThan(0);
  for (const { from, to } of referrals) expect([known.has(from), known.has(to)]).toEqual([true, true]);
});
