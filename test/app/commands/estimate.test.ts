import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaptureTable } from '../../../etl/estimate/capture-table.ts';
import { simulate } from '../../etl/estimate/simulated-lists.ts';
import { scratchFolder, tessera } from '../../support/tessera.ts';

const population = {
  size: 900,
  reach: [0.3, 0.25, 0.3],
  referrals: [{ from: 0, to: 1, chance: 0.15 }],
  heterogeneity: 0,
  missedLinks: 0,
  falseLinks: 0,
};

function written(table: CaptureTable, name = 'lists.csv'): string {
  const file = join(scratchFolder(), name);
  const lines = Array.from(table.counts.keys())
    .slice(1)
    .map((history) => [...table.lists.map((_, i) => (history >> i) & 1), table.counts[history]].join(','));
  writeFileSync(file, `${[...table.lists, 'count'].join(',')}\n${lines.join('\n')}\n`);
  return file;
}

describe('tessera estimate', () => {
  const { table } = simulate(population, 3);

  test('one JSON document, the same for a seed and any number of threads', async () => {
    const file = written(table);
    const ask = (threads: string) =>
      tessera([
        'estimate',
        file,
        '--method',
        'stepwise',
        'chao-bc',
        '--bootstrap',
        '100',
        '--seed',
        '5',
        '--threads',
        threads,
        '--json',
      ]);
    const [one, two] = await Promise.all([ask('1'), ask('2')]);
    expect(one.code).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    const answer = JSON.parse(one.stdout);
    expect(Object.keys(answer)).toEqual(['results', 'sensitivity', 'verdict']);
    expect(answer.results.map(({ method }: { method: string }) => method)).toEqual(['stepwise', 'chao-bc']);
    expect(answer.results[0].lower).toBeLessThan(answer.results[0].estimate);
  });

  test('text that begins with the verdict and shows what the answer leans on', async () => {
    const { code, stdout } = await tessera(['estimate', written(table)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The lists can carry an estimate\./);
    for (const part of ['odds ratio', 'without A', 'predicting B', 'linkage', 'models'])
      expect(stdout).toContain(part);
  });

  test('a refusal is a result, not a failure', async () => {
    const counts = table.counts.map((count, history) => ((history & (history - 1)) === 0 ? count : 0));
    const { code, stdout } = await tessera(['estimate', written({ lists: table.lists, counts })]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^NO FIGURE/);
    expect(stdout).toContain('refused: NO_MLE');
  });

  test('linkage: put right, drawn, and combined', async () => {
    const other = simulate({ ...population, missedLinks: 0.05 }, 3).table;
    const answer = await tessera([
      'estimate',
      written(table),
      '--method',
      'main-effects',
      '--recall',
      '0.9',
      '--precision',
      '0.98',
      '--reviewed',
      '200',
      '--linkages',
      written(other, 'draw.csv'),
      '--over-covered',
      'C',
      '--json',
    ]);
    const found = JSON.parse(answer.stdout);
    expect(found.corrected.results[0].estimate).toBeLessThan(found.results[0].estimate);
    expect(found.reviewed.between).toBeGreaterThan(0);
    expect(found.combined.draws).toBe(2);
    expect(found.overCovered.lists).toEqual(['C']);
  });

  test.each([
    [['--method', 'guess'], 3, 'METHOD_UNKNOWN'],
    [['--over-covered', 'nobody'], 3, 'LIST_UNKNOWN'],
    [['--bootstrap', '1.5'], 3, 'NOT_A_WHOLE_NUMBER'],
    [['--p', '2'], 3, 'NOT_A_SHARE'],
    [['--recall', '0'], 3, 'RECALL_ZERO'],
    [['--referrals', '/no/such/file'], 4, 'FILE_NOT_READ'],
    [['--hub'], 3, 'PERIOD'],
    [['--known-on', '2025-02-30x'], 3, 'NOT_A_DAY'],
  ])('%j ends with code %i', async (options, code, name) => {
    const { code: ended, stderr } = await tessera(['estimate', written(table), ...options]);
    expect(stderr).toContain(name);
    expect(ended).toBe(code);
  });

  test.each([
    ['a negative count', 'A,B,count\n1,0,5\n0,1,-3\n1,1,2\n', 'COUNT_NOT_WHOLE'],
    ['a fraction of a person', 'A,B,count\n1,0,5.5\n0,1,3\n1,1,2\n', 'COUNT_NOT_WHOLE'],
    ['a history without a line', 'A,B,count\n1,0,5\n0,1,3\n', 'HISTORY_MISSING'],
    ['a history twice', 'A,B,count\n1,0,5\n1,0,5\n0,1,3\n1,1,2\n', 'HISTORY_TWICE'],
    ['one list', 'A,count\n1,5\n', 'TOO_FEW_LISTS'],
    ['twelve lists', 'A,B,C,D,E,F,G,H,I,J,K,L,count\n', 'TOO_MANY_LISTS'],
  ])('%s is refused', async (_, text, name) => {
    const file = join(scratchFolder(), 'bad.csv');
    writeFileSync(file, text);
    const { code, stderr, stdout } = await tessera(['estimate', file, '--json']);
    expect(stderr).toContain(name);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('lists that share nobody have a refusal of every method and of the whole', async () => {
    const file = join(scratchFolder(), 'apart.csv');
    writeFileSync(file, 'A,B,C,count\n1,0,0,90\n0,1,0,80\n0,0,1,70\n1,1,0,0\n1,0,1,0\n0,1,1,0\n1,1,1,0\n');
    const { code, stdout } = await tessera([
      'estimate',
      file,
      '--method',
      'stepwise,best-bic,bma,chao,mth-chao,petersen',
      '--json',
    ]);
    expect(code).toBe(0);
    const { results, verdict } = JSON.parse(stdout);
    expect(verdict.refused).toBe(true);
    for (const code of ['TOO_FEW_LISTS', 'OVERLAP_TOO_THIN', 'NO_MLE'])
      expect(verdict.reasons.join()).toContain(code);
    for (const { method, estimate, refused, reason } of results)
      expect([method, estimate, refused, reason?.length > 0]).toEqual([method, null, true, true]);
  });

  test('a report: rounded figures and pictures for a committee, everything for statisticians', async () => {
    const folder = join(scratchFolder(), 'report');
    const { code } = await tessera(['estimate', written(table), '--report', folder, '--json']);
    expect(code).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual([
      'lists-annex.html',
      'lists-annex.json',
      'lists-committee.html',
    ]);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const committee = read('lists-committee.html');
    expect(committee.match(/<svg/g)).toHaveLength(3);
    for (const part of [
      'At least about',
      'Estimates side by side',
      'The estimate under other assumptions',
      'without each system',
    ])
      expect(committee).toContain(part);
    const annex = JSON.parse(read('lists-annex.json'));
    // No exact figure stands on the committee's page.
    for (const exact of [annex.value, ...annex.annex.table.counts.filter((count: number) => count > 100)])
      expect(committee).not.toContain(`>${Math.round(exact).toLocaleString('en-US')}<`);
    expect(read('lists-annex.html')).toContain('UNPROTECTED');
  });

  test('a report of lists that carry no answer says so instead of a picture', async () => {
    const folder = join(scratchFolder(), 'report');
    const counts = table.counts.map((count, history) => ((history & (history - 1)) === 0 ? count : 0));
    await tessera(['estimate', written({ lists: table.lists, counts }), '--report', folder]);
    const committee = readFileSync(join(folder, 'lists-committee.html'), 'utf8');
    expect(committee).toContain('There is no figure');
    expect(committee).not.toContain('<svg');
  });

  test('a table that breaks a rule is refused without its values', async () => {
    const file = join(scratchFolder(), 'bad.csv');
    writeFileSync(file, 'A,B,count\n1,0,17\n0,1,-31\n1,1,4\n');
    const { code, stderr, stdout } = await tessera(['estimate', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('line 3, column count: negative');
    expect(stderr + stdout).not.toContain('31');
  });
});
