import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCsv } from '../../etl/encode/csv.ts';
import { linkClks, readClks } from '../../etl/link/clk.ts';
import { type LinkFilesOptions, linkFiles, type Quality, type Sources } from '../../etl/link/link-files.ts';
import { dataPath, readData } from './data.ts';

/** Accuracy on labelled sets, with the columns guessed and nothing set for a set in particular. */
async function quality(sources: Sources, options: Partial<LinkFilesOptions>): Promise<Quality> {
  const linked = await linkFiles(sources, { config: 'auto', oneToOne: false, ...options });
  if (linked.quality === undefined) throw new Error('a truth was given');
  return linked.quality;
}

const linkage = (...parts: string[]): string => dataPath('linkage', ...parts);

test('febrl3: pairwise F1 of at least 0.995', async () => {
  const found = await quality(
    { kind: 'dedupe', file: linkage('febrl', 'dataset3.csv') },
    { truth: 'rec_id' },
  );
  expect(found.truePairs).toBe(6538);
  expect(found.pairwise.f1).toBeGreaterThanOrEqual(0.995);
});

test('febrl4, one to one: pairwise F1 of at least 0.9995', async () => {
  const [left, right] = [linkage('febrl', 'dataset4a.csv'), linkage('febrl', 'dataset4b.csv')];
  const found = await quality({ kind: 'across', left, right }, { truth: 'rec_id', oneToOne: true });
  expect(found.truePairs).toBe(5000);
  expect(found.pairwise.f1).toBeGreaterThanOrEqual(0.9995);
});

test('fake_1000: pairwise F1 of at least 0.86', async () => {
  const found = await quality({ kind: 'dedupe', file: linkage('fake_1000.csv') }, { truth: 'cluster' });
  expect(found.truePairs).toBe(2031);
  expect(found.pairwise.f1).toBeGreaterThanOrEqual(0.86);
});

test('fake_1000 by its listed pairs says the same as by its labels', async () => {
  const file = linkage('fake_1000.csv');
  const byPairs = await quality({ kind: 'dedupe', file }, { truthPairs: linkage('fake_1000_labels.csv') });
  expect(byPairs.truePairs).toBe(2031);
  expect(byPairs.pairwise.f1).toBeGreaterThanOrEqual(0.86);
});

test('dirty_1000, half of it with errors: every pair', async () => {
  const [left, right] = [linkage('dirty_1000_50_1.csv'), linkage('dirty_1000_50_2.csv')];
  const found = await quality({ kind: 'across', left, right }, { truth: 'rec_id', oneToOne: true });
  expect(found.truePairs).toBe(500);
  expect(found.pairwise.f1).toBeGreaterThanOrEqual(0.998);
});

// On the published CLKs of these files anonlink's greedy solver reaches 0.740 at its best threshold (0.74).
test('five parties together: far above one threshold on one filter', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-five-'));
  const file = join(folder, 'all.csv');
  const parts = [1, 2, 3, 4, 5].map(
    (party) => parseCsv(readData('linkage', 'five-party', `dataset-${party}.csv`)).rows,
  );
  const lines = parts.flatMap((rows, party) => rows.slice(party === 0 ? 0 : 1).map((row) => row.join(',')));
  writeFileSync(file, `${lines.join('\n')}\n`);
  const found = await quality({ kind: 'dedupe', file }, { truth: 'id' });
  expect(found.pairwise.f1).toBeGreaterThanOrEqual(0.85);
  expect(found.clusters.f1).toBeGreaterThanOrEqual(0.95);
});

// anonlink's greedy solver reaches 0.98884 on these CLKs, the best of thresholds from 0.60 to 0.90.
test('published CLKs of two parties: as good as the best threshold allows', () => {
  const party = (name: string) => readClks(readData('linkage', 'clk-pairs', name), name);
  const [left, right] = [party('clks-1.json'), party('clks-2.json')];
  const truth = new Set(
    (JSON.parse(readData('linkage', 'clk-pairs', 'ground-truth.json')) as [number, number][]).map(String),
  );
  const links = linkClks(left, right, 0.6);
  const best = Math.max(
    ...Array.from({ length: 31 }, (_, i) => {
      const found = links.filter(({ dice }) => dice >= 0.6 + i / 100);
      const right = found.filter((link) => truth.has(String([link.left, link.right]))).length;
      return (2 * right) / (found.length + truth.size);
    }),
  );
  expect(best).toBeGreaterThanOrEqual(0.9888);
});
