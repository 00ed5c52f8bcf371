import { scaleLinear } from 'd3-scale';
import { type Cell, greatest, inWords, isKnown, toldInFull, type Words } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { accent, halo, ink, paper, quiet, rule } from './palette.ts';
import { group, line, moved, rect, text, titled } from './svg.ts';
import { widthOf, wrapped } from './text-width.ts';

export interface Bar {
  readonly label: string;
  readonly cell: Cell;
}

/** How wide a hidden bar is drawn, whatever it hides: its length says nothing. */
const STUB = 44;

/** Bars in the order given, each with its interval; a hidden one is a hatched stub of fixed length. */
export function barInterval(about: About, bars: readonly Bar[]): string {
  const width = widthFor(about);
  const { words } = about;
  const above = isNarrow(about);
  const labels = above ? 0 : Math.min(width * 0.34, 12 + Math.max(...bars.map((bar) => widthOf(bar.label))));
  const values = 8 + Math.max(...bars.map((bar) => widthOf(inWords(bar.cell, words), 13)));
  const scale = scaleLinear([0, greatest(bars.map((bar) => bar.cell)) || 1], [labels, width - values]).nice(
    5,
  );
  const ticks = scale.ticks(above ? 4 : 6);
  const rows = bars.map((bar) => wrapped(bar.label, above ? width : labels - 8));
  let y = 4;
  const drawn = bars.map((bar, at) => {
    const lines = rows[at] ?? [];
    const label = above ? lines.length * 17 : 0;
    const height = above ? label + 30 : Math.max(32, lines.length * 16 + 12);
    const middle = y + label + (height - label) / 2;
    const words_ = lines.map((row, index) =>
      above
        ? text(0, y + 13 + index * 17, row, halo)
        : text(labels - 8, middle + 4.5 + (index - (lines.length - 1) / 2) * 16, row, {
            'text-anchor': 'end',
          }),
    );
    y += height;
    return titled(toldInFull(bar.label, bar.cell, words), ...words_, oneBar(about, bar.cell, scale, middle));
  });
  const axis = ticks.map((tick) =>
    group(
      {},
      line(scale(tick), 0, scale(tick), y, { stroke: tick === 0 ? quiet : rule }),
      text(scale(tick), y + 17, words.number(tick), {
        'text-anchor': tick === 0 && above ? 'start' : 'middle',
        fill: quiet,
        'font-size': 12,
      }),
    ),
  );
  return framed(
    about,
    bars.map((bar) => bar.cell),
    { height: y + 26, body: moved(0, 0, ...axis, ...drawn) },
  );
}

function oneBar(about: About, cell: Cell, scale: (value: number) => number, middle: number): string {
  const from = scale(0);
  if (!isKnown(cell)) {
    return (
      rect(from, middle - 9, STUB, 18, { fill: fillOf(about, cell, paper), stroke: quiet }) +
      text(from + STUB + 7, middle + 4.5, inWords(cell, about.words), { fill: quiet })
    );
  }
  const provisional = cell.status === 'provisional';
  const end = scale(Math.max(cell.value, cell.upper ?? 0));
  return (
    rect(from, middle - 9, scale(cell.value) - from, 18, {
      fill: provisional ? paper : accent,
      stroke: accent,
      'stroke-dasharray': provisional ? '4 3' : undefined,
    }) +
    whisker(cell, scale, middle) +
    number(cell.value, about.words, end + 7, middle, provisional)
  );
}

/** A white edge keeps the interval readable where it lies on the bar. */
function whisker(
  cell: { readonly lower?: number | undefined; readonly upper?: number | undefined },
  scale: (value: number) => number,
  middle: number,
): string {
  if (cell.lower === undefined || cell.upper === undefined) return '';
  const [low, high] = [scale(cell.lower), scale(cell.upper)];
  const strokes = [
    [low, middle, high, middle],
    [low, middle - 5, low, middle + 5],
    [high, middle - 5, high, middle + 5],
  ] as const;
  const drawn = (stroke: string, width: number): string =>
    strokes.map(([a, b, c, d]) => line(a, b, c, d, { stroke, 'stroke-width': width })).join('');
  return drawn(paper, 4) + drawn(ink, 1.5);
}

function number(value: number, words: Words, x: number, middle: number, provisional: boolean): string {
  return text(x, middle + 4.5, inWords({ status: provisional ? 'provisional' : 'shown', value }, words), {
    'font-weight': 600,
  });
}
