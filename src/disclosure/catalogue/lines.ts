import { ALL, type CandidateFigure } from './candidate.ts';
import { partsOfPeriod } from './periods.ts';
import { cellId, type Members } from './quantities.ts';

/** A total and what it is made of, as the catalogue says: along a dimension, a hierarchy or time. */
export interface Line {
  readonly total: string;
  readonly parts: readonly string[];
  readonly along: 'dimension' | 'hierarchy' | 'time';
}

/** Members of a fine dimension that lie within those of a coarse one: counties in regions. */
export interface Hierarchy {
  readonly fine: string;
  readonly coarse: string;
  readonly within: Readonly<Record<string, string>>;
}

/** Every line that one metric's figures form, for a quantity whose cells are known. */
export function linesOf(
  quantity: string,
  figures: readonly Pick<CandidateFigure, 'period' | 'dims'>[],
  hierarchies: readonly Hierarchy[],
  isKnown: (id: string) => boolean,
): Line[] {
  const lines = new Map<string, { total: string; parts: Set<string>; along: Line['along'] }>();
  const put = (key: string, total: string, part: string, along: Line['along']): void => {
    if (!isKnown(total) || !isKnown(part) || total === part) return;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { total, parts: new Set([part]), along });
    else line.parts.add(part);
  };
  const periods = [...new Set(figures.map(({ period }) => period))];
  const longer = Map.groupBy(
    periods.flatMap((period) => partsOfPeriod(period).map((part) => ({ part, period }))),
    ({ part }) => part,
  );
  for (const { period, dims } of figures) {
    const part = cellId(quantity, period, dims);
    for (const [dimension, member] of Object.entries(dims)) {
      if (member === ALL) continue;
      const total = cellId(quantity, period, without(dims, dimension));
      put(`${dimension} ${total}`, total, part, 'dimension');
      for (const { fine, coarse, within } of hierarchies) {
        const parent = within[member];
        if (fine !== dimension || parent === undefined) continue;
        const over = cellId(quantity, period, { ...without(dims, dimension), [coarse]: parent });
        put(`${fine}<${coarse} ${over}`, over, part, 'hierarchy');
      }
    }
    for (const { period: whole } of longer.get(period) ?? []) {
      const total = cellId(quantity, whole, dims);
      put(`time ${total}`, total, part, 'time');
    }
  }
  return [...lines.values()].map(({ total, parts, along }) => ({
    total,
    parts: [...parts].toSorted(),
    along,
  }));
}

function without(dims: Members, dimension: string): Members {
  return Object.fromEntries(Object.entries(dims).filter(([key]) => key !== dimension));
}
