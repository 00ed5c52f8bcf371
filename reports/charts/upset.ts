import { scaleLinear } from 'd3-scale';
import { type Cell, greatest, inWords, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { accent, faint, ink, paper, quiet, rule } from './palette.ts';
import { circle, group, line, rect, text, titled } from './svg.ts';
import { widthOf } from './text-width.ts';

export interface UpSet {
  /** The systems, with how many young people each knows. */
  readonly sets: readonly { readonly label: string; readonly cell: Cell }[];
  /** Combinations in the order given; `of` are positions in `sets`. Sort by degree, never by size: a rank tells. */
  readonly combinations: readonly { readonly of: readonly number[]; readonly cell: Cell }[];
}

const STUB = 26;
const ROW = 26;

/** How many young people were known to exactly these systems together. */
export function upset(about: About, data: UpSet): string {
  const cells = [...data.sets, ...data.combinations].map((one) => one.cell);
  return framed(about, cells, isNarrow(about) ? inRows(about, data) : inColumns(about, data));
}

function inColumns(about: About, { sets, combinations }: UpSet): { height: number; body: string } {
  const width = widthFor(about);
  const labels = 14 + Math.max(...sets.map((set) => widthOf(set.label)));
  const sizes = 110;
  const left = labels + sizes;
  const step = Math.min(44, (width - left - 8) / combinations.length);
  const top = 190;
  const tall = scaleLinear([0, greatest(combinations.map((one) => one.cell)) || 1], [0, top - 34]);
  const long = scaleLinear([0, greatest(sets.map((set) => set.cell)) || 1], [0, sizes - 52]);
  const middle = (row: number): number => top + 20 + row * ROW;
  const ticks = tall.ticks(4);
  const body = [
    ...ticks.map((tick) =>
      group(
        {},
        line(left, top - tall(tick), width, top - tall(tick), { stroke: tick === 0 ? quiet : rule }),
        text(left - 8, top - tall(tick) + 4, about.words.number(tick), {
          'text-anchor': 'end',
          fill: quiet,
          'font-size': 12,
        }),
      ),
    ),
    ...sets.map((set, row) => {
      const y = middle(row);
      const size = isKnown(set.cell) ? long(set.cell.value) : STUB;
      return titled(
        toldInFull(set.label, set.cell, about.words),
        row % 2 === 0 ? rect(0, y - ROW / 2, width, ROW, { fill: faint, opacity: 0.6 }) : '',
        text(0, y + 4.5, set.label),
        rect(left - 12 - size, y - 7, size, 14, barPaint(about, set.cell, quiet)),
        text(left - 18 - size, y + 4, inWords(set.cell, about.words), {
          'text-anchor': 'end',
          'font-size': 12,
        }),
      );
    }),
    ...combinations.map((one, column) => {
      const x = left + step * (column + 0.5);
      const height = isKnown(one.cell) ? tall(one.cell.value) : STUB;
      const rows = one.of.map(middle);
      return titled(
        toldInFull(namesOf(one.of, sets), one.cell, about.words),
        rect(x - step * 0.31, top - height, step * 0.62, height, barPaint(about, one.cell, accent)),
        text(x, top - height - 6, inWords(one.cell, about.words), {
          'text-anchor': 'middle',
          'font-size': step < 34 ? 11 : 12,
          'font-weight': 600,
        }),
        ...sets.map((_, row) =>
          circle(x, middle(row), 5.5, {
            fill: one.of.includes(row) ? ink : paper,
            stroke: one.of.includes(row) ? ink : rule,
          }),
        ),
        line(x, Math.min(...rows), x, Math.max(...rows), { stroke: ink, 'stroke-width': 2.5 }),
      );
    }),
  ];
  return { height: middle(sets.length - 1) + ROW / 2 + 6, body: group({}, ...body) };
}

/** On a narrow page every combination is a row: dots at the left, its bar at the right. */
function inRows(about: About, { sets, combinations }: UpSet): { height: number; body: string } {
  const width = widthFor(about);
  const dots = 20;
  const left = sets.length * dots + 14;
  const head = 18 * sets.length + 12;
  const values = 14 + Math.max(...combinations.map((one) => widthOf(inWords(one.cell, about.words), 12)));
  const long = scaleLinear(
    [0, greatest(combinations.map((one) => one.cell)) || 1],
    [0, width - left - values],
  );
  const x = (set: number): number => dots * (set + 0.5);
  const y = (row: number): number => head + 14 + row * ROW;
  const bottom = y(combinations.length - 1) + ROW / 2;
  const names = sets.map((set, at) => {
    const top = 12 + at * 18;
    return group(
      {},
      line(x(at), top - 3, x(at), bottom, { stroke: rule }),
      line(x(at), top - 3, left - 4, top - 3, { stroke: rule }),
      text(left, top + 1.5, `${set.label} (${inWords(set.cell, about.words)})`, { 'font-size': 12 }),
    );
  });
  const rows = combinations.map((one, row) => {
    const size = isKnown(one.cell) ? long(one.cell.value) : STUB;
    const spots = one.of.map(x);
    return titled(
      toldInFull(namesOf(one.of, sets), one.cell, about.words),
      ...sets.map((_, set) =>
        circle(x(set), y(row), 5.5, {
          fill: one.of.includes(set) ? ink : paper,
          stroke: one.of.includes(set) ? ink : rule,
        }),
      ),
      line(Math.min(...spots), y(row), Math.max(...spots), y(row), { stroke: ink, 'stroke-width': 2.5 }),
      rect(left, y(row) - 8, size, 16, barPaint(about, one.cell, accent)),
      text(left + size + 6, y(row) + 4.5, inWords(one.cell, about.words), {
        'font-size': 12,
        'font-weight': 600,
      }),
    );
  });
  return { height: bottom + 4, body: group({}, ...names, ...rows) };
}

function barPaint(about: About, cell: Cell, colour: string): Record<string, string | undefined> {
  if (!isKnown(cell)) return { fill: fillOf(about, cell, paper), stroke: quiet };
  if (cell.status === 'provisional') return { fill: paper, stroke: colour, 'stroke-dasharray': '4 3' };
  return { fill: colour };
}

function namesOf(of: readonly number[], sets: UpSet['sets']): string {
  return of.map((at) => sets[at]?.label ?? '').join(' + ');
}
