import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePeople } from '../../bench/people.ts';
import { parseCsv } from '../../etl/encode/csv.ts';
import { fieldEncoder } from '../../etl/encode/field-encoder.ts';
import type { ProjectKey } from '../../etl/encode/key.ts';
import { type Layout, tokenSlots } from '../../etl/encode/layout.ts';

/** What is attacked: names and birth date, one record per made-up person. */
export const layout: Layout = {
  name: 'attack',
  fields: [
    { name: 'given_name', kind: 'given' },
    { name: 'surname', kind: 'surname' },
    { name: 'birth_date', kind: 'date' },
  ],
  nicknames: true,
};

/** Fixed keys make the figures the same in every run; an attacker knows neither. */
export function fixedKey(byte: number): ProjectKey {
  return { project: 'attack', version: 1, secret: new Uint8Array(32).fill(byte), salt: new Uint8Array(32) };
}

export type Person = readonly [given: string, surname: string, birth: string];

/** One record as whoever holds the encoded file sees it. */
export interface Seen {
  readonly tokens: readonly string[];
  readonly filters: Uint8Array;
}

export interface Scene {
  /** Encoded records; `people[i]` is who record i is, which the attacker does not know. */
  readonly seen: readonly Seen[];
  readonly people: readonly Person[];
  /** The attacker's own list of people, of whom `overlap` are among the encoded. */
  readonly known: readonly Person[];
}

export async function scene(size: number, overlap: number): Promise<Scene> {
  const file = join(mkdtempSync(join(tmpdir(), 'tessera-attack-')), 'people.csv');
  await writePeople(file, size * 4, 11);
  const everybody = parseCsv(readFileSync(file, 'utf8')).rows.slice(1);
  const persons = new Map<string, Person>();
  for (const row of everybody) {
    const [, given = '', surname = '', birth = '', , , , truth = ''] = row;
    if (!persons.has(truth) && given !== '' && surname !== '' && birth !== '')
      persons.set(truth, [given, surname, birth]);
  }
  const all = [...persons.values()];
  const people = all.slice(0, size);
  const shared = Math.round(size * overlap);
  const known = [...people.slice(0, shared), ...all.slice(size, size + size - shared)];
  const encoder = fieldEncoder(layout, fixedKey(1));
  const slots = tokenSlots(layout).length;
  const seen = people.map((person) => {
    const tokens = new Uint8Array(encoder.tokenBytes);
    const filters = new Uint8Array(encoder.filterBytes);
    encoder.encodeInto(person, tokens, 0, filters, 0);
    const texts = Array.from({ length: slots }, (_, i) =>
      Buffer.from(tokens.subarray(i * 8, i * 8 + 8)).toString('hex'),
    );
    return { tokens: texts, filters };
  });
  return { seen, people, known };
}

export function slot(name: string): number {
  return tokenSlots(layout).findIndex((token) => token.name === name);
}

/** The share of encoded records for which a guess is right. */
export function success(scene: Scene, field: number, guess: (record: number) => string | undefined): number {
  const right = scene.people.filter((person, i) => guess(i) === person[field]).length;
  return right / scene.people.length;
}
