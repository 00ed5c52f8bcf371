import { scaleLinear } from 'd3-scale';
import { area, curveBumpX } from 'd3-shape';
import { type Cell, inWords, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { hand, ink, paper, quiet } from './palette.ts';
import { el, group, rect, text, titled } from './svg.ts';
import { widthOf, wrapped } from './text-width.ts';

export interface Flow {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Positions in `from` and `to`. */
  readonly flows: readonly { readonly from: number; readonly to: number; readonly cell: Cell }[];
  readonly fromWords: string;
  readonly toWords: string;
}

/** A hidden flow is this thick, whatever it hides. */
const HIDDEN_THICKNESS = 7;
const GAP = 14;
const HEIGHT = 260;

/** From which system to which other, in ribbons as thick as they are many. */
export function flow(about: About, data: Flow): string {
  const width = widthFor(about);
  const known = data.flows.filter((one) => isKnown(one.cell));
  const total = known.reduce((sum, one) => sum + (isKnown(one.cell) ? one.cell.value : 0), 0) || 1;
  const most = Math.max(data.from.length, data.to.length);
  const room = HEIGHT - (most - 1) * GAP - (data.flows.length - known.length) * HIDDEN_THICKNESS;
  const thick = scaleLinear([0, total], [0, Math.max(60, room)]);
  const thickness = (cell: Cell): number =>
    isKnown(cell) ? Math.max(1.5, thick(cell.value)) : HIDDEN_THICKNESS;
  const side = (which: 'from' | 'to', names: readonly string[]) => {
    let top = 34;
    return names.map((label, at) => {
      const size = data.flows
        .filter((one) => one[which] === at)
        .reduce((sum, one) => sum + thickness(one.cell), 0);
      const node = { label, top, size: Math.max(size, 3), next: top };
      top += Math.max(size, 16) + GAP;
      return node;
    });
  };
  const [starts, ends] = [side('from', data.from), side('to', data.to)];
  const labels = isNarrow(about)
    ? 84
    : 16 + Math.max(...[...data.from, ...data.to].map((name) => widthOf(name)));
  const [left, right] = [labels + 10, width - labels - 10];
  const ribbons = data.flows.map((one) => {
    const [start, end] = [starts[one.from], ends[one.to]];
    if (start === undefined || end === undefined) return '';
    const size = thickness(one.cell);
    const [a, b] = [start.next, end.next];
    start.next += size;
    end.next += size;
    const points: [number, number][] = [
      [left, a],
      [right, b],
    ];
    const shape =
      area()
        .x((p) => p[0])
        .y0((p) => p[1])
        .y1((p) => p[1] + size)
        .curve(curveBumpX)
        .digits(1)(points) ?? '';
    const pen = hand(one.from).colour;
    const paint = isKnown(one.cell)
      ? { fill: pen, opacity: 0.5 }
      : { fill: fillOf(about, one.cell, paper), stroke: quiet, 'stroke-width': 0.8 };
    const big = size >= 13 && isKnown(one.cell);
    return titled(
      toldInFull(`${start.label} → ${end.label}`, one.cell, about.words),
      el('path', { d: shape, ...paint }),
      big
        ? text(left + 8, a + size / 2 + 4, inWords(one.cell, about.words), {
            'font-size': 12,
            'font-weight': 600,
          })
        : '',
    );
  });
  const nodes = [
    ...starts.map((node, at) => column(node, left - 8, left - 14, 'end', hand(at).colour, labels)),
    ...ends.map((node) => column(node, right, right + 14, 'start', ink, labels)),
  ];
  const bottom = Math.max(...[...starts, ...ends].map((node) => node.top + Math.max(node.size, 16)));
  return framed(
    about,
    data.flows.map((one) => one.cell),
    {
      height: bottom + 8,
      body: group(
        {},
        text(left, 16, data.fromWords, {
          'text-anchor': isNarrow(about) ? 'middle' : 'end',
          fill: quiet,
          'font-size': 12,
        }),
        text(right, 16, data.toWords, {
          'text-anchor': isNarrow(about) ? 'middle' : 'start',
          fill: quiet,
          'font-size': 12,
        }),
        ...ribbons,
        ...nodes,
      ),
    },
  );
}

function column(
  node: { readonly label: string; readonly top: number; readonly size: number },
  x: number,
  words: number,
  anchor: string,
  colour: string,
  room: number,
): string {
  const lines = wrapped(node.label, room);
  const middle = node.top + node.size / 2 + 4.5;
  return (
    rect(x, node.top, 8, node.size, { fill: colour }) +
    lines
      .map((line, at) =>
        text(words, middle + (at - (lines.length - 1) / 2) * 15, line, { 'text-anchor': anchor }),
      )
      .join('')
  );
}
