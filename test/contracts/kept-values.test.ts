import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readContracts, schemaFolder } from '../../src/contracts/contracts.ts';
import { openKeptValues } from '../../src/contracts/kept-values.ts';
import { scratchFolder } from '../support/tessera.ts';

const never = (): never => {
  throw new Error('the text was read');
};

test('contracts from kept values are those of the texts, with the same lines', () => {
  const path = join(scratchFolder(), 'kept', 'values.json');
  const first = openKeptValues(path);
  const { contracts } = readContracts(schemaFolder, first);
  first.keep();
  const again = readContracts(schemaFolder, openKeptValues(path));
  expect(again.problems).toEqual([]);
  expect(again.contracts).toEqual(contracts);
  const lines = ({ register, terms }: typeof contracts) =>
    [...register.values(), ...terms.values()].map(({ place }) => [place.file, place.key, place.line]);
  expect(lines(again.contracts)).toEqual(lines(contracts));
});

test('a text that is known is not read, and one that changed, or was read by another library, is', () => {
  const path = join(scratchFolder(), 'kept', 'values.json');
  const first = openKeptValues(path, 'one');
  expect(first.valueOf('a: 1', () => ({ a: 1 }))).toEqual({ a: 1 });
  expect(first.valueOf('a: [', () => undefined)).toBeUndefined();
  first.keep();
  expect(openKeptValues(path, 'one').valueOf('a: 1', never)).toEqual({ a: 1 });
  expect(() => openKeptValues(path, 'one').valueOf('a: 2', never)).toThrow('was read');
  expect(() => openKeptValues(path, 'one').valueOf('a: [', never)).toThrow('was read');
  expect(() => openKeptValues(path, 'two').valueOf('a: 1', never)).toThrow('was read');
});

test('what cannot be read or written is done without', () => {
  const folder = scratchFolder();
  const path = join(folder, 'kept', 'values.json');
  mkdirSync(join(folder, 'kept'));
  writeFileSync(path, '{"reader":"one","val');
  const kept = openKeptValues(path, 'one');
  expect(kept.valueOf('a: 1', () => ({ a: 1 }))).toEqual({ a: 1 });
  kept.keep();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ reader: 'one' });
  const nowhere = openKeptValues(join(folder, 'not', 'there', 'values.json'), 'one');
  nowhere.valueOf('a: 1', () => ({ a: 1 }));
  nowhere.keep();
});
