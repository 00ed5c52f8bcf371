import { type Cell, greatest, inWords, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { ink, inkOn, paper, quiet, sequence } from './palette.ts';
import { group, rect, text, titled } from './svg.ts';
import { widthOf, wrapped } from './text-width.ts';

export interface Matrix {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[];
}

const ROW = 32;

/** Every cell carries its number; the shade only helps the eye find the great ones. */
export function heatMatrix(about: About, { columns, rows }: Matrix): string {
  const width = widthFor(about);
  const above = isNarrow(about);
  const left = above ? 0 : 14 + Math.min(width * 0.4, Math.max(...rows.map((row) => widthOf(row.label))));
  const step = (width - left) / columns.length;
  const heads = columns.map((column) => wrapped(column, step - 8, 12));
  const head = Math.max(...heads.map((lines) => lines.length)) * 15 + 8;
  const height = ROW + (above ? 22 : 0);
  const most = greatest(rows.flatMap((row) => row.cells)) || 1;
  const body = [
    ...heads.map((lines, at) =>
      group(
        { 'font-weight': 600, 'font-size': 12, 'text-anchor': 'middle' },
        ...lines.map((line, index) =>
          text(left + step * (at + 0.5), head - 10 - (lines.length - 1 - index) * 15, line),
        ),
      ),
    ),
    ...rows.map((row, at) => {
      const y = head + at * height;
      const top = above ? y + 22 : y;
      return group(
        {},
        text(0, above ? y + 15 : y + ROW / 2 + 4.5, row.label),
        ...columns.map((column, index) => {
          const cell = row.cells[index] ?? { status: 'not_available' };
          const shade = isKnown(cell) ? shadeOf(cell.value, most) : paper;
          const x = left + step * index;
          const plate = widthOf(inWords(cell, about.words), 13) + 8;
          return titled(
            toldInFull(`${row.label}, ${column}`, cell, about.words),
            rect(x + 1, top + 1, step - 2, ROW - 2, {
              fill: fillOf(about, cell, shade),
              stroke: isKnown(cell) ? undefined : quiet,
              rx: 2,
            }),
            isKnown(cell)
              ? ''
              : rect(x + (step - plate) / 2, top + 7, plate, ROW - 14, { fill: paper, rx: 2 }),
            text(x + step / 2, top + ROW / 2 + 4.5, inWords(cell, about.words), {
              'text-anchor': 'middle',
              fill: isKnown(cell) ? inkOn(shade) : ink,
            }),
          );
        }),
      );
    }),
  ];
  return framed(
    about,
    rows.flatMap((row) => row.cells),
    {
      height: head + rows.length * height + 4,
      body: group({}, ...body),
    },
  );
}

function shadeOf(value: number, most: number): string {
  const at = Math.min(sequence.length - 1, Math.floor((value / most) * sequence.length));
  return sequence[at] ?? paper;
}
