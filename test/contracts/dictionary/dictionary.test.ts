import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { dictionaryPages } from '../../../src/contracts/dictionary/dictionary.ts';
import { differences, writePages } from '../../../src/contracts/dictionary/folder.ts';
import { packageRoot } from '../../../src/package-root.ts';

const contracts = loadContracts();
const pages = dictionaryPages(contracts);
const everything = [...pages.values()].join('\n');

test('the pages in docs/dictionary are those of the contracts', () => {
  expect(differences(join(packageRoot, 'docs/dictionary'), pages)).toEqual([]);
});

test('every record, field, list, code, term, need, clock and rule is on a page', () => {
  const names = [
    ...contracts.records.keys(),
    ...[...contracts.records.values()].flatMap((record) => record.fields.map((field) => field.name)),
    ...contracts.codeLists.keys(),
    ...[...contracts.codeLists.values()].flatMap((list) => list.codes.map((code) => code.code)),
    ...contracts.terms.keys(),
    ...contracts.needs.nodes.keys(),
    ...contracts.clocks.keys(),
    ...contracts.qualityRules.keys(),
  ];
  expect(names.filter((name) => !everything.includes(name))).toEqual([]);
});

test('every link leads to a page and a heading that is there', () => {
  const broken = [...pages].flatMap(([file, text]) =>
    [...text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)].flatMap(
      ([, to, anchor]) => {
        const target = pages.get(to === undefined || to === '' ? file : to);
        if (target === undefined) return [`${file} → ${to}`];
        const headings = [...target.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
          heading?.toLowerCase().replaceAll(' ', '-'),
        );
        return anchor === undefined || headings.includes(anchor.toLowerCase())
          ? []
          : [`${file} → ${to}#${anchor}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

test('every row of a table has as many cells as its head', () => {
  for (const [file, text] of pages) {
    for (const block of text.split('\n\n').filter((candidate) => candidate.startsWith('|'))) {
      const cells = block
        .trimEnd()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(cells).size, `${file}: ${block.slice(0, 60)}`).toBe(1);
    }
  }
});

describe('a folder of pages', () => {
  test('is told apart from the pages it should hold, and put right', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-dictionary-'));
    const wanted = new Map([
      ['a.md', 'a'],
      ['b.md', 'b'],
    ]);
    writeFileSync(join(folder, 'b.md'), 'old');
    writeFileSync(join(folder, 'gone.md'), 'gone');
    expect(differences(folder, wanted)).toEqual([
      { file: 'a.md', is: 'missing' },
      { file: 'b.md', is: 'out of date' },
      { file: 'gone.md', is: 'left over' },
    ]);
    writePages(folder, wanted);
    expect(differences(folder, wanted)).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['a.md', 'b.md']);
    rmSync(folder, { recursive: true });
  });
});
