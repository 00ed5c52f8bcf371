import type { Protection } from './protect/protect.ts';
import type { Table } from './table.ts';

/**
 * How many cells of a group are blank. Which cells are blank is plain to every reader, so that this may be
 * published; why each is blank is not, and is kept for the steward.
 */
export interface GroupSuppression {
  readonly group: string;
  readonly cells: number;
  readonly hidden: number;
  readonly steward: { readonly primary: number; readonly complementary: number };
}

/** Suppression by county, by race and ethnicity …, so that protection does not silently erase a group. */
export function suppressionBy(key: string, table: Table, result: Protection): GroupSuppression[] {
  const complementary = new Set(result.complementary);
  const groups = Map.groupBy(
    table.cells.filter((cell) => !cell.withheld && cell.groups?.[key] !== undefined),
    (cell) => cell.groups?.[key] ?? '',
  );
  return [...groups]
    .map(([group, cells]) => {
      const primary = cells.filter((cell) => result.primary.has(cell.id)).length;
      const others = cells.filter((cell) => complementary.has(cell.id)).length;
      return {
        group,
        cells: cells.length,
        hidden: primary + others,
        steward: { primary, complementary: others },
      };
    })
    .toSorted((a, b) => (a.group < b.group ? -1 : 1));
}

/** Groups of which nothing is left to see: a pooled table should be offered beside this one. */
export function erasedGroups(groups: readonly GroupSuppression[]): string[] {
  return groups.filter(({ cells, hidden }) => cells > 0 && hidden === cells).map(({ group }) => group);
}
