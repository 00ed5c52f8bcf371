import { fieldEncoder } from '../../../etl/encode/field-encoder.ts';
import type { ProjectKey } from '../../../etl/encode/key.ts';
import type { Layout } from '../../../etl/encode/layout.ts';
import { type RecordTable, TableBuilder } from '../../../etl/link/table.ts';

/** A small layout and made-up people for the tests of linkage. */
const layout: Layout = {
  name: 'test',
  fields: [
    { name: 'given', kind: 'given' },
    { name: 'surname', kind: 'surname' },
    { name: 'birth', kind: 'date' },
    { name: 'ssn', kind: 'id' },
    { name: 'zip', kind: 'postcode' },
  ],
  nicknames: true,
};

const key: ProjectKey = {
  project: 'test',
  version: 1,
  secret: new Uint8Array(32).fill(7),
  salt: new Uint8Array(32),
};
const encoder = fieldEncoder(layout, key);

export interface Row {
  readonly source: string;
  readonly id: number;
  readonly values: readonly string[];
}

export function tableOf(rows: readonly Row[]): RecordTable {
  const builder = new TableBuilder(layout);
  for (const { source, id, values } of rows) {
    const tokens = new Uint8Array(encoder.tokenBytes);
    const filters = new Uint8Array(encoder.filterBytes);
    encoder.encodeInto(values, tokens, 0, filters, 0);
    const person = new Uint8Array(16);
    new DataView(person.buffer).setUint32(12, id);
    builder.add(source, person, tokens, filters);
  }
  return builder.finish();
}

const GIVEN = [
  'Ana',
  'Bo',
  'Carla',
  'Dev',
  'Elif',
  'Farid',
  'Grace',
  'Hui',
  'Ines',
  'Jon',
  'Kemi',
  'Liam',
  'Mina',
  'Noor',
];
const SURNAME = [
  'Alvarez',
  'Baker',
  'Chen',
  'Diaz',
  'Evans',
  'Farah',
  'Garcia',
  'Hughes',
  'Ito',
  'Jones',
  'Khan',
  'Lopez',
];

/** Numbers from a seed, the same in every run. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** People with one to three records each, some of them with an error; the label is the person's number. */
export function madeUpPeople(people: number, seed = 1): { rows: Row[]; labels: string[] } {
  const next = seeded(seed);
  const rows: Row[] = [];
  const labels: string[] = [];
  for (let person = 0; person < people; person++) {
    const values = [
      `${GIVEN[next(GIVEN.length)]}${String.fromCharCode(97 + next(26))}`,
      `${SURNAME[next(SURNAME.length)]}${String.fromCharCode(97 + next(26))}${String.fromCharCode(97 + next(26))}`,
      `20${String(next(12)).padStart(2, '0')}-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`,
      `${100 + next(560)}-${10 + next(89)}-${1000 + next(8999)}`,
      String(90000 + next(400)),
    ];
    const copies = 1 + next(3);
    for (let copy = 0; copy < copies; copy++) {
      const mine = values.map((value, field) => {
        const fate = next(20);
        if (fate === 0) return '';
        if (fate === 1 && field !== 2) return `${value.slice(0, -2)}${value.at(-1)}${value.at(-2)}`;
        return value;
      });
      rows.push({ source: ['a', 'b', 'c'][copy] ?? 'a', id: rows.length, values: mine });
      labels.push(String(person));
    }
  }
  return { rows, labels };
}
