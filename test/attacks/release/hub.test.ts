/**
 * The sixteen attacks on a hub that answers as it answers anybody: files and questions over HTTP, a county's analyst with a token,
 * two releases one after the other. What the attacker may not find out is known here, and only the judgement uses it.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../../src/db/transaction.ts';
import { testDatabase } from '../../support/database.ts';
import { release, storeCandidate } from '../../support/released.ts';
import { testServer } from '../../support/server.ts';
import { type Knowledge, leavesOpen, worksOut } from './attacker.ts';
import { type MadeUpYoungPerson, madeUpNight, type Night } from './made-up-night.ts';
import {
  knowledgeOf,
  type Meaning,
  numberName,
  publicTables,
  type Row,
  read,
  rowsOf,
} from './public-reader.ts';

/** `npm run attack` takes a larger state and tries every small count. */
const long = process.env['TESSERA_ATTACK'] === 'long';
const shape = long ? { seed: 21, counties: 12, largest: 160 } : { seed: 21, counties: 4, largest: 70 };
const PATIENCE = long ? 3_600_000 : 240_000;

const database = testDatabase();
const server = testServer(database, () => ({
  TESSERA_READER_TABLES: '1000000',
  TESSERA_READER_COST: '1000000000',
}));

/** What the public catalogue says that the figures are made of. */
const meaning: Meaning = ({ metric, period, dims }) => {
  const name = (what: string, more: Record<string, string> = {}): string =>
    numberName(what, period, { ...dims, ...more });
  if (metric === 'identified' || metric === 'identified_per_1000_enrolled')
    return { numerator: name('identified') };
  if (metric === 'boys_share')
    return { numerator: name('identified', { sex: 'male' }), denominator: name('identified') };
  if (metric === 'dual_status') return { numerator: name('dual'), denominator: name('identified') };
  return { numerator: name(metric), denominator: name(`${metric} of`) };
};
/** Of a young person in two counties the catalogue says that they are counted in each. */
const adds = (metric: string): boolean => metric !== 'locked_placement';
/** Zeros of shares that say something of everybody in a group are not always shown. */
const isSensitive = (id: string): boolean => /^(dual|locked_placement),/.test(id);

const first = madeUpNight(shape);
const [big = '', locked = '', open = ''] = [...new Set(first.people.map(({ county }) => county))];
/** A few in one county and many in another were told of late; nobody was taken back. */
const late = (people: MadeUpYoungPerson[]): MadeUpYoungPerson[] => {
  const like = (county: string, many: number): MadeUpYoungPerson[] => {
    const one = people.find((person) => person.county === county && person.quarter.startsWith('2024'));
    return one === undefined ? [] : Array.from({ length: many }, () => one);
  };
  return [...people, ...like(open, 4), ...like(big, 30)];
};
const second = madeUpNight(shape, late);

let tables: Awaited<ReturnType<typeof publicTables>>;
let rows: Row[];
let later: Row[];
let facts: Map<string, number>;
/** Small numbers that the first release holds a place for, differences of part and whole among them. */
let small: string[];
let known: Knowledge;

beforeAll(async () => {
  const [measurer, publisher] = [await database.as('measurer'), await database.as('publisher')];
  await storeCandidate(measurer, first.candidate);
  expect(await release(publisher, first, '2024-Q4')).toBe(1);
  await storeCandidate(measurer, second.candidate);
  expect(await release(publisher, second, '2024')).toBe(2);
  tables = await publicTables(server, first.metrics.keys());
  rows = await rowsOf(server, tables, { release: 1 });
  later = await rowsOf(server, tables, { release: 2 });
  facts = factsOf(first);
  small = smallIn(rows, facts);
  known = readBy(rows, facts);
}, PATIENCE);

function factsOf({ candidate }: Night): Map<string, number> {
  const of = new Map<string, number>();
  for (const figure of candidate.figures) {
    const { numerator, denominator } = meaning(figure);
    of.set(numerator, figure.numerator ?? 0);
    if (denominator === undefined) continue;
    of.set(denominator, figure.denominator ?? 0);
    of.set(`not ${numerator}`, (figure.denominator ?? 0) - (figure.numerator ?? 0));
  }
  return of;
}

const isSmall = (v: number | undefined): boolean => v !== undefined && v >= 1 && v <= 10;
const isLarge = (v: number | null): boolean => v !== null && v > 10;

