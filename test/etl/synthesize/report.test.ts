import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bars } from '../../../etl/synthesize/report/bars.ts';
import { pairsOfLists } from '../../../etl/synthesize/report/dependence.ts';
import { writeReport } from '../../../etl/synthesize/report/report.ts';
import { synthesize } from '../../../etl/synthesize/synthesize.ts';
import { Tally } from '../../../etl/synthesize/tally.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';

const contracts = loadContracts();
const out = mkdtempSync(join(tmpdir(), 'report-'));
const file = join(out, 'synthetic-state.md');
const order = {
  size: { people: 2000, years: 3, counties: ['06001'], rate: 1500 },
  seed: 3,
  out,
  rawOnly: true,
};
let tally: Tally;

beforeAll(() => {
  tally = synthesize(contracts, order);
  writeReport(file, order, tally);
});
afterAll(() => rmSync(out, { recursive: true }));

describe('the realism report', () => {
  it('counts every true pair of records at different agencies once', () => {
    const people = readFileSync(file, 'utf8');
    const shares = [...people.matchAll(/^\| \d \| ([\d,]+) \| ([\d.]+) % \|$/gm)];
    const counted = shares.reduce((sum, [, n = '']) => sum + Number(n.replaceAll(',', '')), 0);
    expect(shares).toHaveLength(5);
    expect(counted).toBe(tally.pairs.reduce((sum, n) => sum + n, 0));
    expect(shares.reduce((sum, [, , share]) => sum + Number(share), 0)).toBeCloseTo(100, 0);
  });

  it('says that it is made up, on the page and in each picture, in words that the product uses', () => {
    const avoided = new RegExp(
      `\\b(${contracts.wording.avoided.map(({ avoid }) => avoid).join('|')})\\b`,
      'i',
    );
    const pictures = readdirSync(join(out, 'synthetic-state'));
    expect(pictures).toHaveLength(5);
    for (const path of [file, ...pictures.map((name) => join(out, 'synthetic-state', name))]) {
      const content = readFileSync(path, 'utf8');
      expect(content).toContain('made-up data');
      expect(avoided.exec(content)?.[0]).toBe(undefined);
    }
  });

  it('shows only pictures that exist, each with words for those who do not see it', () => {
    const shown = [...readFileSync(file, 'utf8').matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)];
    expect(shown.length).toBe(5);
    for (const [, alt, path] of shown) {
      expect(alt).not.toBe('');
      expect(readFileSync(join(out, path ?? ''), 'utf8')).toMatch(
        /<title id="t">.+<\/title><desc id="d">.+<\/desc>/,
      );
    }
  });
});

describe('the dependence of lists', () => {
  it('is 1 for independent lists, whose two-list estimate is then the truth', () => {
    const made = new Tally();
    for (const [key, n] of [
      ['health education', 20],
      ['health', 80],
      ['education', 180],
      ['', 720],
    ] as const)
      made.combinations.set(key, n);
    expect(pairsOfLists(made)).toEqual([
      { one: 'health', two: 'education', both: 20, oddsRatio: 1, estimate: 1000 },
    ]);
  });
});

describe('a picture', () => {
  it('draws bars in proportion', () => {
    const svg = bars('Title', 'Words', [
      { label: 'a', value: 10 },
      { label: 'b', value: 5 },
    ]);
    const widths = [...svg.matchAll(/<rect x="190" y="\d+" width="(\d+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths[0]).toBe(2 * (widths[1] ?? 0));
  });
});
