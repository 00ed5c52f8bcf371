import type { DataSource } from 'typeorm';
import { beforeAll, expect, test } from 'vitest';
import { declaredReferrals } from '../../etl/prevalence/declared-referrals.ts';
import { type StoredEstimate, storedAnnex } from '../../etl/prevalence/kept-estimates.ts';
import { type EstimateRequest, estimateHub } from '../../etl/prevalence.ts';
import { transaction } from '../../src/db/transaction.ts';
import { registerSources } from '../../src/sources/register.ts';
import { testDatabase } from '../support/database.ts';
import { seeded } from './link/people.ts';

const database = testDatabase();
const systems = ['child_welfare', 'education', 'health', 'probation'] as const;
const POPULATION = 600;
let loader: DataSource;
let measurer: DataSource;

const askAll = (change: Partial<EstimateRequest> = {}) =>
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
const ask = async (change: Partial<EstimateRequest> = {}): Promise<StoredEstimate> => {
  const [found] = await askAll(change);
  if (found === undefined) throw new Error('no estimate');
  return found;
};

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
  const named = (list: string) => `decode(lpad(to_hex(person * 8 + ${list}), 32, '0'), 'hex')`;
  await linker.query(
    `INSERT INTO persons.membership SELECT ${named('list')}, ${named('7')}
     FROM generate_series(0, ${POPULATION - 1}) person, generate_series(0, ${systems.length - 1}) list`,
  );
  await linker.query(
    `INSERT INTO persons.link (a, b, weight, pattern, model) SELECT ${named('list - 1')}, ${named('list')}, 9, '1', repeat('0', 64)
     FROM generate_series(0, ${POPULATION - 1}) person, generate_series(1, ${systems.length - 1}) list`,
  );
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
    region: 'all',
    stratum: 'all',
    linkage: 1,
    draws: 5,
    seed: 1,
    definitions: { confirmed: 1, identified: 1, suspected: 1 },
  });
  expect(found.table_hash).toMatch(/^[0-9a-f]{64}$/);
  const { table, draws = [] } = await storedAnnex(measurer, found.id);
  expect(table.counts).toEqual(planted.counts);
  expect(draws).toHaveLength(5);
  // A draw parts some of what is linked with a probability of 512/513, so it may see a person or two more.
  for (const { counts } of draws) {
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

test('a region is its counties; another one has no lists', async () => {
  const there = await ask({ region: 'south' });
  expect(there).toMatchObject({ region: 'south', refused: false });
  expect((await storedAnnex(measurer, there.id)).table.counts).toEqual(planted.counts);
  expect(await ask({ region: 'sacramento' })).toMatchObject({ refused: true });
  await expect(ask({ region: 'atlantis' })).rejects.toMatchObject({ code: 'AREA' });
  await expect(ask({ region: 'south', county: '06037' })).rejects.toMatchObject({ code: 'AREA' });
});

test('of what was known on an earlier day there is nothing, and the period must have been over then', async () => {
  const then = await ask({ knownOn: '2025-06-01' });
  expect(then).toMatchObject({ known_on: '2025-06-01', refused: true, lists: [] });
  const now = await ask({ knownOn: '2026-02-28', today: '2026-03-01' });
  expect(now.known_on).toBe('2026-02-28');
  await expect(ask({ knownOn: '2024-06-01' })).rejects.toMatchObject({ code: 'PERIOD_OPEN' });
});

test('measured errors of the linkage are put right beside the figure', async () => {
  await (await database.as('linker')).query(
    `INSERT INTO ops.linkage_quality (linkage, quality) VALUES (1, $1)`,
    [
      JSON.stringify({
        recall_by_model: { value: 0.9 },
        precision_by_model: { value: 0.99 },
        precision_by_review: { value: 0.98, pairs: 120 },
      }),
    ],
  );
  const found = await ask({ seed: 2 });
  const { corrected, results, sensitivity } = await storedAnnex(measurer, found.id);
  expect(corrected).toMatchObject({ recall: 0.9, precision: 0.98, recallBy: 'model', precisionBy: 'review' });
  const stepwise = (all: readonly { method: string; estimate: number | null }[] = []) =>
    all.find(({ method }) => method === 'stepwise')?.estimate;
  expect(stepwise(corrected?.results)).toBeLessThan(stepwise(results) ?? 0);
  // What a figure leans on is kept with it.
  expect(sensitivity?.leaveOneOut).toHaveLength(4);
  expect(sensitivity?.internalConsistency).toHaveLength(4);
  expect(sensitivity?.oddsRatio?.points.map(({ xi }) => xi)).toContain(1);
  // All hierarchical models of four lists that hold the two declared pairs.
  expect(sensitivity?.allModels?.models).toBe(49);
});

test('in groups nobody is left out whose group no record tells', async () => {
  await expect(askAll({ by: 'sex' })).rejects.toMatchObject({ code: 'NO_GROUPS' });
  await transaction(loader, async ({ client }) => {
    // Every fifth has no answer anywhere, and education answers for nobody.
    for (let person = 0; person < POPULATION; person++)
      if (person % 5 !== 0)
        for (const list of [0, 2, 3])
          await client.query(
            `INSERT INTO events.person (source_record_id, source_agency, county_fips, record_version, op, source_updated_at,
               surrogate, birth_year, sex, delivery, line, known_from)
             VALUES ($1, $2, '06037', 1, 'insert', '2024-01-01', decode($3, 'hex'), 2009, $4, 1, 1, now())`,
            [
              `p-${person}-${list}`,
              `S-${list}`,
              surrogate(person, list),
              person % 3 === 0 ? 'male' : 'female',
            ],
          );
  });
  const found = await askAll({ by: 'sex' });
  expect(found.map(({ stratum }) => stratum)).toEqual(['sex=female', 'sex=male']);
  const annexes = await Promise.all(found.map(({ id }) => storedAnnex(measurer, id)));
  const seen = annexes.reduce((sum, { table }) => sum + table.counts.reduce((a, b) => a + b, 0), 0);
  expect(seen).toBe(planted.seen);
  expect(annexes.every(({ imputed }) => (imputed?.unknown ?? 0) > 0)).toBe(true);
  // Girls are two thirds of those who are planted.
  const [girls] = found;
  expect(girls?.refused).toBe(false);
  expect(girls?.lower).toBeLessThan((POPULATION * 2) / 3);
  expect(girls?.upper).toBeGreaterThan((POPULATION * 2) / 3);
  expect(annexes[0]?.sumOfStrata?.lower).toBeLessThan(POPULATION);
  expect(annexes[0]?.sumOfStrata?.upper).toBeGreaterThan(POPULATION);
  expect(await askAll({ by: 'sex' })).toEqual(found);
  await expect(askAll({ by: 'shoe_size' })).rejects.toMatchObject({ code: 'STRATUM' });
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

test('what was worked out from the same tables stands on another day, byte for byte, and is worked out once', async () => {
  const owner = await database.as('owner');
  const whole = async ({ id, refused, reasons, value, lower, upper }: StoredEstimate) => ({
    figures: { refused, reasons, value, lower, upper },
    annex: await storedAnnex(measurer, id),
  });
  for (const change of [{ seed: 5 }, { seed: 5, by: 'sex' }]) {
    const on = async (today: string) => (await askAll({ ...change, today })).at(0) as StoredEstimate;
    const first = await on('2026-04-01');
    const made = await whole(first);
    await owner.query(
      `UPDATE measures.estimate SET annex = (annex::jsonb || '{"of": "the first day"}')::json WHERE id = $1`,
      [first.id],
    );
    const second = await on('2026-04-02');
    expect(second.id).not.toBe(first.id);
    expect(await whole(second)).toEqual({ ...made, annex: { ...made.annex, of: 'the first day' } });
    await owner.query('UPDATE measures.estimate SET work_hash = NULL');
    expect(await whole(await on('2026-04-03'))).toEqual(made);
  }
});