function smallIn(of: readonly Row[], truth: ReadonlyMap<string, number>): string[] {
  const ids = of
    .filter(({ footnotes }) => !footnotes.startsWith('Not published at this detail'))
    .flatMap((row) => {
      const { numerator, denominator } = meaning(row);
      return denominator === undefined ? [numerator] : [numerator, denominator, `not ${numerator}`];
    });
  return [...new Set(ids)].filter((id) => isSmall(truth.get(id)));
}

/** Where every zero can be seen the reader is taken to know it. */
function readBy(of: readonly Row[], truth: ReadonlyMap<string, number>): Knowledge {
  const bare = knowledgeOf(of, meaning, adds, 0);
  const all = new Map(bare.cells);
  const plain = [...all].filter(([id]) => !isSensitive(id));
  const floor = plain.every(([id, v]) => truth.get(id) !== 0 || v === 0) ? 1 : 0;
  const bounds = [...all.keys()].filter(isSensitive).map((id) => [id, [0, 100_000]] as const);
  return { ...bare, floor, bounds: Object.fromEntries(bounds) };
}

/** A handful, spread over all of them: each costs four searches. */
function some(of: readonly string[], most = 8): readonly string[] {
  return long ? of : of.filter((_, at) => at % Math.ceil(of.length / most) === 0);
}

describe('attacks 1 and 2: everything that is published solved at once', { timeout: PATIENCE }, () => {
  it('leaves 1 and 11 possible for every small number, over tables, quarters, shares and rates', () => {
    expect(small.length).toBeGreaterThan(8);
    for (const id of some(small)) expect(leavesOpen(known, id)).toBe(true);
  });

  it('would work: a count that is let out gives others away', () => {
    const told = {
      ...known,
      facts: Object.fromEntries(small.slice(1).map((id) => [id, facts.get(id) ?? 0])),
    };
    expect(leavesOpen(told, small[0] ?? '')).toBe(false);
  });
});

describe('attack 3: what the marker lets a reader guess', { timeout: PATIENCE }, () => {
  it('is the same in everything that is hidden one by one', () => {
    const hidden = rows.filter(({ status }) => status === 'hidden');
    const marks = hidden.map(({ metric, period, dims, footnotes, ...numbers }) => {
      expect([metric, period, dims]).not.toContain(undefined);
      const { value, numerator, denominator, lower, upper, status } = numbers;
      const why = footnotes.replace(/ ?Shown for [\d/]+ together[.]/, '');
      return JSON.stringify([value, numerator, denominator, lower, upper, status, why]);
    });
    expect(hidden.length).toBeGreaterThan(5);
    expect(new Set(marks).size).toBeLessThanOrEqual(2);
  });

  it('does not give a count to a reader who takes every marker for a number from 1 to 10', () => {
    const guess = known.cells.filter(([, v]) => v === null).map(([id]) => [id, [1, 10]] as const);
    const bounds = { ...known.bounds, ...Object.fromEntries(guess) };
    for (const id of some(small)) {
      const found = worksOut({ ...known, bounds }, id);
      expect(found === undefined || found[0] < found[1]).toBe(true);
    }
  });
});

describe('attack 4: subtracting one figure from another', () => {
  it('gives no difference from 1 to 10, of a part from its whole or of all other parts from a sum', () => {
    const value = new Map(known.cells);
    let subtracted = 0;
    for (const [total, parts] of known.sums) {
      const all = value.get(total);
      const shown = parts.filter((part) => typeof value.get(part) === 'number');
      if (typeof all !== 'number' || shown.length < parts.length - 1) continue;
      subtracted++;
      const rest = all - shown.reduce((so, part) => so + (value.get(part) ?? 0), 0);
      expect(isSmall(rest)).toBe(false);
    }
    expect(subtracted).toBeGreaterThan(5);
  });
});

describe('attack 5: filters that differ by a few', { timeout: PATIENCE }, () => {
  it.each([
    'identified.json?by=county,sex,age_band',
    'identified.json?by=county&month=3',
    'identified.json?by=county&from=2024&to=2024&day=1',
    'identified.json?by=county&period=2024-03',
    'identified.json?by=birth_date',
    'identified.json?by=county&county=06001,06003',
    'locked_placement.json?by=sex',
  ])('answers no table and no window that is not declared: %s', async (path) => {
    const response = await read(`${server.url}/data/${path}`);
    const text = await response.text();
    if (response.status === 200) expect((JSON.parse(text) as { rows: unknown[] }).rows).toEqual([]);
    else expect(response.status).toBe(404);
  });

  it('holds members of closed lists only', () => {
    const members = new Set(rows.flatMap(({ dims }) => dims['age_band'] ?? []));
    expect(members).toEqual(new Set(['P00_11', 'P12_14', 'P15_17', 'all']));
  });
});

