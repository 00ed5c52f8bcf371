import type { Hand } from './palette.ts';
import { paper } from './palette.ts';
import { circle, el } from './svg.ts';

/** The shape of a series at one point; hollow where the number is not final or not shown. */
export function marker(x: number, y: number, hand: Hand, hollow = false, size = 4.5): string {
  const paint = {
    fill: hollow ? paper : hand.colour,
    stroke: hollow ? hand.colour : paper,
    'stroke-width': hollow ? 1.8 : 1,
  };
  if (hand.shape === 'circle') return circle(x, y, size, paint);
  const corners = {
    square: [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
    diamond: [
      [0, -1.35],
      [1.35, 0],
      [0, 1.35],
      [-1.35, 0],
    ],
    triangle: [
      [0, -1.3],
      [1.2, 0.9],
      [-1.2, 0.9],
    ],
  }[hand.shape].map(
    ([dx = 0, dy = 0]) => `${(x + dx * size * 0.9).toFixed(1)},${(y + dy * size * 0.9).toFixed(1)}`,
  );
  return el('polygon', { points: corners.join(' '), ...paint });
}
