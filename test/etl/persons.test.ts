import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LinkageReport } from '../../etl/persons/linkage-report.ts';
import { linkPersons } from '../../etl/persons.ts';
import { testDatabase } from '../support/database.ts';
import { madeUpPeople, type Row } from './link/people.ts';
import {
  agencyOf,
  deliverLinkage,
  grouped,
  keyVersion,
  links,
  membership,
  registerAgencies,
  surrogateOf,
} from './persons/agencies.ts';

const database = testDatabase();
const { rows: people, labels } = madeUpPeople(110, 5);
let loader: DataSource;
let linker: DataSource;
let deliveries = 0;

/** A small cap, so that blocks cross it in both directions as rows come and go. */
function night(demand: { train?: boolean; full?: boolean; threshold?: number } = {}): Promise<LinkageReport> {
  return linkPersons({ linker, requestedBy: 'test', cap: 6, ...demand });
}

async function deliver(rows: readonly Row[], gone: readonly Row[] = []): Promise<void> {
  await deliverLinkage(loader, ++deliveries, rows, gone);
}

beforeAll(async () => {
  loader = await database.as('loader');
  linker = await database.as('linker');
  await registerAgencies(loader);
});

test('without a row there is nothing to link, and the run says so', async () => {
  await expect(night()).rejects.toMatchObject({ code: 'NOTHING_TO_LINK' });
});

describe('the first night', () => {
  test('learns a model, finds most of the persons and invents few', async () => {
    await deliver(people);
    const report = await night();
    expect(report).toMatchObject({ outcome: 'linked', linkage: 1, kind: 'full', records: people.length });
    const found = await membership(linker);
    expect(found.size).toBe(people.length);
    const pairs = people.flatMap((x, i) => people.slice(i + 1).map((y, j) => [i, i + 1 + j, x, y] as const));
    const together = pairs.filter(([, , x, y]) => found.get(surrogateOf(x)) === found.get(surrogateOf(y)));
    const right = together.filter(([i, j]) => labels[i] === labels[j]).length;
    const wanted = pairs.filter(([i, j]) => labels[i] === labels[j]).length;
    expect(right / together.length).toBeGreaterThan(0.95);
    expect(right / wanted).toBeGreaterThan(0.95);
  });

  test('keeps every pair it scored near enough, with its probability and how it agrees', async () => {
    const [row] = await linker.query<{ pairs: number; wrong: number; patterns: number }[]>(
      `SELECT count(*)::int AS pairs, count(DISTINCT pattern)::int AS patterns,
              (count(*) FILTER (WHERE abs(posterior - 1 / (1 + exp(-weight * ln(2)))) > 1e-6))::int AS wrong FROM persons.link`,
    );
    expect(row).toMatchObject({ wrong: 0 });
    expect(row?.pairs).toBeGreaterThan(100);
    expect(row?.patterns).toBeGreaterThan(5);
  });

  test('the second time nothing is done', async () => {
    const before = [await membership(linker), await links(linker)];
    expect(await night()).toMatchObject({ outcome: 'unchanged', linkage: 1 });
    expect([await membership(linker), await links(linker)]).toEqual(before);
  });
});

/** What happens to a row in a night: it goes, comes back, or is corrected. */
const change = fc.record({
  row: fc.nat(people.length - 1),
  fate: fc.constantFrom('gone', 'back', 'moved', 'renamed'),
});

function corrected(row: Row, fate: 'moved' | 'renamed' | 'gone' | 'back'): Row {
  const [given = '', surname = '', birth = '', ssn = '', zip = ''] = row.values;
  if (fate === 'moved') return { ...row, values: [given, surname, birth, ssn, '90001'] };
  if (fate === 'renamed') return { ...row, values: [given, 'Jones', birth, ssn, zip] };
  return row;
}

