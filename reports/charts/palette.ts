/**
 * Colours that most people with colour blindness can tell apart, and that differ in lightness, so that a copy in
 * black and white still reads. No meaning rests on colour alone: series have dashes and shapes too.
 */
export const ink = '#1b1f23';
export const quiet = '#50585f';
export const rule = '#c9d0d6';
export const faint = '#e6eaed';
export const paper = '#ffffff';
export const accent = '#1b4b66';
export const caution = '#8a4a12';

/** Keeps words readable where a grid line runs behind them. */
export const halo = { stroke: paper, 'stroke-width': 4, 'paint-order': 'stroke' } as const;

export interface Hand {
  readonly colour: string;
  readonly dash: string | undefined;
  readonly shape: Shape;
}

export type Shape = 'circle' | 'square' | 'diamond' | 'triangle';

const hands: readonly Hand[] = [
  { colour: '#1b4b66', dash: undefined, shape: 'circle' },
  { colour: '#b5651d', dash: '7 4', shape: 'square' },
  { colour: '#3f8f86', dash: '2 3', shape: 'diamond' },
  { colour: '#7a4a7d', dash: '9 3 2 3', shape: 'triangle' },
];

/** How the series of this number is drawn. */
export function hand(index: number): Hand {
  return hands[index % hands.length] as Hand;
}

/** From little to much, light to dark. */
export const sequence: readonly string[] = ['#e4eff1', '#b4d3d6', '#7badb6', '#437d93', '#1b4b66'];

/** White words on dark ground, dark words on light. */
export function inkOn(colour: string): string {
  return colour === '#1b4b66' || colour === '#437d93' ? paper : ink;
}
