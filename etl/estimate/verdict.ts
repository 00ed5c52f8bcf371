import { overlaps } from './capture-table.ts';
import { estimateWith } from './methods.ts';
import { mainEffects } from './model.ts';
import { statusOf, supportOf } from './model-fit.ts';
import { type Method, statusReason } from './result.ts';
import type { Task } from './task.ts';

/**
 * Whether these data can carry a figure at all. A refusal is a result: it is shown where the figure would stand, with
 * its reasons, and no method's number may then be quoted as the size of the hidden population.
 */
export interface Verdict {
  readonly refused: boolean;
  readonly reasons: readonly string[];
  /** What each family says, from the smallest on. */
  readonly families: readonly { readonly method: Method; readonly estimate: number }[];
  /** Largest over smallest. */
  readonly disagreement: number | null;
}

/** Fewer persons than this on two lists or more, and one wrong link moves the answer by a tenth. */
export const LEAST_OVERLAP = 11;
/** Families further apart than this say different things about the same population. */
const MOST_DISAGREEMENT = 2;

const COMPARED: readonly Method[] = ['main-effects', 'stepwise', 'best-bic', 'bic-average', 'bma'];

export async function verdictOf(task: Task): Promise<Verdict> {
  const reasons = [...listReasons(task), ...startReasons(task)];
  const plain = { ...task, replicates: 0, profile: false, biasCorrected: false };
  const families: { method: Method; estimate: number }[] = [];
  for (const method of COMPARED) {
    const [result] = await estimateWith(method, plain);
    const estimate = result?.estimate ?? undefined;
    if (estimate !== undefined) families.push({ method, estimate });
    else if (result?.reason?.startsWith('GRID_EDGE') === true) reasons.push(`${method}: ${result.reason}`);
  }
  families.sort((a, b) => a.estimate - b.estimate);
  const lowest = families[0];
  const highest = families.at(-1);
  const disagreement = lowest && highest ? highest.estimate / lowest.estimate : null;
  if (disagreement !== null && disagreement > MOST_DISAGREEMENT)
    reasons.push(
      `FAMILIES_DISAGREE: ${highest!.method} gives ${disagreement.toFixed(1)} times what ${lowest!.method} gives; more than ${MOST_DISAGREEMENT} is too much`,
    );
  return { refused: reasons.length > 0, reasons, families, disagreement };
}

function listReasons({ table }: Task): string[] {
  const sums = overlaps(table);
  const bits = table.lists.map((_, list) => 1 << list);
  const usable = bits.filter((list) => bits.some((other) => other !== list && sums[list | other]! > 0));
  const reasons: string[] = [];
  if (usable.length < 3)
    reasons.push(
      `TOO_FEW_LISTS: ${usable.length} of ${table.lists.length} lists share persons with another; three are the least with which dependence between lists can be seen`,
    );
  const shared = table.counts.reduce(
    (sum, count, history) => ((history & (history - 1)) === 0 ? sum : sum + count),
    0,
  );
  if (shared < LEAST_OVERLAP)
    reasons.push(`OVERLAP_TOO_THIN: fewer than ${LEAST_OVERLAP} persons are on more than one list`);
  return reasons;
}

function startReasons({ table, data }: Task): string[] {
  const status = statusOf(data, supportOf(data, mainEffects(table.lists.length)));
  return status === 0 ? [] : [`main effects: ${statusReason(status)}`];
}