test('night after night a delta reaches what a full run does, and every earlier night stays readable', async () => {
  const kept = new Map<number, ReadonlyMap<string, string>>();
  const nights = fc.array(fc.array(change, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(nights, async (changes) => {
      for (const tonight of changes) {
        const last = new Map(tonight.map(({ row, fate }) => [row, fate]));
        const of = (...fates: readonly string[]): Row[] =>
          [...last]
            .filter(([, fate]) => fates.includes(fate))
            .map(([row, fate]) => corrected(people[row] as Row, fate));
        await deliver(of('back', 'moved', 'renamed'), of('gone'));
        const delta = await night();
        expect(delta.kind).toBe('delta');
        const after = { persons: await membership(linker), links: await links(linker) };
        kept.set(delta.linkage, after.persons);
        const full = await night({ full: true });
        expect(full.kind).toBe('full');
        expect({ persons: await membership(linker), links: await links(linker) }).toEqual(after);
        expect(full.changes).toEqual({ new: 0, merged: 0, split: 0, retired: 0 });
        expect(delta.pairs_scored).toBeLessThanOrEqual(full.pairs_scored);
      }
    }),
    { numRuns: 8 },
  );
  for (const [linkage, persons] of kept) expect(await membership(linker, linkage)).toEqual(persons);
}, 120_000);

test('a hub that starts from the last rows finds the same groups as one that saw every night', async () => {
  const before = await membership(linker);
  const owner = await database.as('owner');
  await owner.query(`TRUNCATE persons.membership, persons.membership_history, persons.link, persons.linkage,
    persons.person_change, persons.review, persons.opinion, linkage.linked_row, linkage.blocking_rule CASCADE`);
  await owner.query('TRUNCATE ops.linkage_quality');
  await night();
  expect(grouped(await membership(linker))).toEqual(grouped(before));
});

describe('rows that cannot be compared', () => {
  test('stand for persons of their own, and are counted by agency and reason', async () => {
    const [one, two] = [1000, 1001].map((id) => ({ ...(people[0] as Row), id })) as [Row, Row];
    await deliverLinkage(loader, ++deliveries, [one], [], { keyVersion: 'another-key' });
    await deliverLinkage(loader, ++deliveries, [two], [], { mode: 'clk' });
    const report = await night();
    expect(report.left_out).toEqual({
      [`${agencyOf(one.source)} key`]: 1,
      [`${agencyOf(two.source)} mode`]: 1,
    });
    const persons = await membership(linker);
    for (const row of [one, two]) {
      const person = persons.get(surrogateOf(row));
      expect([...persons.values()].filter((other) => other === person)).toHaveLength(1);
    }
    expect(keyVersion).not.toBe('another-key');
  });
});

test('rows that carry both modes are linked by their tokens and filters like any other', async () => {
  const known = people[0] as Row;
  // Random nights may have taken or changed it.
  await deliver([known]);
  const again = { ...known, source: known.source === 'a' ? 'b' : 'a', id: 1500 };
  await deliverLinkage(loader, ++deliveries, [again], [], { mode: 'both' });
  await night();
  const persons = await membership(linker);
  expect(persons.get(surrogateOf(again))).toBe(persons.get(surrogateOf(known)));
});

describe('an agency that deduplicated its own records', () => {
  test('has at most one of them in any person', async () => {
    const twice = people.slice(0, 20).map((row) => ({ ...row, id: row.id + 2000 }));
    await deliver(twice);
    await night();
    expect(await sharing('a')).toBeGreaterThan(0);
    await registerAgencies(loader, ['a']);
    expect(await night()).toMatchObject({ outcome: 'linked' });
    expect(await sharing('a')).toBe(0);
  });

  async function sharing(source: string): Promise<number> {
    const rows = await linker.query<{ persons: number }[]>(
      `SELECT count(*)::int AS persons FROM (
         SELECT FROM persons.membership JOIN linkage.person_token USING (surrogate)
         WHERE source_agency = $1 GROUP BY person_id HAVING count(*) > 1) person`,
      [agencyOf(source)],
    );
    return rows[0]?.persons ?? -1;
  }
});

test('a model learned anew is kept beside the old one, and everything is scored with it', async () => {
  const report = await night({ train: true });
  expect(report.kind).toBe('full');
  const [row] = await linker.query<{ models: number; current: string }[]>(
    `SELECT count(*)::int AS models, min(version) FILTER (WHERE current) AS current FROM persons.model`,
  );
  expect(row).toEqual({ models: 2, current: report.model });
});

test('a model that this release cannot read is learned anew, and the night goes on', async () => {
  const owner = await database.as('owner');
  await owner.query(`UPDATE persons.model SET model = '{"format": "of another time"}' WHERE current`);
  await deliver(people.slice(0, 5).map((row) => ({ ...row, values: [...row.values.slice(0, 4), '90777'] })));
  expect(await night()).toMatchObject({ outcome: 'linked', kind: 'full', trained: true });
  await deliver(people.slice(1, 2));
  expect(await night()).toMatchObject({ outcome: 'linked', kind: 'delta', trained: false });
});

test('a merge and a split are told, by the persons they concern', async () => {
  const rows = await linker.query<{ event: string; others: number }[]>(
    `SELECT event, min(cardinality(others))::int AS others FROM persons.person_change GROUP BY event ORDER BY event`,
  );
  for (const event of ['merged', 'split'])
    expect(rows.find((row) => row.event === event)?.others).toBeGreaterThan(0);
});
