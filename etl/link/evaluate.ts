import type { Edges } from './score.ts';

export interface Accuracy {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface AccuracyAt extends Accuracy {
  /** As a probability. */
  readonly threshold: number;
  readonly weight: number;
}

/** Whether two records are one person in truth, and how many such pairs there are, found by blocking or not. */
export interface Truth {
  readonly same: (a: number, b: number) => boolean;
  readonly pairs: number;
}

function accuracy(found: number, correct: number, pairs: number): Accuracy {
  const precision = found === 0 ? 1 : correct / found;
  const recall = pairs === 0 ? 1 : correct / pairs;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

/** Records with the same label are one person; `meet` leaves out pairs that are not asked about. */
export function truthOfLabels(labels: readonly string[], meet?: (a: number, b: number) => boolean): Truth {
  const groups = new Map<string, number[]>();
  labels.forEach((label, record) => {
    if (label === '') return;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [record]);
    else group.push(record);
  });
  let pairs = 0;
  for (const group of groups.values()) {
    if (meet === undefined) pairs += (group.length * (group.length - 1)) / 2;
    else group.forEach((a, i) => group.slice(i + 1).forEach((b) => (pairs += meet(a, b) ? 1 : 0)));
  }
  return { pairs, same: (a, b) => labels[a] !== '' && labels[a] === labels[b] };
}

/** Records listed in pairs. */
export function truthOfPairs(listed: readonly (readonly [number, number])[]): Truth {
  const keys = new Set(listed.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`));
  return { pairs: keys.size, same: (a, b) => keys.has(`${Math.min(a, b)} ${Math.max(a, b)}`) };
}

/** Of the links of at least a weight. */
export function accuracyAt(edges: Edges, truth: Truth, least: number): Accuracy {
  let [found, correct] = [0, 0];
  edges.weight.forEach((weight, i) => {
    if (weight < least) return;
    found++;
    if (truth.same(edges.a[i] as number, edges.b[i] as number)) correct++;
  });
  return accuracy(found, correct, truth.pairs);
}

/** The accuracy at every weight that occurs, from the highest down, at most `rows` of them. */
export function thresholdTable(edges: Edges, truth: Truth): { weight: number; accuracy: Accuracy }[] {
  const order = Uint32Array.from(edges.weight, (_, i) => i).sort(
    (x, y) => (edges.weight[y] as number) - (edges.weight[x] as number),
  );
  const table: { weight: number; accuracy: Accuracy }[] = [];
  let [found, correct] = [0, 0];
  order.forEach((edge, place) => {
    found++;
    if (truth.same(edges.a[edge] as number, edges.b[edge] as number)) correct++;
    const weight = edges.weight[edge] as number;
    const next = order[place + 1];
    if (next === undefined || edges.weight[next] !== weight)
      table.push({ weight, accuracy: accuracy(found, correct, truth.pairs) });
  });
  return table;
}

/** Of all pairs that clusters make. */
export function clusterAccuracy(
  of: Uint32Array,
  truth: Truth,
  meet?: (a: number, b: number) => boolean,
): Accuracy {
  const groups = new Map<number, number[]>();
  of.forEach((root, record) => {
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [record]);
    else group.push(record);
  });
  let [found, correct] = [0, 0];
  for (const group of groups.values()) {
    group.forEach((a, i) => {
      for (const b of group.slice(i + 1)) {
        if (meet !== undefined && !meet(a, b)) continue;
        found++;
        if (truth.same(a, b)) correct++;
      }
    });
  }
  return accuracy(found, correct, truth.pairs);
}
