/** The import rules must be able to fail: each is shown an import that it forbids. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { scratchFolder } from '../support/tessera.ts';

let house: string;

beforeEach(() => {
  house = scratchFolder();
  for (const part of [
    'src',
    'etl',
    'web',
    'reports',
    'migrations',
    '.ci',
    'ormconfig.ts',
    'package.json',
    '.dependency-cruiser.cjs',
  ]) {
    if (existsSync(join(packageRoot, part)))
      cpSync(join(packageRoot, part), join(house, part), { recursive: true });
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(house, 'node_modules'));
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

function direction(): { status: number | null; output: string } {
  const run = spawnSync(process.execPath, ['.ci/direction.mjs'], {
    cwd: house,
    encoding: 'utf8',
    env: { PATH: `${join(packageRoot, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

describe('the import rules', () => {
  test('hold as the house stands, and looked at it', () => {
    const { status, output } = direction();
    expect(output).toMatch(/^\d{2,} modules looked at, 0 imports against the rules/m);
    expect(status).toBe(0);
  });

  test.each([
    [
      'persons-are-for-the-pipeline',
      'src/api/planted.ts',
      '../persons/membership.ts',
      'src/persons/membership.ts',
    ],
    ['surfaces-stay-apart', 'web/planted.ts', '../src/api/schema.ts', undefined],
    ['domains-do-not-look-up', 'src/runs/planted.ts', '../../etl/pipeline.ts', 'etl/pipeline.ts'],
    ['doors-rest-on-the-base', 'src/disclosure/planted.ts', '../runs/ledger.ts', undefined],
    ['base-is-the-base', 'src/db/planted.ts', '../runs/ledger.ts', undefined],
    ['app-is-the-top', 'src/runs/planted.ts', '../app/hub.ts', undefined],
    ['figures-leave-by-one-door', 'reports/planted.ts', '../etl/measure/facts.ts', 'etl/measure/facts.ts'],
    ['pure-parts-know-no-database', 'etl/link/planted.ts', '../../src/db/copy.ts', undefined],
    ['migrations-stand-alone', 'migrations/planted.ts', '../src/errors.ts', undefined],
  ])('%s', (rule, from, to, made) => {
    if (made !== undefined) plant(made, 'export const planted = 1;\n');
    plant(from, `import * as planted from '${to}';\nexport const used = planted;\n`);
    const { status, output } = direction();
    expect(output).toContain(`${rule}: ${from} → `);
    expect(status).toBe(1);
  });

  test('a check that looked at nothing fails', () => {
    const config = "module.exports = { forbidden: [], options: { exclude: { path: '.' } } };\n";
    writeFileSync(join(house, '.dependency-cruiser.cjs'), config);
    expect(direction().status).toBe(1);
  });
});
