import { scaleLinear } from 'd3-scale';
import { type Cell, greatest, inWords, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { accent, caution, ink, paper, quiet, rule } from './palette.ts';
import { group, line, rect, text, titled } from './svg.ts';
import { widthOf } from './text-width.ts';

export interface Distribution {
  /** Neighbouring stretches, each from `from` up to `to` in one unit; drawn equally wide. */
  readonly bins: readonly {
    readonly label: string;
    readonly from: number;
    readonly to: number;
    readonly cell: Cell;
  }[];
  /** Limits, such as two hours or ten days, in the same unit. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  readonly axis: string;
}

const PLOT = 190;
const STUB = 26;

/** How long it took, against the limits that the protocol promises. */
export function distribution(about: About, { bins, marks, axis }: Distribution): string {
  const width = widthFor(about);
  const y = scaleLinear([0, greatest(bins.map((bin) => bin.cell)) || 1], [PLOT, 16]).nice(4);
  const ticks = y.ticks(4);
  const left = 10 + Math.max(...ticks.map((tick) => widthOf(about.words.number(tick), 12)));
  const step = (width - left - 4) / bins.length;
  const head = marks.length * 18 + 4;
  const slanted = isNarrow(about) || bins.some((bin) => widthOf(bin.label, 12) > step - 4);
  const foot = slanted ? 12 + Math.max(...bins.map((bin) => widthOf(bin.label, 12))) * 0.72 : 22;
  const bars = bins.map((bin, at) => {
    const x = left + step * at;
    const top = isKnown(bin.cell) ? y(bin.cell.value) : PLOT - STUB;
    const provisional = bin.cell.status === 'provisional';
    const center = x + step / 2;
    return titled(
      toldInFull(bin.label, bin.cell, about.words),
      rect(x + 2, top, step - 4, PLOT - top, {
        fill: fillOf(about, bin.cell, provisional ? paper : accent),
        stroke: isKnown(bin.cell) ? accent : quiet,
        'stroke-dasharray': provisional ? '4 3' : undefined,
      }),
      text(center, top - 5, inWords(bin.cell, about.words), {
        'text-anchor': 'middle',
        'font-size': step < 36 ? 11 : 12,
        'font-weight': 600,
      }),
      slanted
        ? text(center + 4, PLOT + 14, bin.label, {
            'text-anchor': 'end',
            'font-size': 12,
            fill: quiet,
            transform: `rotate(-45 ${(center + 4).toFixed(1)} ${PLOT + 14})`,
          })
        : text(center, PLOT + 17, bin.label, { 'text-anchor': 'middle', 'font-size': 12, fill: quiet }),
    );
  });
  const flags = marks.map((mark, at) => {
    const x = left + step * position(mark.at, bins);
    const top = -head + 14 + at * 18;
    const toLeft = x + 8 + widthOf(mark.label, 12) > width;
    return group(
      {},
      line(x, top - 8, x, PLOT, { stroke: caution, 'stroke-width': 1.6, 'stroke-dasharray': '5 3' }),
      text(toLeft ? x - 6 : x + 6, top, mark.label, {
        'text-anchor': toLeft ? 'end' : 'start',
        'font-size': 12,
        fill: caution,
        'font-weight': 600,
      }),
    );
  });
  const grid = ticks.map((tick) =>
    group(
      {},
      line(left, y(tick), width, y(tick), { stroke: tick === 0 ? ink : rule }),
      text(left - 8, y(tick) + 4, about.words.number(tick), {
        'text-anchor': 'end',
        fill: quiet,
        'font-size': 12,
      }),
    ),
  );
  return framed(
    about,
    bins.map((bin) => bin.cell),
    {
      height: head + PLOT + foot + 22,
      body: group(
        { transform: `translate(0 ${head})` },
        ...grid,
        ...bars,
        ...flags,
        text(width / 2, PLOT + foot + 14, axis, { 'text-anchor': 'middle', 'font-size': 12, fill: quiet }),
      ),
    },
  );
}

/** Where a moment lies on the row of equally wide stretches. */
function position(at: number, bins: Distribution['bins']): number {
  const index = bins.findIndex((bin) => at <= bin.to);
  const bin = bins[index];
  if (bin === undefined) return bins.length;
  return index + Math.max(0, (at - bin.from) / (bin.to - bin.from));
}
