import type { LinkedTables, PlacedFigure } from '../catalogue/linked-tables.ts';
import { contracted } from '../contract.ts';
import { type EarlierRelease, withEarlier } from '../earlier.ts';
import type { Policy } from '../policy.ts';
import { primaryCells } from '../primary.ts';
import { boundedCells } from '../protect/plan.ts';
import { type Cell, sensitiveParts, type Table } from '../table.ts';

/** What margins say about small counts of breakdowns that are in no table. */
export interface LeftOutAudit {
  /** How many small counts there are in what was left out. */
  readonly small: number;
  /** Of these, those for which no table was found in which they are 1, or in which they are the threshold. */
  readonly bounded: readonly string[];
}

interface Seen {
  /** Every figure of the candidate, what is left out among them. */
  readonly all: LinkedTables;
  readonly isHidden: (figure: PlacedFigure) => boolean;
  readonly isLeftOut: (figure: PlacedFigure) => boolean;
  /** Whether a reader knows that every zero is shown, of what is not left out. */
  readonly zeros: 'shown' | 'hideable';
}

/**
 * Puts the margins together as a reader would who knows the declared breakdowns but not their cells: the public, and each
 * county with its own. It looks for possible tables only and hides nothing.
 */
export async function auditLeftOut(
  seen: Seen,
  earlier: readonly EarlierRelease[],
  policy: Policy,
): Promise<LeftOutAudit> {
  const { table, standsFor } = contracted(withEarlier(asSeen(seen), earlier));
  const cells = new Map(table.cells.map((cell) => [cell.id, cell]));
  const left = new Set(
    seen.all.placed.filter(seen.isLeftOut).flatMap(({ operands }) => operands.map(standsFor)),
  );
  const small = [...left].filter((id) => {
    const { v = 0, fixed = true, withheld = false } = cells.get(id) ?? {};
    return !fixed && withheld && v >= 1 && v < policy.threshold;
  });
  if (small.length === 0) return { small: 0, bounded: [] };
  const { lineRule: _, dominance: __, ...plain } = policy;
  const asked: Policy = { ...plain, singletons: 'ignored', groupDisclosure: 'allowed' };
  const bounded = new Set<string>();
  // Where some are bounded for a plain reason the others of that component were not looked at.
  for (let found: readonly string[] = ['any']; found.length > 0; ) {
    const listed = { ...table, primary: small.filter((id) => !bounded.has(id)) };
    const primary = primaryCells(listed, asked);
    found = await boundedCells(listed, { policy: asked, primary, cost: 'values' }, seen.zeros);
    for (const id of found) bounded.add(id);
  }
  return { small: small.length, bounded: [...bounded] };
}

/** The facts with what the release shows made public, and everything else unknown. */
function asSeen({ all, isHidden, isLeftOut, zeros }: Seen): Table {
  const shown = new Set(all.placed.filter((one) => !isHidden(one)).flatMap(({ operands }) => operands));
  const blank = new Set(
    all.placed.filter((one) => isHidden(one) && !isLeftOut(one)).flatMap(({ operands }) => operands),
  );
  const mayBeZero = sensitiveParts(all.table);
  const cells = all.table.cells.map((cell): Cell => {
    if (cell.fixed || shown.has(cell.id)) return { ...cell, fixed: true, withheld: false };
    const nonzero = zeros === 'shown' && blank.has(cell.id) && !mayBeZero.has(cell.id) && cell.v > 0;
    return { ...cell, withheld: true, nonzero };
  });
  return { ...all.table, cells };
}
