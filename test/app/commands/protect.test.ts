import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'protect-'));
afterAll(() => rmSync(folder, { recursive: true }));

const line = {
  cells: [
    { id: 'a', v: 3 },
    { id: 'b', v: 20 },
    { id: 'c', v: 45 },
    { id: 'all', v: 68 },
  ],
  eqs: [['all', ['a', 'b', 'c']]],
};

function given(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function tessera(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/app/cli.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('tessera protect', { timeout: 20_000 }, () => {
  it('prints what is hidden, why, and what a reader can still work out', () => {
    const { status, stdout } = tessera('protect', given('line.json', line), '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      suppressed: ['a', 'b'],
      primary: ['a'],
      complementary: ['b'],
      cost: 20,
      optimal: true,
      intervals: { a: [1, 22], b: [1, 22] },
      refused: false,
      reason: null,
    });
    expect(JSON.parse(stdout).seconds).toBeGreaterThan(0);
  });

  it('takes the threshold, the bar and the cost from the command line', () => {
    const file = given('options.json', line);
    const cells = JSON.parse(tessera('protect', file, '--cost', 'cells', '--json').stdout);
    expect(cells.cost).toBe(1);
    const low = JSON.parse(tessera('protect', file, '--threshold', '3', '--json').stdout);
    expect(low.suppressed).toEqual([]);
    const exact = JSON.parse(tessera('protect', file, '--bar', 'exact', '--json').stdout);
    expect(exact.intervals.a).toEqual([0, 23]);
  });

  it('takes a policy by name or as a file', () => {
    const file = given('policy.json', line);
    expect(
      JSON.parse(tessera('protect', file, '--policy', 'county-secure', '--json').stdout).suppressed,
    ).toEqual([]);
    const policy = given('own.yaml', 'id: own\ntitle: Own\nauthority: nobody\nthreshold: 30\n');
    expect(JSON.parse(tessera('protect', file, '--policy', policy, '--json').stdout).primary).toEqual([
      'a',
      'b',
    ]);
  });

  it('reads well without --json', () => {
    const { stdout } = tessera('protect', given('people.json', line));
    expect(stdout).toMatch(/4 cells: 2 shown, 1 not to be shown, 1 hidden to protect those/);
    expect(stdout).toMatch(/no choice costs less/);
  });

  it('refuses a table that does not add up, naming the total, in both forms', () => {
    const file = given('wrong.json', { ...line, cells: line.cells.with(3, { id: 'all', v: 69 }) });
    const plain = tessera('protect', file);
    expect(plain).toMatchObject({ status: 2, stdout: '' });
    expect(plain.stderr).toMatch(/TABLE_DOES_NOT_ADD_UP: .*all/);
    const json = tessera('protect', file, '--json');
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({
      refused: true,
      suppressed: [],
      code: 'TABLE_DOES_NOT_ADD_UP',
    });
  });

  it('makes no release where none is safe', () => {
    const fixed = { ...line, cells: line.cells.map(({ id, v }) => ({ id, v, fixed: id !== 'a' })) };
    const { status, stdout } = tessera('protect', given('fixed.json', fixed), '--json');
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ refused: true, cells: ['a'], suppressed: [] });
  });

  it.each([
    ['a file that is not there', ['protect', join(folder, 'nowhere.json')], /TABLE_UNREADABLE/, 2],
    ['a file that is not JSON', ['protect', given('text.json', 'cells')], /TABLE_UNREADABLE/, 2],
    ['an unknown policy', ['protect', given('p.json', line), '--policy', 'none'], /POLICY_UNREADABLE/, 2],
    ['a threshold of zero', ['protect', given('t.json', line), '--threshold', '0'], /whole number from 1/, 3],
    ['an unknown bar', ['protect', given('u.json', line), '--bar', 'C'], /Allowed choices are B, exact/, 3],
  ])('refuses %s', (_, args, message, code) => {
    const { status, stderr } = tessera(...args);
    expect(status).toBe(code);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});
