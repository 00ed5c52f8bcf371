/** `tessera report` as a person runs it, on a hub that has a release. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { fips, madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';
import { type Outcome, scratchFolder, tessera } from '../support/tessera.ts';

const database = testDatabase();
const night = madeUpState({ seed: 9, counties: 3, largest: 80, years: [2024], only: ['identified'] });

beforeAll(async () => {
  await storeCandidate(await database.as('measurer'), night.candidate);
  await release(await database.as('publisher'), night, '2024');
}, 180_000);

const report = (...args: string[]): Promise<Outcome> =>
  tessera(['report', ...args], {
    DATABASE_URL: database.target.urlFor('owner'),
    TESSERA_ROLE_SECRET: database.target.roleSecret,
    TESSERA_DATA_DIR: scratchFolder(),
  });

interface Answer {
  readonly files: readonly {
    readonly format: string;
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly seconds: number;
  }[];
}

test('writes five files, says what they are, and writes the same bytes again', {
  timeout: 120_000,
}, async () => {
  const folder = scratchFolder();
  const write = async (): Promise<Answer['files']> => {
    const { stdout, stderr, code } = await report(
      'annual',
      '--county',
      fips(0),
      '--year',
      '2024',
      '--out',
      folder,
      '--json',
    );
    expect([code, stderr]).toEqual([0, '']);
    return (JSON.parse(stdout) as Answer).files;
  };
  const files = await write();
  expect(files.map(({ format }) => format)).toEqual(['html', 'pdf', 'docx', 'xlsx', 'csv']);
  for (const { path, bytes, sha256 } of files) {
    const content = readFileSync(path);
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
  }
  // Nothing half written is left.
  expect(
    readdirSync(folder)
      .map((name) => join(folder, name))
      .toSorted(),
  ).toEqual(files.map(({ path }) => path).toSorted());
  const again = await write();
  expect(again.map(({ sha256 }) => sha256)).toEqual(files.map(({ sha256 }) => sha256));
});

test.each(['pack', 'brief'])('%s is written alike, in both languages', { timeout: 120_000 }, async (name) => {
  const args = [
    name,
    '--year',
    '2024',
    '--lang',
    'en,es',
    '--format',
    'html',
    '--out',
    scratchFolder(),
    '--json',
  ];
  const { stdout, code } = await report(...args);
  expect(code).toBe(0);
  const [english, spanish] = (JSON.parse(stdout) as Answer).files.map(({ path }) =>
    readFileSync(path, 'utf8'),
  );
  expect(english).toContain('<html lang="en">');
  expect(spanish).toContain('<html lang="es">');
});

test.each([
  [['annual', '--year', '2024', '--county', '06999'], /NO_SUCH_COUNTY/, 3],
  [['annual', '--year', 'last'], /NOT_A_YEAR/, 3],
  [['annual', '--year', '2024', '--format', 'odt'], /--format takes html/, 3],
  [['annual', '--year', '2024', '--release', '7'], /There is no release 7/, 6],
  [['quality', '--agency', 'NOBODY-1'], /AGENCY_UNKNOWN/, 6],
] as const)(
  '%j is refused in one sentence, with a remedy',
  { timeout: 60_000 },
  async (args, words, exit) => {
    const { stderr, code, stdout } = await report(...args);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('    at ');
  },
);
