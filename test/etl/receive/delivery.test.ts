import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDelivery, verifyFile } from '../../../etl/receive/delivery.ts';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { deliver, sha256, temporaryFolder } from './delivered.ts';
import { refusalOf } from './reading.ts';

const contracts = loadContracts();
const open = (folder: string, limits = LIMITS) => openDelivery(folder, contracts, limits);
const one = { 'a.csv': { content: 'a,b\n1,2\n', rows: 1 } };

test('a delivery that agrees with its manifest opens, and its file is verified', async () => {
  const folder = deliver({ ...one, 'empty.psv': { content: 'a|b\n', rows: 0, record_type: 'person' } });
  const delivery = await open(folder);
  expect(delivery.files.map(({ file, bytes, recordType }) => ({ file, bytes, recordType }))).toEqual([
    { file: 'a.csv', bytes: 8, recordType: 'cw_referral' },
    { file: 'empty.psv', bytes: 4, recordType: 'person' },
  ]);
  for (const file of delivery.files) expect((await verifyFile(file)).verified).toBe(true);
});

test('a delivery without files is one', async () => {
  expect((await open(deliver({}))).files).toEqual([]);
});

test('the hash of a delivery stands for its manifest', async () => {
  const first = await open(deliver(one));
  const again = await open(deliver(one));
  const other = await open(deliver({ 'a.csv': { content: 'a,b\n1,3\n', rows: 1 } }));
  expect(again.sha256).toBe(first.sha256);
  expect(other.sha256).not.toBe(first.sha256);
});

describe('a folder that does not agree is refused', () => {
  const cases: [what: string, spoil: (folder: string) => unknown, code: string, words: string][] = [
    [
      'no manifest',
      (folder) => rmSync(join(folder, 'manifest.json')),
      'FOLDER',
      'manifest.json: is not there',
    ],
    ['a file that is missing', (folder) => rmSync(join(folder, 'a.csv')), 'Q002', 'a.csv: is named'],
    [
      'a file too many',
      (folder) => writeFileSync(join(folder, 'b.csv'), ''),
      'FOLDER',
      'b.csv: is in the folder',
    ],
    [
      'a file too many with a name that could break a log',
      (folder) => writeFileSync(join(folder, 'Jane Doe\n.csv'), ''),
      'FOLDER',
      'a file whose name is not shown here',
    ],
    ['a folder too many', (folder) => mkdirSync(join(folder, 'sub')), 'FOLDER', 'sub: is in the folder'],
    [
      'a link out of the folder',
      (folder) => {
        rmSync(join(folder, 'a.csv'));
        symlinkSync('/etc/hostname', join(folder, 'a.csv'));
      },
      'NOT_A_FILE',
      'a.csv: is not a regular file',
    ],
    [
      'a link inside the folder',
      (folder) => {
        renameSync(join(folder, 'a.csv'), join(folder, 'b.csv'));
        symlinkSync('b.csv', join(folder, 'a.csv'));
      },
      'FOLDER',
      'b.csv',
    ],
    [
      'a pipe',
      (folder) => {
        rmSync(join(folder, 'a.csv'));
        execFileSync('mkfifo', [join(folder, 'a.csv')]);
      },
      'NOT_A_FILE',
      'a.csv: is not a regular file',
    ],
    [
      'a pipe for the manifest',
      (folder) => {
        rmSync(join(folder, 'manifest.json'));
        execFileSync('mkfifo', [join(folder, 'manifest.json')]);
      },
      'NOT_A_FILE',
      'manifest.json: is not a regular file',
    ],
    [
      'a folder in place of a file',
      (folder) => {
        rmSync(join(folder, 'a.csv'));
        mkdirSync(join(folder, 'a.csv'));
      },
      'NOT_A_FILE',
      'a.csv: is not a regular file',
    ],
    [
      'a huge manifest',
      (folder) => appendFileSync(join(folder, 'manifest.json'), ' '.repeat(LIMITS.manifestBytes)),
      'TOO_LARGE',
      'manifest.json: is larger than',
    ],
  ];
  for (const [what, spoil, code, words] of cases) {
    test(what, async () => {
      const folder = deliver(one);
      spoil(folder);
      const found = await refusalOf(open(folder));
      expect(found).toMatchObject({ code, exitCode: 2 });
      expect(found.message).toContain(words);
      expect(found.message).not.toContain('\n');
    });
  }

  test('a folder that is not there, or is none', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x'), '');
    for (const path of [join(folder, 'none'), join(folder, 'x')])
      expect(await refusalOf(open(path))).toMatchObject({ code: 'FOLDER' });
  });

  test('more files than a delivery may have', async () => {
    const found = await refusalOf(open(deliver({ ...one, 'b.csv': one['a.csv'] }), { ...LIMITS, files: 1 }));
    expect(found).toMatchObject({ code: 'FOLDER' });
  });

  test('a file larger than any may be', async () => {
    expect(await refusalOf(open(deliver(one), { ...LIMITS, contentBytes: 7 }))).toMatchObject({
      code: 'TOO_LARGE',
      file: 'a.csv',
    });
  });
});

describe('a file that is not what the manifest says', () => {
  test('has another hash', async () => {
    const lie = deliver(one, (manifest) => ({
      ...manifest,
      files: [{ ...(manifest['files'] as object[])[0], sha256: sha256('a,b\n1,3\n') }],
    }));
    const [file] = (await open(lie)).files;
    const found = await refusalOf(verifyFile(file!));
    expect(found).toMatchObject({ code: 'Q002', file: 'a.csv' });
    expect(found.message).toContain('SHA-256');
  });

  test('changed after the delivery was opened, even if its time was set back', async () => {
    const folder = deliver(one);
    const [file] = (await open(folder)).files;
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'a,b\n1,3\n');
    utimesSync(path, new Date(0), new Date(0));
    expect(await refusalOf(verifyFile(file!))).toMatchObject({ code: 'FILE_CHANGED' });
  });

  test('became a link after the delivery was opened', async () => {
    const folder = deliver(one);
    const [file] = (await open(folder)).files;
    const elsewhere = temporaryFolder();
    renameSync(join(folder, 'a.csv'), join(elsewhere, 'a.csv'));
    symlinkSync(join(elsewhere, 'a.csv'), join(folder, 'a.csv'));
    expect(await refusalOf(verifyFile(file!))).toMatchObject({ code: 'NOT_A_FILE' });
  });
});
