/** What a file of released tables holds: one row for each cell, hidden ones empty with their status beside them. */
import type { FoundTable } from '../asked-table.ts';
import type { ReleaseFigure } from '../release/release-figures.ts';

export type Column = TextColumn | NumberColumn;

export interface TextColumn {
  readonly name: string;
  readonly numeric: false;
  readonly of: (figure: ReleaseFigure) => string;
}

export interface NumberColumn {
  readonly name: (typeof NUMBERS)[number];
  readonly numeric: true;
  readonly of: (figure: ReleaseFigure) => number | null;
}

const NUMBERS = ['value', 'numerator', 'denominator', 'lower', 'upper'] as const;

/** Stands for every member of a dimension. */
export const ALL = 'all';

/** `note` says that the data are made up, where they are. */
export function columnsOf({ tbl, release }: FoundTable, note: string | undefined): readonly Column[] {
  return columns({ release: release.number, dimensions: dimensionsOf(tbl), tables: false, note });
}

/** Of several tables in one file: each row says which table it is of, and is about all of what that is not cut by. */
export function columnsOfTables(tables: readonly FoundTable[], note: string | undefined): readonly Column[] {
  const [first] = tables;
  if (first === undefined) throw new Error('a file holds one table at least');
  const dimensions = [...new Set(tables.flatMap(({ tbl }) => dimensionsOf(tbl)))];
  return columns({ release: first.release.number, dimensions, tables: true, note });
}

function columns(of: {
  readonly release: number;
  readonly dimensions: readonly string[];
  readonly tables: boolean;
  readonly note: string | undefined;
}): readonly Column[] {
  const text = (name: string, value: TextColumn['of']): Column => ({ name, numeric: false, of: value });
  const { note } = of;
  return [
    text('metric', ({ metric }) => metric),
    text('definition', ({ version }) => `v${version}`),
    text('release', () => String(of.release)),
    ...(of.tables ? [text('table', ({ tbl }) => tbl)] : []),
    text('period', ({ period }) => period),
    ...of.dimensions.map((name) => text(name, ({ dims }) => dims[name] ?? ALL)),
    ...NUMBERS.map((name): Column => ({ name, numeric: true, of: (figure) => figure[name] })),
    text('status', ({ status }) => status),
    text('footnotes', ({ footnotes }) => footnotes.join(' ')),
    ...(note === undefined ? [] : [text('note', () => note)]),
  ];
}

export function dimensionsOf(tbl: string): readonly string[] {
  return tbl === ALL ? [] : tbl.split('+');
}
