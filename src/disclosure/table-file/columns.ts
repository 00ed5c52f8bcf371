/** What a file of a released table holds: one row for each cell, hidden ones empty with their status beside them. */
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

/** `note` says that the data are made up, where they are. */
export function columnsOf({ tbl, release }: FoundTable, note: string | undefined): readonly Column[] {
  const text = (name: string, of: TextColumn['of']): Column => ({ name, numeric: false, of });
  return [
    text('metric', ({ metric }) => metric),
    text('definition', ({ version }) => `v${version}`),
    text('release', () => String(release.number)),
    text('period', ({ period }) => period),
    ...dimensionsOf(tbl).map((name) => text(name, ({ dims }) => dims[name] ?? 'all')),
    ...NUMBERS.map((name): Column => ({ name, numeric: true, of: (figure) => figure[name] })),
    text('status', ({ status }) => status),
    text('footnotes', ({ footnotes }) => footnotes.join(' ')),
    ...(note === undefined ? [] : [text('note', () => note)]),
  ];
}

export function dimensionsOf(tbl: string): readonly string[] {
  return tbl === 'all' ? [] : tbl.split('+');
}