describe('attack 6: a release against the one before', { timeout: PATIENCE }, () => {
  const then = (id: string): string => `${id} then`;

  it('leaves no difference from 1 to 10 between two figures', () => {
    const old = new Map(known.cells);
    for (const [id, now] of readBy(later, factsOf(second)).cells) {
      const before = old.get(id);
      if (typeof now === 'number' && typeof before === 'number') expect(isSmall(now - before)).toBe(false);
    }
  });

  it('leaves 1 and 11 possible for what is small now and for small changes, from both at once', () => {
    const truth = factsOf(second);
    // A reader who even knows which numbers changed, and that nobody was taken back.
    const changed = new Set([...truth.keys()].filter((id) => facts.get(id) !== truth.get(id)));
    const rename = (id: string): string => (changed.has(id) ? then(id) : id);
    const now = readBy(later, truth);
    const seen = new Map(now.cells);
    for (const [id, v] of known.cells) seen.set(rename(id), v ?? seen.get(rename(id)) ?? null);
    const both: Knowledge = {
      cells: [...seen],
      sums: [
        ...now.sums,
        ...known.sums.map(([total, parts]) => [rename(total), parts.map(rename)] as const),
        ...[...changed].map((id) => [id, [then(id), `more ${id}`]] as const),
      ],
      bounds: { ...known.bounds, ...now.bounds },
      floor: Math.min(now.floor, known.floor) as 0 | 1,
    };
    const differences = [...changed].filter(
      (id) => isSmall((truth.get(id) ?? 0) - (facts.get(id) ?? 0)) && seen.has(id) && seen.has(then(id)),
    );
    expect(differences.length).toBeGreaterThan(1);
    const owed = [...some(smallIn(later, truth), 4), ...some(differences, 4).map((id) => `more ${id}`)];
    for (const id of owed) expect(leavesOpen(both, id)).toBe(true);
  });
});

describe('attack 7: turning shares, rates and times back into counts', () => {
  it('finds no small count and no small rest in any figure that is shown', () => {
    let inverted = 0;
    for (const { metric, value, numerator, denominator } of [...rows, ...later]) {
      if (value === null || denominator === null) continue;
      const per = metric === 'identified_per_1000_enrolled' ? 1000 : 1;
      const count = Math.round((value * denominator) / per);
      inverted++;
      for (const one of [count, numerator ?? 0]) expect(isSmall(one)).toBe(false);
      if (per === 1)
        for (const one of [count, numerator ?? 0]) expect(isSmall(denominator - one)).toBe(false);
    }
    expect(inverted).toBeGreaterThan(5);
  });

  it('finds no statistic where the count is hidden', () => {
    for (const row of [...rows, ...later])
      if (row.status === 'hidden')
        expect([row.value, row.numerator, row.denominator, row.lower, row.upper]).toEqual([
          null,
          null,
          null,
          null,
          null,
        ]);
  });
});

describe('attack 8: readers who know a part', { timeout: PATIENCE }, () => {
  it('the one young person in a cell finds out nothing about the others', () => {
    const ones = small.filter((id) => facts.get(id) === 1 && id.startsWith('identified'));
    for (const alone of some(ones, 2)) {
      // They know every cell that they are alone in.
      const told = { ...known, facts: { [alone]: 1 } };
      const others = small.filter((id) => id !== alone && (facts.get(id) ?? 0) > 1);
      for (const id of some(others, 3)) expect(leavesOpen(told, id)).toBe(true);
    }
  });
});

describe('attack 9: all or none of a group', { timeout: PATIENCE }, () => {
  it('is not to be had where it would say something of each of them', () => {
    let groups = 0;
    for (const row of rows) {
      const { numerator, denominator = '' } = meaning(row);
      if (!isSensitive(numerator)) continue;
      const [part, whole] = [facts.get(numerator) ?? 0, facts.get(denominator) ?? 0];
      if (whole === 0 || (part !== 0 && part !== whole)) continue;
      groups++;
      expect(row.status).toBe('hidden');
      const [lo, hi] = worksOut(known, numerator) ?? [0, 0];
      expect(lo).toBeLessThan(hi);
    }
    expect(groups).toBeGreaterThan(1);
  });
});

