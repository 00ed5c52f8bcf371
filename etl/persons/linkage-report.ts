/** How good a linkage is, told in counts and shares: no surrogate, no token. Kept for each, for whoever runs the hub. */
import type { DataSource } from 'typeorm';
import { readRows } from '../../src/db/read-rows.ts';
import type { Claims } from '../../src/db/transaction.ts';
import { NotFound } from '../../src/errors.ts';
import type { RuleReport } from '../link/blocking.ts';
import type { Edges } from '../link/edges.ts';
import { weightAt } from '../link/model.ts';
import {
  type Drift,
  drift,
  type Estimate,
  modelQuality,
  reviewedShare,
  unlinkables,
} from '../link/quality.ts';
import { settle } from '../link/review.ts';
import type { LinkageRows } from './linkage-rows.ts';
import type { ReviewPairs } from './review-pairs.ts';
import type { StoredModel } from './stored-model.ts';
import type { LinkageTerms, Tonight } from './tonight.ts';

const THRESHOLDS = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

export interface LinkageQuality {
  readonly linkage: number;
  readonly kind: 'full' | 'delta';
  readonly model: string;
  /** Whether the model was learned in this run. */
  readonly trained: boolean;
  readonly threshold: number;
  readonly records: number;
  /** Of them, those with the filter of the whole record and nothing else, and how many pairs it speaks for. */
  readonly records_by_clk: number;
  readonly pairs_by_clk: number;
  readonly left_out: Readonly<Record<string, number>>;
  readonly persons: number;
  readonly pairs_scored: number;
  readonly pairs_kept: number;
  readonly precision_by_model: Estimate;
  readonly recall_by_model: Estimate;
  /** Of linked pairs that were drawn for review and settled, those that are one person. */
  readonly precision_by_review: Estimate & { readonly pairs: number };
  /** Pairs near the threshold that nobody settled. */
  readonly to_review: number;
  readonly by_threshold: readonly { threshold: number; links: number; unlinkable: number }[];
  /** Persons by their number of records; the last stands for itself and more. */
  readonly sizes: readonly { records: number; persons: number }[];
  readonly refused_links: Tonight['clusters']['refused'];
  readonly loose_clusters: number;
  readonly changes: Readonly<Record<'new' | 'merged' | 'split' | 'retired', number>>;
  readonly contradicted_decisions: number;
  readonly blocking: readonly RuleReport[];
  readonly doubts: readonly string[];
  readonly drift: readonly Drift[];
  readonly seconds: Readonly<Record<string, number>>;
}

export interface LinkageReport extends LinkageQuality {
  readonly outcome: 'linked' | 'unchanged';
}

export interface Found {
  readonly linkage: number;
  readonly rows: LinkageRows;
  readonly model: StoredModel;
  readonly before: StoredModel | undefined;
  readonly terms: LinkageTerms;
  readonly tonight: Tonight;
  readonly review: ReviewPairs;
  readonly onlyChanged: boolean;
  readonly seconds: Readonly<Record<string, number>>;
}

export function reportOf(found: Found): LinkageQuality {
  const { rows, model, before, terms, tonight } = found;
  const { edges } = tonight.night;
  const { precision, recall } = modelQuality(edges, model.model, terms.threshold);
  return {
    linkage: found.linkage,
    kind: found.onlyChanged ? 'delta' : 'full',
    model: model.version,
    trained: model !== before,
    threshold: terms.threshold,
    records: rows.table.count + rows.clks.alone,
    records_by_clk: rows.clks.alone,
    pairs_by_clk: tonight.byClk.filter(({ weight }) => weight >= weightAt(terms.threshold)).length,
    left_out: countBy(rows.leftOut, ({ agency, why }) => `${agency} ${why}`),
    persons: new Set(tonight.persons.values()).size,
    pairs_scored: tonight.night.scored,
    pairs_kept: edges.weight.length,
    precision_by_model: precision,
    recall_by_model: recall,
    precision_by_review: reviewed(terms.opinions),
    to_review: found.review.near,
    by_threshold: unlinkables(rows.table, model.model, THRESHOLDS).map(({ threshold, share }) => ({
      threshold,
      links: linksFrom(edges, threshold),
      unlinkable: share,
    })),
    sizes: sizesOf(tonight.persons),
    refused_links: tonight.clusters.refused,
    loose_clusters: tonight.clusters.flags.length,
    changes: { new: 0, merged: 0, split: 0, retired: 0, ...countBy(tonight.changes, ({ event }) => event) },
    contradicted_decisions: tonight.contradicted.length,
    blocking: tonight.night.reports,
    doubts: model.model.training.doubts,
    drift: before === undefined ? [] : drift(before.model, model.model),
    seconds: found.seconds,
  };
}

/** Those who do the linkage see it without a claim. */
export async function linkageReport(source: DataSource, claims: Claims = {}): Promise<LinkageQuality> {
  const [row] = await readRows<{ quality: LinkageQuality }>(
    source,
    claims,
    'SELECT quality FROM ops.linkage_quality ORDER BY linkage DESC LIMIT 1',
  );
  if (row !== undefined) return row.quality;
  throw new NotFound('NOT_LINKED_YET', 'Nothing has been linked yet.', {
    remedy: 'Run `npx tessera persons link`.',
  });
}

function reviewed(opinions: LinkageTerms['opinions']): Estimate & { pairs: number } {
  const settled = settle(opinions.filter(({ asked }) => asked === 'sample'));
  const right = settled.filter(({ same }) => same).length;
  return { ...reviewedShare(right, settled.length), pairs: settled.length };
}

function linksFrom({ weight }: Edges, threshold: number): number {
  const least = weightAt(threshold);
  return weight.reduce((count, one) => count + (one >= least ? 1 : 0), 0);
}

const MANY = 10;

function sizesOf(persons: ReadonlyMap<string, string>): { records: number; persons: number }[] {
  const records = Object.values(countBy([...persons.values()], (person) => person));
  const sizes = countBy(records, (count) => String(Math.min(MANY, count)));
  return Object.entries(sizes)
    .map(([count, of]) => ({ records: Number(count), persons: of }))
    .toSorted((x, y) => x.records - y.records);
}

function countBy<T>(all: readonly T[], key: (one: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of all) {
    const name = key(one);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
