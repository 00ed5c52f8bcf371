import { scaleLinear } from 'd3-scale';
import { type Cell, greatest, inWords, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { accent, faint, paper, quiet } from './palette.ts';
import { el, group, rect, text, titled } from './svg.ts';
import { widthOf, wrapped } from './text-width.ts';

export interface Step {
  readonly label: string;
  readonly cell: Cell;
  /** What is said of it besides, such as its share of the step before. */
  readonly remark?: string;
}

const STUB = 44;
const BAR = 30;
const GAP = 18;

/** The steps as they are: a later one may be greater than an earlier one, and is drawn so. */
export function funnel(about: About, steps: readonly Step[]): string {
  const width = widthFor(about);
  const above = isNarrow(about);
  const left = above ? 0 : 16 + Math.min(width * 0.36, Math.max(...steps.map((step) => widthOf(step.label))));
  const right =
    Math.max(...steps.map((step) => widthOf(`${inWords(step.cell, about.words)} ${step.remark ?? ''}`, 13))) +
    16;
  const long = scaleLinear(
    [0, greatest(steps.map((step) => step.cell)) || 1],
    [0, Math.max(80, width - left - right)],
  );
  const lengthOf = (cell: Cell): number => (isKnown(cell) ? long(cell.value) : STUB);
  const label = above ? 20 : 0;
  const y = (at: number): number => 2 + at * (BAR + GAP + label) + label;
  const between = steps.slice(1).map((step, at) => {
    const before = steps[at];
    if (before === undefined || !isKnown(before.cell) || !isKnown(step.cell)) return '';
    const [top, bottom] = [y(at) + BAR, y(at + 1) - label];
    return el('polygon', {
      points: `${left},${top} ${(left + lengthOf(before.cell)).toFixed(1)},${top} ${(left + lengthOf(step.cell)).toFixed(1)},${bottom} ${left},${bottom}`,
      fill: faint,
    });
  });
  const bars = steps.map((step, at) => {
    const length = lengthOf(step.cell);
    const provisional = step.cell.status === 'provisional';
    const lines = wrapped(step.label, above ? width : left - 16);
    return titled(
      toldInFull(step.label, step.cell, about.words),
      ...lines.map((row, index) =>
        above
          ? text(0, y(at) - 6, row)
          : text(0, y(at) + BAR / 2 + 4.5 + (index - (lines.length - 1) / 2) * 16, row),
      ),
      rect(left, y(at), length, BAR, {
        fill: fillOf(about, step.cell, provisional ? paper : accent),
        stroke: isKnown(step.cell) ? accent : quiet,
        'stroke-dasharray': provisional ? '4 3' : undefined,
      }),
      text(left + length + 8, y(at) + BAR / 2 + 4.5, inWords(step.cell, about.words), { 'font-weight': 600 }),
      step.remark === undefined
        ? ''
        : text(
            left + length + 16 + widthOf(inWords(step.cell, about.words)),
            y(at) + BAR / 2 + 4.5,
            step.remark,
            { fill: quiet, 'font-size': 12 },
          ),
    );
  });
  return framed(
    about,
    steps.map((step) => step.cell),
    {
      height: y(steps.length - 1) + BAR + 6,
      body: group({}, ...between, ...bars),
    },
  );
}
