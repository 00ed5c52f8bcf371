import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { schemaFolder } from '../../src/contracts/contracts.ts';
import { readEntry } from '../../src/contracts/entry.ts';
import { parseAhead, parsedAhead } from '../../src/contracts/parsed-yaml.ts';
import type { Problem } from '../../src/contracts/problem.ts';
import { SchemaFolder } from '../../src/contracts/schema-folder.ts';

const texts = new SchemaFolder(schemaFolder, [])
  .names('.')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, yaml: readFileSync(join(schemaFolder, name), 'utf8') }));

test('the build has read every file of the contracts, and reads in it what YAML says', () => {
  expect(texts.length).toBeGreaterThan(300);
  for (const { name, yaml } of texts) expect(parsedAhead(yaml), name).toEqual(parse(yaml));
});

test('a text that was changed by one letter is not known', () => {
  for (const { name, yaml } of texts.slice(0, 20)) expect(parsedAhead(`${yaml} `), name).toBeUndefined();
});

test('a text is left out that is no YAML, names a key twice, or says what JSON cannot', () => {
  expect(Object.values(parseAhead(['a: 1', 'a: [', 'a: 1\na: 2', 'a: .nan', 'a: .inf']))).toEqual([{ a: 1 }]);
});

test('a problem in a text that was read ahead names the same line as in one that was not', () => {
  const { yaml = '' } = texts.find(({ name }) => name === 'clocks.yaml') ?? {};
  const told = [yaml, `${yaml}\n# changed since the build\n`].map((text) => {
    const problems: Problem[] = [];
    for (const clock of readEntry('clocks.yaml', text, problems).list('clocks')) clock.only('no such key');
    return problems;
  });
  expect(told[0]?.length).toBeGreaterThan(20);
  expect(told[0]?.every(({ line }) => line !== undefined)).toBe(true);
  expect(told[0]).toEqual(told[1]);
});
