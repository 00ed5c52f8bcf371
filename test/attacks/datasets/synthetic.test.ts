/** Attacks 13 and 14, on the file of made-up young people that researchers write code against and on the release it is made of. */
import { beforeAll, describe, expect, test } from 'vitest';
import { LEAST_TOGETHER } from '../../../src/datasets/synthetic/groups.ts';
import { FITTED } from '../../../src/datasets/synthetic/person-row.ts';
import { releasedCounts } from '../../../src/datasets/synthetic/released-counts.ts';
import { syntheticPeople } from '../../../src/datasets/synthetic/synthetic-people.ts';
import { beyondMost } from './reconstruction.ts';
import { YEAR } from './released-figures.ts';
import { advantage, inference, linkability, type Row, singlingOut, type Tries } from './risks.ts';
import {
  ageBands,
  COLUMNS,
  columns,
  questionsOf,
  rowOfFile,
  rowOfPerson,
  type Scene,
  sceneOf,
} from './scene.ts';

let scenes: readonly Scene[];

beforeAll(async () => {
  scenes = await Promise.all(['quince', 'medlar', 'damson'].map(sceneOf));
}, 180_000);

type Attack = (rows: readonly Row[], people: readonly Row[], at: number) => Tries;

const ATTACKS: Readonly<Record<string, Attack>> = {
  'singling out': (rows, people, at) =>
    singlingOut(rows, people, columns(...COLUMNS), { attempts: 3000, seed: `attempts ${at}` }),
  linkability: (rows, people) =>
    linkability(
      rows,
      people,
      [
        columns('county', 'age_band', 'newness', 'sources'),
        columns('sex', 'race_ethnicity', 'status', 'care_timing', 'agree'),
      ],
      10,
    ),
  'inference of status': infer('status'),
  'inference of race and ethnicity': infer('race_ethnicity'),
  'inference of care': infer('care_timing'),
};

function infer(secret: (typeof COLUMNS)[number]): Attack {
  const known = columns(...COLUMNS.filter((name) => name !== secret));
  return (rows, people) => inference(rows, people, known, COLUMNS.indexOf(secret));
}

/** Of all scenes together: once with the synthetic rows in hand, and once with the true ones, which must be found out. */
function against(attack: Attack, rowsOf: (scene: Scene) => readonly Row[]) {
  const tries = (peopleOf: (scene: Scene) => readonly Row[]): Tries => {
    const each = scenes.map((scene, at) => attack(rowsOf(scene), peopleOf(scene), at));
    return {
      tried: each.reduce((so, { tried }) => so + tried, 0),
      succeeded: each.reduce((so, { succeeded }) => so + succeeded, 0),
    };
  };
  return advantage(
    tries(({ members }) => members.map(rowOfPerson)),
    tries(({ control }) => control.map(rowOfPerson)),
  );
}

describe('nobody gains an advantage over those whom the release counts', { timeout: 60_000 }, () => {
  test.each(Object.entries(ATTACKS))('%s', (_, attack) => {
    const synthetic = against(attack, ({ made }) => made.rows.map(rowOfFile));
    expect(synthetic.lower).toBeLessThanOrEqual(0);
    expect(synthetic.upper).toBeGreaterThanOrEqual(0);
    // The same attack finds those out whose rows were copied: it works.
    expect(against(attack, ({ members }) => members.map(rowOfPerson)).lower).toBeGreaterThan(0);
  });
});

describe('ten thousand questions tell of nobody more than what most are', { timeout: 60_000 }, () => {
  type Kind = 'released' | 'synthetic' | 'truth';
  const asked = new Map<Scene, ReturnType<typeof questionsOf>>();
  beforeAll(() => {
    for (const scene of scenes) asked.set(scene, questionsOf(scene));
  });
  const found = (...kinds: readonly Kind[]): number => {
    const each = [...asked.values()].map((own) =>
      beyondMost(
        own.alike,
        kinds.flatMap((kind) => own[kind]),
      ),
    );
    return each.reduce((so, share) => so + share, 0) / each.length;
  };

  test.each<[string, readonly Kind[]]>([
    ['of the release', ['released']],
    ['of the synthetic file', ['synthetic']],
    ['of both', ['released', 'synthetic']],
  ])('%s', (_, kinds) => {
    expect(found(...kinds)).toBeLessThanOrEqual(0.02);
  });

  test('while as many of the rows themselves would tell far more: the attack works', () => {
    expect(found('truth')).toBeGreaterThan(0.1);
  });
});

test('every combination of attributes that may recognise somebody is in at least eleven rows', () => {
  const recognising = [
    ...FITTED.map((name) => (name === 'age_band' ? 'age_band_public' : name)),
    'age',
    'age_band',
    'minor',
    'responsible_county',
    'exploitation_county',
  ] as const;
  for (const { made } of scenes) {
    const groups = Map.groupBy(made.rows, (row) => recognising.map((name) => String(row[name])).join('|'));
    expect(groups.size).toBeGreaterThan(10);
    for (const rows of groups.values()) expect(rows.length).toBeGreaterThanOrEqual(LEAST_TOGETHER);
  }
});

test('no row says what the release hides, or shows as fewer than eleven, of any table', () => {
  let looked = 0;
  for (const { made, figures } of scenes)
    for (const { dimensions, cells } of releasedCounts(figures, 'identified', YEAR)) {
      const said = Map.groupBy(made.rows, (row) =>
        dimensions.map((name) => row[(name === 'age_band' ? 'age_band_public' : name) as 'county']).join('|'),
      );
      for (const [combination, [row]] of said) {
        const blank = dimensions.some(
          (name) => row?.[(name === 'age_band' ? 'age_band_public' : name) as 'county'] === null,
        );
        if (dimensions.length === 0 || blank) continue;
        looked++;
        expect(cells.get(combination)?.count ?? 0).toBeGreaterThanOrEqual(LEAST_TOGETHER);
      }
    }
  expect(looked).toBeGreaterThan(100);
});

test('numbers planted behind hidden figures change nothing, and the same release gives the same rows', () => {
  for (const { made, figures, seed } of scenes) {
    const planted = figures.map((figure) =>
      figure.status === 'hidden' ? { ...figure, numerator: 7, denominator: 8, value: 7 } : figure,
    );
    expect(planted).not.toEqual(figures);
    expect(syntheticPeople({ figures: planted.toReversed(), seed, ageBands })).toEqual(made);
  }
});

test('what it says of a table that the release shows is near to it', () => {
  for (const { made } of scenes) {
    const { tables, notReleased } = made.fidelity;
    expect(tables.length).toBeGreaterThan(8);
    for (const { table, distance, said } of tables)
      if (!table.includes('+') && said > 0.5) expect(distance).toBeLessThan(0.15);
    expect(notReleased).toContain('race_ethnicity+sex');
  }
});
