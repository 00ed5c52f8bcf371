import type { Policy } from './policy.ts';
import type { Cell, Table } from './table.ts';

/** Why a cell may not be shown, for the steward only. */
export type PrimaryReason = 'listed' | 'small' | 'dominated' | 'group';

/** The cells that may not be shown on their own account, each with its first reason. */
export function primaryCells(table: Table, policy: Policy): Map<string, PrimaryReason> {
  const found = new Map<string, PrimaryReason>();
  const listed = table.primary === undefined ? undefined : new Set(table.primary);
  for (const cell of table.cells) {
    if (cell.fixed) continue;
    if (listed === undefined ? isSmall(cell, policy) : listed.has(cell.id))
      found.set(cell.id, listed === undefined ? 'small' : 'listed');
    else if (isDominated(cell, policy)) found.set(cell.id, 'dominated');
  }
  if (policy.groupDisclosure === 'hidden')
    for (const id of groupDisclosures(table)) if (!found.has(id)) found.set(id, 'group');
  return found;
}

function isSmall(cell: Cell, policy: Policy): boolean {
  return !cell.magnitude && cell.v >= 1 && cell.v < policy.threshold;
}

/**
 * The (n, k) rule: the n largest contributors make up the share k. The p % rule: the second largest, taking
 * its own part off, can tell the largest to within p of its size.
 */
function isDominated(cell: Cell, policy: Policy): boolean {
  const rule = policy.dominance;
  if (rule === undefined || cell.contributors === undefined) return false;
  const shares = cell.contributors.filter((share) => share > 0).toSorted((a, b) => b - a);
  const all = shares.reduce((so, share) => so + share, 0);
  const [first, second = 0] = shares;
  if (first === undefined) return false;
  const top = shares.slice(0, rule.largest).reduce((so, share) => so + share, 0);
  return top > rule.share * all || all - first - second < rule.within * first;
}

/** All of a group share the attribute, or none does: every reader then knows it of everybody in the group. */
function groupDisclosures(table: Table): string[] {
  const value = new Map(table.cells.map((cell) => [cell.id, cell]));
  return table.sensitive.flatMap(([whole, part]) => {
    const all = value.get(whole);
    const those = value.get(part);
    if (all === undefined || those === undefined || all.v === 0 || those.fixed) return [];
    return those.v === all.v || those.v === 0 ? [part] : [];
  });
}
