import { scaleThreshold } from 'd3-scale';
import { counties, height as mapHeight, width as mapWidth, plane } from './california.generated.ts';
import { onMap } from './california-point.ts';
import { type Cell, greatest, isKnown, toldInFull } from './cell.ts';
import { type About, fillOf, framed, isNarrow, widthFor } from './frame.ts';
import { caution, paper, quiet, sequence } from './palette.ts';
import { el, group, rect, text, titled } from './svg.ts';

export interface Place {
  /** Five digits, the key of the outlines. */
  readonly fips: string;
  readonly label: string;
  readonly cell: Cell;
}

/**
 * California by county, in at most five classes of round numbers; a county that is not given is not available. Points are
 * degrees north and east.
 */
export function choropleth(
  about: About,
  places: readonly Place[],
  unit: string,
  points: readonly { readonly latitude: number; readonly longitude: number }[] = [],
): string {
  const width = widthFor(about);
  const byFips = new Map(places.map((place) => [place.fips, place]));
  const bounds = roundBounds(greatest(places.map((place) => place.cell)));
  const colour = scaleThreshold<number, string>()
    .domain(bounds)
    .range(sequence.slice(0, bounds.length + 1));
  const below = isNarrow(about);
  const scale = Math.min(below ? width / mapWidth : 1, 1);
  const cells: Cell[] = [];
  const outlines = counties.map(({ fips, d }) => {
    const place = byFips.get(fips);
    const cell = place?.cell ?? { status: 'not_available' };
    cells.push(cell);
    const fill = fillOf(about, cell, isKnown(cell) ? colour(cell.value) : paper);
    return titled(
      toldInFull(place?.label ?? fips, cell, about.words),
      el('path', { d, fill, stroke: quiet, 'stroke-width': 0.7, 'stroke-linejoin': 'round' }),
    );
  });
  const key = legend(about, bounds, colour.range(), unit);
  const keyAt = below
    ? `translate(0 ${(mapHeight * scale + 10).toFixed(1)})`
    : `translate(${mapWidth * scale - 120} 24)`;
  return framed(about, cells, {
    height: mapHeight * scale + (below ? key.height + 14 : 6),
    body:
      group({ transform: `scale(${scale.toFixed(3)})` }, ...outlines, dots(points)) +
      group({ transform: keyAt }, key.body),
  });
}

/** One path for all of them: several hundred circles would outweigh the map. */
function dots(points: readonly { readonly latitude: number; readonly longitude: number }[]): string {
  if (points.length === 0) return '';
  const d = new Set(
    points.map((point) => {
      const { x, y } = onMap(plane, point);
      return `M${x.toFixed(0)} ${y.toFixed(0)}h0`;
    }),
  );
  const drawn = { d: [...d].join(''), fill: 'none', 'stroke-linecap': 'round' };
  return (
    el('path', { ...drawn, stroke: paper, 'stroke-width': 6.5 }) +
    el('path', { ...drawn, stroke: caution, 'stroke-width': 4 })
  );
}

function legend(
  about: About,
  bounds: readonly number[],
  colours: readonly string[],
  unit: string,
): { height: number; body: string } {
  const { number } = about.words;
  const rows = colours.map((colour, at) => {
    const y = 14 + at * 24;
    const from = at === 0 ? number(0) : number(bounds[at - 1] ?? 0);
    const to = at === bounds.length ? '+' : `–<${number(bounds[at] ?? 0)}`;
    return (
      rect(0.5, y, 28, 18, { fill: colour, stroke: quiet, 'stroke-width': 0.7 }) +
      text(38, y + 13.5, `${from}${to}`)
    );
  });
  return {
    height: 20 + colours.length * 24,
    body: text(0, 4, unit, { 'font-weight': 600 }) + rows.join(''),
  };
}

/** Classes of equal width with round bounds; they follow from shown numbers only. */
function roundBounds(most: number): readonly number[] {
  if (most <= 0) return [1];
  const rough = most / sequence.length;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const bounds: number[] = [];
  for (let at = 1; at < sequence.length && at * step < most; at++)
    bounds.push(Number((at * step).toPrecision(6)));
  return bounds.length === 0 ? [step] : bounds;
}
