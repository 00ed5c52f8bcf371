import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line as path } from 'd3-shape';
import { type Cell, greatest, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { marker } from './marker.ts';
import { type Hand, hand, quiet, rule } from './palette.ts';
import { el, group, rect, line as stroke, text, titled } from './svg.ts';
import { BOLD, widthOf } from './text-width.ts';

export interface Series {
  readonly label: string;
  /** One for each period, in the same order. */
  readonly cells: readonly Cell[];
}

export interface Lines {
  readonly periods: readonly string[];
  readonly series: readonly Series[];
}

/** Strips under the axis, one for hidden and one for missing periods: all at one height, whatever they hide. */
const STRIP = 22;
const STRIPS = ['hidden', 'not_available'] as const;
const PLOT = 230;

interface Point {
  readonly period: string;
  readonly x: number;
  readonly cell: Cell;
}

interface Ground {
  readonly y: (value: number) => number;
  /** The top of the strip for what is no number. */
  readonly under: (status: Cell['status']) => number;
  /** How far a mark in a strip stands beside its period, so that series do not cover each other. */
  readonly aside: number;
}

/** Lines that stop where a period is hidden and begin again after it; nothing is drawn across the gap. */
export function lines(about: About, { periods, series }: Lines): string {
  const width = widthFor(about);
  const cells = series.flatMap((one) => one.cells);
  const apart = isNarrow(about);
  const names = apart ? 16 : 16 + Math.max(...series.map((one) => widthOf(one.label, 13) * BOLD));
  const y = scaleLinear([0, greatest(cells) || 1], [PLOT, 10]).nice(5);
  const ticks = y.ticks(5);
  const left = 10 + Math.max(...ticks.map((tick) => widthOf(about.words.number(tick), 12)));
  const x = scalePoint<string>([...periods], [left + 12, width - names - 8]);
  const strips = STRIPS.filter((status) => cells.some((cell) => cell.status === status));
  const under = (status: Cell['status']): number =>
    PLOT + 8 + strips.findIndex((one) => one === status) * (STRIP + 4);
  const strip = strips.length === 0 ? 0 : 8 + strips.length * (STRIP + 4);
  const key = apart ? keyAbove(series, width) : { height: 0, body: '' };
  const every = Math.ceil((periods.length * 44) / (width - left - names));
  const body = [
    ...ticks.map((tick) =>
      group(
        {},
        stroke(left, y(tick), width - names, y(tick), { stroke: tick === 0 ? quiet : rule }),
        text(left - 8, y(tick) + 4, about.words.number(tick), {
          'text-anchor': 'end',
          fill: quiet,
          'font-size': 12,
        }),
      ),
    ),
    ...strips.map((status) =>
      rect(left, under(status), width - names - left, STRIP, {
        fill: fillOf(about, { status }, quiet),
        opacity: 0.45,
      }),
    ),
    ...periods.map((period, at) =>
      at % every === 0
        ? text(x(period) ?? 0, PLOT + strip + 20, period, {
            'text-anchor': 'middle',
            fill: quiet,
            'font-size': 12,
          })
        : '',
    ),
    ...ends(series, y).map(({ at, top }) =>
      apart
        ? ''
        : text(width - names + 8, top + 4, series[at]?.label ?? '', {
            fill: hand(at).colour,
            'font-weight': 600,
          }),
    ),
    ...series.map((one, at) => {
      const points = periods.map((period, index) => ({
        period,
        x: x(period) ?? 0,
        cell: one.cells[index] ?? ({ status: 'not_available' } as const),
      }));
      const aside = (at - (series.length - 1) / 2) * 9;
      return drawn(about, one.label, points, hand(at), { y, under, aside });
    }),
  ];
  return framed(about, cells, {
    height: key.height + PLOT + strip + 28,
    body: key.body + group({ transform: `translate(0 ${key.height})` }, ...body),
  });
}

function drawn(
  about: About,
  label: string,
  points: readonly Point[],
  pen: Hand,
  { y, under, aside }: Ground,
): string {
  const known = (point: Point): boolean => isKnown(point.cell);
  const height = (point: Point): number => (isKnown(point.cell) ? y(point.cell.value) : 0);
  const bound = (point: Point, side: 'lower' | 'upper'): number =>
    isKnown(point.cell) ? y(point.cell[side] ?? point.cell.value) : 0;
  const band = area<Point>(
    (point) => point.x,
    (point) => bound(point, 'lower'),
    (point) => bound(point, 'upper'),
  )
    .defined(known)
    .digits(1)([...points]);
  const course = path<Point>((point) => point.x, height)
    .defined(known)
    .digits(1)([...points]);
  const marks = points.map((point) => {
    const told = toldInFull(`${label}, ${point.period}`, point.cell, about.words);
    const spot = known(point)
      ? marker(point.x, height(point), pen, point.cell.status === 'provisional')
      : marker(point.x + aside, under(point.cell.status) + STRIP / 2, pen, true);
    return titled(told, spot);
  });
  return group(
    {},
    el('path', { d: band ?? '', fill: pen.colour, opacity: 0.14 }),
    el('path', {
      d: course ?? '',
      fill: 'none',
      stroke: pen.colour,
      'stroke-width': 2.4,
      'stroke-dasharray': pen.dash,
      'stroke-linejoin': 'round',
    }),
    ...marks,
  );
}

/** Where each name stands at the right, moved apart so that none covers another. */
function ends(
  series: readonly Series[],
  y: (value: number) => number,
): readonly { at: number; top: number }[] {
  const placed = series
    .map((one, at) => {
      const last = one.cells.findLast(isKnown);
      return { at, top: last === undefined ? PLOT + 20 : y(last.value) };
    })
    .toSorted((a, b) => a.top - b.top);
  for (let at = 1; at < placed.length; at++) {
    const [above, below] = [placed[at - 1], placed[at]];
    if (above !== undefined && below !== undefined) below.top = Math.max(below.top, above.top + 17);
  }
  return placed;
}

function keyAbove(series: readonly Series[], width: number): { height: number; body: string } {
  if (series.length < 2) return { height: 0, body: '' };
  let [left, top] = [0, 8];
  const entries = series.map((one, at) => {
    const wide = 36 + widthOf(one.label) + 14;
    if (left > 0 && left + wide > width) [left, top] = [0, top + 22];
    const pen = hand(at);
    const entry =
      stroke(left, top, left + 28, top, {
        stroke: pen.colour,
        'stroke-width': 2.4,
        'stroke-dasharray': pen.dash,
      }) +
      marker(left + 14, top, pen) +
      text(left + 36, top + 4.5, one.label);
    left += wide;
    return entry;
  });
  return { height: top + 20, body: group({}, ...entries) };
}
