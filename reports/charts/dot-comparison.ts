import { scaleLinear } from 'd3-scale';
import { type Cell, greatest, inWords, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { marker } from './marker.ts';
import { halo, hand, paper, quiet, rule } from './palette.ts';
import { group, line, rect, text, titled } from './svg.ts';
import { widthOf, wrapped } from './text-width.ts';

export interface Estimate {
  readonly label: string;
  readonly cell: Cell;
  /** Which kind it is, for its shape; estimates of one kind look alike. */
  readonly kind?: number;
  /** Why there is none, in words; stands where the dot would. */
  readonly refused?: string;
}

export interface Comparison {
  readonly estimates: readonly Estimate[];
  /** A line to compare with, such as the number identified. */
  readonly reference?: { readonly at: number; readonly label: string };
}

/** Estimates side by side, each with its interval; a refused one says so in its place. */
export function dotComparison(about: About, { estimates, reference }: Comparison): string {
  const width = widthFor(about);
  const above = isNarrow(about);
  const left = above
    ? 8
    : 18 + Math.min(width * 0.36, Math.max(...estimates.map((one) => widthOf(one.label))));
  const cells = estimates.map((one) => one.cell);
  const scale = scaleLinear([0, Math.max(greatest(cells), reference?.at ?? 0) || 1], [left, width - 24]).nice(
    6,
  );
  let y = reference === undefined ? 4 : 26;
  const top = y - 4;
  const rows = estimates.map((one) => {
    const lines = wrapped(one.label, above ? width : left - 18);
    const label = above ? lines.length * 17 : 0;
    const said = one.refused === undefined ? [] : wrapped(one.refused, width - left - 16, 12);
    const height = Math.max(label + 32, above ? 0 : lines.length * 16 + 14, label + said.length * 15 + 16);
    const middle = y + label + (height - label) / 2;
    const drawn = titled(
      toldInFull(one.label, one.cell, about.words),
      ...lines.map((row, at) =>
        above
          ? text(0, y + 13 + at * 17, row, halo)
          : text(0, middle + 4.5 + (at - (lines.length - 1) / 2) * 16, row),
      ),
      one.refused === undefined
        ? dot(about, one, scale, middle)
        : group(
            { fill: quiet, 'font-size': 12, 'font-style': 'italic', ...halo },
            ...said.map((row, at) => text(left + 4, middle + 4 + (at - (said.length - 1) / 2) * 15, row)),
          ),
    );
    y += height;
    return drawn;
  });
  const axis = scale.ticks(above ? 4 : 6).map((tick) =>
    group(
      {},
      line(scale(tick), top, scale(tick), y, { stroke: tick === 0 ? quiet : rule }),
      text(scale(tick), y + 17, about.words.number(tick), {
        'text-anchor': 'middle',
        'font-size': 12,
        fill: quiet,
      }),
    ),
  );
  const compared =
    reference === undefined
      ? ''
      : line(scale(reference.at), 18, scale(reference.at), y, {
          stroke: quiet,
          'stroke-width': 2,
          'stroke-dasharray': '6 3',
        }) +
        text(scale(reference.at), 12, reference.label, {
          'text-anchor': scale(reference.at) > width / 2 ? 'end' : 'start',
          'font-size': 12,
          'font-weight': 600,
          fill: quiet,
        });
  return framed(about, cells, { height: y + 26, body: group({}, ...axis, compared, ...rows) });
}

function dot(about: About, one: Estimate, scale: (value: number) => number, middle: number): string {
  const { cell } = one;
  if (!isKnown(cell)) {
    const x = scale(0);
    return (
      rect(x, middle - 9, 44, 18, { fill: fillOf(about, cell, paper), stroke: quiet }) +
      text(x + 51, middle + 4.5, inWords(cell, about.words))
    );
  }
  const pen = hand(one.kind ?? 0);
  const [low, high] = [scale(cell.lower ?? cell.value), scale(cell.upper ?? cell.value)];
  const ends =
    low === high
      ? ''
      : line(low, middle, high, middle, { stroke: pen.colour, 'stroke-width': 2.4 }) +
        line(low, middle - 5, low, middle + 5, { stroke: pen.colour, 'stroke-width': 1.6 }) +
        line(high, middle - 5, high, middle + 5, { stroke: pen.colour, 'stroke-width': 1.6 });
  return (
    ends +
    marker(scale(cell.value), middle, pen, cell.status === 'provisional', 6) +
    text(scale(cell.value), middle - 10, inWords(cell, about.words), {
      'text-anchor': 'middle',
      'font-size': 12,
      'font-weight': 600,
    })
  );
}