describe('attack 10: what a county and the public may see, put together', { timeout: PATIENCE }, () => {
  it('tells a county nothing about the others', async () => {
    await underAgreement(locked);
    const token = await server.token({ role: 'county-analyst', county: locked });
    const own = await rowsOf(server, tables, { release: 1, twin: locked, token });
    expect(own.length).toBeGreaterThan(10);
    expect(new Set(own.flatMap(({ dims }) => dims['county'] ?? []))).toEqual(new Set([locked]));
    expect(await rowsOf(server, tables, { release: 1, twin: big, token })).toEqual([]);
    expect(await rowsOf(server, tables, { release: 1, twin: locked })).toEqual([]);
    const both = readBy([...rows, ...own], facts);
    const others = small.filter((id) => id.includes('county is') && !id.includes(locked));
    for (const id of some(others, 4)) expect(leavesOpen({ ...both, floor: known.floor }, id)).toBe(true);
  });
});

describe('attack 11: the same question asked again, in another way', { timeout: PATIENCE }, () => {
  const cells =
    'cells(first: 200) { nodes { period dims { dimension member } status value numerator denominator footnotes } }';
  const table = '{ table(metric: "identified", by: [COUNTY, SEX], release: 1)';

  it('gets the same answer to the byte: again, under aliases, page by page, as a file', async () => {
    const read = async (query: string): Promise<unknown> => {
      const { data, errors } = await server.ask(query);
      expect(errors).toBeUndefined();
      return data;
    };
    const once = await read(`${table} { ${cells} } }`);
    expect(JSON.stringify(await read(`${table} { ${cells} } }`))).toBe(JSON.stringify(once));
    const aliased = (await read(
      `{ a: table(metric: "identified", by: [SEX, COUNTY], release: 1) { ${cells} } b: table(metric: "identified", by: [COUNTY, SEX], release: 1) { ${cells} } }`,
    )) as { a: unknown; b: unknown };
    expect(JSON.stringify(aliased.b)).toBe(JSON.stringify((once as { table: unknown }).table));
    expect(JSON.stringify(aliased.a)).toBe(JSON.stringify(aliased.b));
    const whole = (once as { table: { cells: { nodes: { period: string }[] } } }).table.cells.nodes;
    const pages = `${table} { cells(first: 7) { nodes { period } pageInfo { endCursor } } } }`;
    const page = (await read(pages)) as { table: { cells: { nodes: { period: string }[] } } };
    expect(page.table.cells.nodes).toEqual(whole.slice(0, 7).map(({ period }) => ({ period })));
  });

  it('has no question that sorts or filters by a value', async () => {
    for (const argument of [
      'orderBy: VALUE',
      'sort: "value"',
      'where: [{dimension: VALUE, member: "3"}]',
      'min: 1',
    ]) {
      const { errors } = await server.ask(`{ table(metric: "identified", ${argument}) { metric } }`);
      expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
    for (const query of ['numerator=3', 'value=3', 'status=hidden', 'sort=value'])
      expect((await read(`${server.url}/data/identified.json?by=county&${query}`)).status).toBe(404);
  });

  it('has rows in the order of their places, whatever stands in them', () => {
    const place = ({ metric, dims, period }: Row): string =>
      [metric, period, ...Object.entries(dims).map((pair) => pair.join('='))].join(' ');
    for (const of of Map.groupBy(
      rows,
      ({ metric, dims }) => `${metric} ${Object.keys(dims).join()}`,
    ).values())
      expect(of.map(place)).toEqual(of.map(place).toSorted());
  });
});

describe('attack 12: averaging', () => {
  it('has nothing to average: a number that is shown in several tables is one number, and the count', () => {
    for (const row of rows) {
      const { numerator, denominator } = meaning(row);
      if (row.numerator !== null) expect(row.numerator).toBe(facts.get(numerator));
      if (row.denominator !== null && denominator !== undefined)
        expect(row.denominator).toBe(facts.get(denominator));
    }
  });
});

describe('attack 13: rebuilding the records behind the tables', { timeout: PATIENCE }, () => {
  it('guesses no better than always saying what most have, by more than two in a hundred', () => {
    const people = first.people.filter(({ quarter }) => quarter.startsWith('2024'));
    const most = people.filter(({ dual }) => dual).length / people.length;
    const groups = Map.groupBy(people, ({ county }) => county);
    let right = 0;
    for (const [county, members] of groups) {
      const dims = { county };
      const id = numberName('dual', '2024', dims);
      // Of a county whose share is shown everybody may say what most have; of others, the middle of what is possible.
      const bounds = { ...known.bounds, [id]: [0, members.length] as const };
      const [lo, hi] = worksOut({ ...known, bounds }, id) ?? [0, 0];
      const guess = (lo + hi) / 2 > members.length / 2;
      right += members.filter(({ dual }) => dual === guess).length;
    }
    expect(right / people.length - Math.max(most, 1 - most)).toBeLessThanOrEqual(0.02);
  });
});

describe('attack 14: records', () => {
  it('has none to single out: every shown count is zero or of eleven and more', () => {
    for (const { numerator, denominator } of [...rows, ...later])
      for (const count of [numerator, denominator]) if (count !== null) expect(isSmall(count)).toBe(false);
  });

  it.each(['identified.csv?by=person', 'person.csv', 'identification.json', 'persons.parquet'])(
    'has no file of them: %s',
    async (path) => {
      expect((await read(`${server.url}/data/${path}`)).status).toBe(404);
    },
  );
});

/** Attack 15, what is left over in formats, is in canaries.test.ts. */
describe('attack 16: how long and how large an answer is', { timeout: PATIENCE }, () => {
  it('does not depend on what is hidden: a hidden cell takes the same bytes wherever it stands', async () => {
    const size = async (county: string): Promise<number> => {
      const response = await read(
        `${server.url}/data/locked_placement.json?by=county&county=${county}&period=2024&release=1`,
      );
      return (await response.text()).length;
    };
    const hidden = rows.filter(
      ({ metric, period, dims, status, footnotes }) =>
        metric === 'locked_placement' &&
        period === '2024' &&
        status === 'hidden' &&
        dims['county']?.startsWith('06') === true &&
        !footnotes.includes('together'),
    );
    const sizes = await Promise.all(hidden.map(({ dims }) => size(dims['county'] ?? '')));
    expect(sizes.length).toBeGreaterThan(1);
    expect(new Set(sizes).size).toBe(1);
  });

  if (long)
    it('tells hidden, zero, shown and missing cells apart no better than by chance', async () => {
      const asked = Object.entries(oneOfEach()).map(([kind, path]) => ({
        kind,
        path,
        times: [] as number[],
      }));
      for (let call = 0; call < 10_000; call++) {
        const { path = '', times = [] } = asked[call % asked.length] ?? {};
        const began = performance.now();
        await (await read(`${server.url}/data/${path}`)).text();
        times.push(performance.now() - began);
      }
      const told = asked.flatMap((one, at) =>
        asked
          .slice(at + 1)
          .map((other) => [`${one.kind}, ${other.kind}`, area(one.times, other.times)] as const),
      );
      process.stdout.write(`${JSON.stringify(Object.fromEntries(told))}\n`);
      for (const [kinds, share] of told) expect(Math.abs(share - 0.5), kinds).toBeLessThanOrEqual(0.05);
    });
});

/** The way to a cell of each kind in one table, so that nothing but the kind differs, and to a county that is not there. */
function oneOfEach(): Record<'hidden' | 'zero' | 'shown' | 'missing', string> {
  const ofYear = rows.filter(({ period, dims }) => period === '2024' && !Object.values(dims).includes('all'));
  const tables = Map.groupBy(ofYear, ({ metric, dims }) => `${metric}.json?by=${Object.keys(dims).join()}`);
  for (const [table, cells] of tables) {
    const way = (is: (row: Row) => boolean): string | undefined => {
      const found = cells.find((row) => row.dims['county'] !== undefined && is(row));
      const members = new URLSearchParams({ ...found?.dims, period: '2024', release: '1' });
      return found === undefined ? undefined : `${table}&${members}`;
    };
    const hidden = way(({ status, footnotes }) => status === 'hidden' && !footnotes.includes('together'));
    const zero = way(({ numerator }) => numerator === 0);
    const shown = way(({ numerator }) => isLarge(numerator));
    if (hidden === undefined || zero === undefined || shown === undefined) continue;
    return { hidden, zero, shown, missing: shown.replace(/county=\d{5}/, 'county=06999') };
  }
  throw new Error('no table of the made-up state has a hidden cell, a zero and a shown one');
}

/** How often a call of the one kind takes longer than one of the other: a half says nothing. */
function area(one: readonly number[], other: readonly number[]): number {
  let longer = 0;
  for (const a of one) for (const b of other) longer += a > b ? 1 : a === b ? 0.5 : 0;
  return longer / (one.length * other.length);
}

async function underAgreement(county: string): Promise<void> {
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency (id, name, system, county_fips) VALUES ('CW-1', 'Agency CW-1', 'child_welfare', '${county}');
        INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
        VALUES ('AG-1', '{CW-1}', '{person}', '{program_evaluation}', false, false, '2025-01-01')`),
    { county: '*' },
  );
}
