import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line as path } from 'd3-shape';
import { type About, framed, widthFor } from './frame.ts';
import { marker } from './marker.ts';
import { accent, hand, ink, quiet, rule } from './palette.ts';
import { el, group, line, text } from './svg.ts';
import { BOLD, widthOf, wrapped } from './text-width.ts';

export interface Curve {
  /** What the estimate would be under each assumption, from left to right. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly lower?: number;
    readonly upper?: number;
  }[];
  readonly xAxis: string;
  readonly yAxis: string;
  /** Assumptions that are odds or ratios belong on a log scale. */
  readonly log: boolean;
  /** The assumption that was made, and others worth naming. */
  readonly marks: readonly { readonly x: number; readonly y: number; readonly label: string }[];
}

const PLOT = 250;

/** What becomes of an estimate when its assumption is varied. */
export function curve(about: About, { points, xAxis, yAxis, log, marks }: Curve): string {
  const width = widthFor(about);
  const most = Math.max(...points.map((point) => Math.max(point.y, point.upper ?? 0)));
  const y = scaleLinear([0, most], [PLOT, 12]).nice(5);
  const ticks = y.ticks(5);
  const left = 12 + Math.max(...ticks.map((tick) => widthOf(about.words.number(tick), 12)));
  const span: [number, number] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 1];
  const x = log ? scaleLog(span, [left, width - 12]) : scaleLinear(span, [left, width - 12]);
  const head = wrapped(yAxis, width, 12);
  const flags = marks.length * 18;
  const foot = wrapped(xAxis, width - left, 12);
  const top = head.length * 15 + 10 + flags;
  const band = area<Curve['points'][number]>(
    (point) => x(point.x),
    (point) => y(point.lower ?? point.y),
    (point) => y(point.upper ?? point.y),
  ).digits(1)([...points]);
  const course = path<Curve['points'][number]>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1)([...points]);
  const body = [
    ...ticks.map((tick) =>
      group(
        {},
        line(left, y(tick), width, y(tick), { stroke: tick === 0 ? quiet : rule }),
        text(left - 8, y(tick) + 4, about.words.number(tick), {
          'text-anchor': 'end',
          'font-size': 12,
          fill: quiet,
        }),
      ),
    ),
    ...axisTicks(x, span, log).map((tick) =>
      group(
        {},
        line(x(tick), PLOT, x(tick), PLOT + 5, { stroke: quiet }),
        text(x(tick), PLOT + 19, about.words.number(tick), {
          'text-anchor': 'middle',
          'font-size': 12,
          fill: quiet,
        }),
      ),
    ),
    el('path', { d: band ?? '', fill: accent, opacity: 0.14 }),
    el('path', { d: course ?? '', fill: 'none', stroke: accent, 'stroke-width': 2.4 }),
    ...marks.map((mark, at) => {
      const toLeft = x(mark.x) + 8 + widthOf(mark.label, 12) * BOLD > width;
      const level = -flags + 12 + at * 18;
      return group(
        {},
        line(x(mark.x), level - 9, x(mark.x), PLOT, { stroke: quiet, 'stroke-dasharray': '4 3' }),
        marker(x(mark.x), y(mark.y), hand(at), false, 6),
        text(x(mark.x) + (toLeft ? -7 : 7), level, mark.label, {
          'text-anchor': toLeft ? 'end' : 'start',
          'font-size': 12,
          'font-weight': 600,
          fill: ink,
        }),
      );
    }),
  ];
  return framed(about, [], {
    height: top + PLOT + 32 + foot.length * 15,
    body:
      head.map((row, at) => text(0, 12 + at * 15, row, { 'font-size': 12, fill: quiet })).join('') +
      group(
        { transform: `translate(0 ${top})` },
        ...body,
        ...foot.map((row, at) =>
          text((left + width) / 2, PLOT + 38 + at * 15, row, {
            'text-anchor': 'middle',
            'font-size': 12,
            fill: quiet,
          }),
        ),
      ),
  });
}

/** Ratios read best at halves and doubles. */
function axisTicks(
  x: { ticks(count: number): number[] },
  [from, to]: readonly [number, number],
  log: boolean,
): readonly number[] {
  if (!log) return x.ticks(6);
  return [0.1, 0.2, 0.25, 0.5, 1, 2, 4, 5, 10].filter((tick) => tick >= from && tick <= to);
}
