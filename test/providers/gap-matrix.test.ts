import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { fieldTexts, type Texts } from '../../src/providers/as-texts.ts';
import { checkedProgram } from '../../src/providers/checked-program.ts';
import { severalOf } from '../../src/providers/directory.ts';
import { coverageOf } from '../../src/providers/gaps/coverage.ts';
import type { Demand } from '../../src/providers/gaps/demand.ts';
import { gapMatrix } from '../../src/providers/gaps/gap-matrix.ts';
import { openLookout } from '../../src/providers/lookalikes.ts';
import { planImport } from '../../src/providers/plan-import.ts';
import type { Program } from '../../src/providers/program.ts';
import { answers, search } from '../../src/providers/search.ts';
import { freshSince } from '../../src/providers/stale.ts';
import { row } from './rows.ts';

const contracts = loadContracts();
const several = severalOf(contracts);
const none: Demand = {
  release: undefined,
  period: undefined,
  byArea: new Map(),
  all: undefined,
  beside: new Map(),
  notByCounty: new Set(),
  weight: new Map(),
  twin: false,
};

function program(changes: Texts): Program {
  const { said, complaints } = checkedProgram(contracts, fieldTexts(row(changes), several));
  if (said === undefined) throw new Error(JSON.stringify(complaints));
  return { ...said, id: JSON.stringify(changes), providerId: 'p', version: 1 };
}

/** Among whom every second one is a house or an alliance. */
const among = planImport(
  contracts,
  { programs: [], byId: new Map(), versions: new Map() },
  madeUpDirectory(contracts, 9, 20_634).map((texts, line) => ({ line, texts })),
).fresh.map(({ said, id, providerId }): Program => ({ ...said, id, providerId, version: 1 }));
const house = program({
  program: 'House',
  kind: 'placement',
  placement_type: 'PL.GH',
  needs: 'HN.HOU.PLC',
  genders: 'girls',
  max_age: '15',
});
const clinic = program({});

describe('the gap matrix', () => {
  test('counts what serves the county, and says how many needs of a branch nobody answers', () => {
    const [target] = [{ county: '06037', need: 'HN.HOU', programs: 4, places: 40 }];
    const gap = (county: string) =>
      gapMatrix(contracts, [house, clinic], [target], none, { county }).find(({ need }) => need === 'HN.HOU');
    const below = contracts.needs.nodes.get('HN.HOU')?.children.length;
    expect(gap('06037')).toMatchObject({
      supply: { programs: 1, places: 20, free: 8 },
      short: 3,
      sufficiency: 0.25,
    });
    expect(gap('06037')).toMatchObject({ needs: below, unanswered: (below ?? 0) - 1 });
    expect(gap('06001')).toMatchObject({ supply: { programs: 0 }, short: undefined, unanswered: below });
  });

  test('puts the least met need first by what the release shows, not by how many programs there are', () => {
    const shown = (value: number) => ({ status: 'shown' as const, value });
    const hidden = { status: 'hidden' as const, leftOut: false };
    const demand: Demand = {
      ...none,
      release: 1,
      period: '2025',
      weight: new Map([
        ['HN.HOU', 40],
        ['HN.MEN', 12],
        ['HN.EDU', -1],
      ]),
      byArea: new Map([
        ['HN.HOU', { found: shown(90), unmet: shown(40), late: hidden }],
        ['HN.MEN', { found: shown(300), unmet: shown(12), late: hidden }],
        ['HN.EDU', { found: shown(300), unmet: hidden, late: hidden }],
      ]),
    };
    const order = gapMatrix(contracts, [house, house, clinic], [], demand, {}).map(({ need }) => need);
    expect(order.slice(0, 2)).toEqual(['HN.HOU', 'HN.MEN']);
  });
});

test('coverage shows for whom there is no placement', () => {
  const { genders } = coverageOf([house, clinic], [], '06037');
  expect(genders.map(({ group, placements, services }) => [group, placements, services])).toEqual([
    ['girls', [0, 1, 0, 0], 1],
    ['boys', [0, 0, 0, 0], 1],
    ['transgender', [0, 0, 0, 0], 1],
    ['nonbinary', [0, 0, 0, 0], 1],
  ]);
});

describe('search', () => {
  test('a need answers what lies below it and what it lies below, and nothing else', () => {
    const codes = [...contracts.needs.nodes.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.constantFrom(...codes), (a, b) => {
        const related = `${a}.`.startsWith(`${b}.`) || `${b}.`.startsWith(`${a}.`);
        expect(answers([a], [b])).toBe(related);
      }),
    );
  });

  test('who takes residents only is not offered to another county, and who serves it stands first', () => {
    const far = program({ program: 'Far', counties: '06001', kept_by: '06001' });
    const own = program({ program: 'Own', counties: '06001', kept_by: '06001', residents_only: 'true' });
    expect(
      search([far, own, clinic], { county: '06037' }, '2026-07-01').map(({ program: found }) => found.name),
    ).toEqual([clinic.name, 'Far']);
  });
});

describe('entries that look alike', () => {
  const found = (changes: Texts): readonly string[] | undefined => {
    const { said } = checkedProgram(contracts, fieldTexts(row(changes), several));
    return said && openLookout([...among, clinic]).find(said)?.because;
  };
  test('are found through a slip of the pen, another way of writing, or another name', () => {
    expect(
      found({ provider: 'The Orovanta House, Inc.', phone: '(657) 555-0102', street: '2 Istrella Way' }),
    ).toEqual(['name']);
    expect(found({ provider: 'Orovanta Hosue', phone: '424.555.0101', street: '2 Istrella Way' })).toEqual([
      'name',
      'phone',
    ]);
    expect(found({ provider: 'Else', phone: '(657) 555-0102', street: '100 Dorvale St.' })).toEqual([
      'address',
    ]);
  });

  test('another program of the same house, and the same kind of program of another, are none', () => {
    expect(found({ program: 'Mentors' })).toBeUndefined();
    expect(
      found({ provider: 'Velmora House', phone: '(657) 555-0102', street: '2 Istrella Way' }),
    ).toBeUndefined();
    expect(
      found({ counties: '06001', kept_by: '06001', phone: '(657) 555-0102', street: '2 Istrella Way' }),
    ).toBeUndefined();
  });
});

test('half a year ago is the same day of that month, or its last', () => {
  expect(['2026-07-01', '2026-08-31', '2026-03-31', '2026-12-31'].map(freshSince)).toEqual([
    '2026-01-01',
    '2026-02-28',
    '2025-09-30',
    '2026-06-30',
  ]);
});
