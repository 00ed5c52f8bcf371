import type { Edges } from './edges.ts';
import { type Model, probability, weightAt } from './model.ts';
import { Scorer } from './score.ts';
import type { RecordTable } from './table.ts';

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/**
 * Precision and recall as the model itself sees them: each link is right with its probability. It assumes that
 * the model is true, so it is a figure to compare runs with rather than a proof.
 */
export function modelQuality(
  edges: Edges,
  model: Model,
  threshold: number,
): { precision: Estimate; recall: Estimate } {
  const least = weightAt(threshold);
  let [links, right, variance, all] = [0, 0, 0, 0];
  for (const weight of edges.weight) {
    const p = probability(weight);
    all += p;
    if (weight < least) continue;
    links++;
    right += p;
    variance += p * (1 - p);
  }
  const matches = Math.max(all, model.training.expected_matches);
  const spread = Z * Math.sqrt(variance);
  return {
    precision: share(right, spread, links),
    recall: share(right, spread + Z * Math.sqrt(Math.max(0, matches - right)), matches),
  };
}

function share(count: number, spread: number, of: number): Estimate {
  if (of === 0) return { value: 1, low: 0, high: 1 };
  const bounded = (value: number): number => Math.min(1, Math.max(0, value / of));
  return { value: bounded(count), low: bounded(count - spread), high: bounded(count + spread) };
}

/** Wilson's interval: of `asked` pairs of a random sample that were reviewed, `right` were right. */
export function reviewedShare(right: number, asked: number): Estimate {
  if (asked === 0) return { value: Number.NaN, low: 0, high: 1 };
  const p = right / asked;
  const middle = (p + (Z * Z) / (2 * asked)) / (1 + (Z * Z) / asked);
  const spread =
    (Z / (1 + (Z * Z) / asked)) * Math.sqrt((p * (1 - p)) / asked + (Z * Z) / (4 * asked * asked));
  return { value: p, low: Math.max(0, middle - spread), high: Math.min(1, middle + spread) };
}

/**
 * The share of records that could not be linked at a threshold even with a perfect copy of themselves, because
 * too little of them is filled in.
 */
export function unlinkables(
  table: RecordTable,
  model: Model,
  thresholds: readonly number[],
): readonly { threshold: number; share: number }[] {
  const scorer = new Scorer(table, model);
  const weights = new Float32Array(table.count);
  const step = 4096;
  const out = new Float32Array(step);
  for (let from = 0; from < table.count; from += step) {
    const count = Math.min(step, table.count - from);
    const same = Uint32Array.from({ length: count }, (_, i) => from + i);
    scorer.score(same, same, count, out);
    weights.set(out.subarray(0, count), from);
  }
  return thresholds.map((threshold) => {
    const least = weightAt(threshold);
    const below = weights.reduce((count, weight) => count + (weight < least ? 1 : 0), 0);
    return { threshold, share: table.count === 0 ? 0 : below / table.count };
  });
}

export interface Drift {
  readonly field: string;
  readonly level: string;
  readonly what: 'm' | 'u';
  readonly before: number;
  readonly now: number;
}

/** Probabilities that moved by more than `tolerance` (in bits of weight) since another model. */
export function drift(before: Model, now: Model, tolerance = 1): readonly Drift[] {
  return now.fields.flatMap((field, i) => {
    const old = before.fields[i];
    if (old === undefined || old.name !== field.name) return [];
    return (['m', 'u'] as const).flatMap((what) =>
      field.levels.flatMap((level, at) => {
        const [a, b] = [old[what][at] ?? 1, field[what][at] ?? 1];
        if (at === 0 || Math.max(a, b) < 0.001 || Math.abs(Math.log2(a / b)) <= tolerance) return [];
        return [{ field: field.name, level, what, before: a, now: b }];
      }),
    );
  });
}
