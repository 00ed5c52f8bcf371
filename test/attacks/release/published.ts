/** A set of tables as its readers get it: counts or the one marker, percentages as they would be printed. */
import { printed } from '../../../src/disclosure/figures.ts';
import { namedPolicy, type Policy } from '../../../src/disclosure/policy.ts';
import { protect } from '../../../src/disclosure/protect/protect.ts';
import type { Table } from '../../../src/disclosure/table.ts';

export const policy = namedPolicy('calhhs-ddg-2');

export interface Published {
  readonly cells: readonly (readonly [id: string, v: number | null])[];
  readonly figures: readonly (readonly [id: string, text: string | null])[];
}

export async function publish(table: Table, by: Policy = policy): Promise<Published> {
  const result = await protect(table, { policy: by, cost: 'values' });
  if (result.refused) throw new Error(result.reason);
  const hidden = new Set(result.certificate.hidden);
  const hiddenFigures = new Set(result.certificate.hiddenFigures);
  const values = new Map(table.cells.map(({ id, v }) => [id, v]));
  return {
    cells: table.cells
      .filter(({ withheld }) => !withheld)
      .map(({ id, v }) => [id, hidden.has(id) ? null : v] as const),
    figures: table.figures.map((figure) => {
      const scaled = hiddenFigures.has(figure.id)
        ? undefined
        : printed(figure, (id) => values.get(id) ?? Number.NaN);
      if (scaled === undefined) return [figure.id, null] as const;
      const decimals = figure.kind === 'ratio' ? figure.decimals : 0;
      return [figure.id, (scaled / 10 ** decimals).toFixed(decimals)] as const;
    }),
  };
}

/** The counts that a policy with the threshold 11 protects. */
export function small(table: Table): string[] {
  return table.cells.filter(({ v }) => v >= 1 && v <= 10).map(({ id }) => id);
}

/** 1 where every zero of the table can be seen in the release. */
export function floorOf(published: Published, table: Table): 0 | 1 {
  const cells = new Map(published.cells);
  return table.cells.every(({ id, v }) => v !== 0 || cells.get(id) === 0) ? 1 : 0;
}
