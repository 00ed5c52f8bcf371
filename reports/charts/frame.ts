import { type Cell, HIDDEN, NOT_AVAILABLE, PROVISIONAL, type Words } from './cell.ts';
import { caution, ink, paper, quiet } from './palette.ts';
import { circle, el, escape, group, line, moved, rect, text } from './svg.ts';
import { BOLD, widthOf, wrapped } from './text-width.ts';

/** What every chart is told about itself, in the reader's language. */
export interface About {
  /** Begins the id of everything in the picture, so that two pictures share a page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly desc: string;
  readonly words: Words;
  readonly madeUp: boolean;
  /** Where the numbers come from: the release, its date, the definition. */
  readonly source: string;
  readonly footnotes?: readonly string[];
  /** In pixels; below 520 a chart takes its narrow form. */
  readonly width?: number;
}

const WIDE = 720;
const NARROW_BELOW = 520;

export interface Drawn {
  readonly height: number;
  readonly body: string;
  /** Patterns and the like, besides those of hidden cells. */
  readonly defs?: string;
}

export function widthFor(about: About): number {
  return about.width ?? WIDE;
}

export function isNarrow(about: About): boolean {
  return widthFor(about) < NARROW_BELOW;
}

/** The fill of what is not a number. */
export function fillOf(about: About, cell: { readonly status: Cell['status'] }, otherwise: string): string {
  if (cell.status === 'hidden') return `url(#${about.id}-hidden)`;
  if (cell.status === 'not_available') return `url(#${about.id}-absent)`;
  return otherwise;
}

/**
 * Puts title, made-up mark, key and footnotes around a drawing, so that a picture that is copied out of its page
 * still says what it is.
 */
export function framed(about: About, cells: readonly Cell[], drawn: Drawn): string {
  const width = widthFor(about);
  const head = heading(about, width);
  const foot = footing(about, cells, width);
  const height = Math.ceil(head.height + drawn.height + foot.height);
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${about.id}-title ${about.id}-desc`,
      'font-family': "'Public Sans Variable', 'Public Sans', 'Segoe UI', Helvetica, Arial, sans-serif",
      'font-size': 13,
      fill: ink,
    },
    el('title', { id: `${about.id}-title` }, escape(about.title)),
    el(
      'desc',
      { id: `${about.id}-desc` },
      escape(about.madeUp ? `${about.words.madeUp}. ${about.desc}` : about.desc),
    ),
    el('defs', {}, patterns(about.id), drawn.defs ?? ''),
    rect(0, 0, width, height, { fill: paper }),
    head.body,
    moved(0, head.height, drawn.body),
    moved(0, head.height + drawn.height, foot.body),
  );
}

function patterns(id: string): string {
  const size = { patternUnits: 'userSpaceOnUse', width: 6, height: 6 };
  return (
    el(
      'pattern',
      { id: `${id}-hidden`, ...size, patternTransform: 'rotate(45)' },
      rect(0, 0, 6, 6, { fill: paper }),
      line(1, 0, 1, 6, { stroke: quiet, 'stroke-width': 1.5 }),
    ) +
    el(
      'pattern',
      { id: `${id}-absent`, ...size },
      rect(0, 0, 6, 6, { fill: paper }),
      circle(2, 2, 0.9, { fill: quiet }),
    )
  );
}

function heading(about: About, width: number): { height: number; body: string } {
  const parts: string[] = [];
  let y = 0;
  if (about.madeUp) {
    const words = about.words.madeUp.toLocaleUpperCase();
    parts.push(
      rect(0.5, 1.5, widthOf(words, 11) * BOLD + words.length * 0.4 + 14, 18, {
        fill: paper,
        stroke: caution,
        rx: 3,
      }),
      text(8, 14.5, words, { 'font-size': 11, 'font-weight': 700, 'letter-spacing': 0.4, fill: caution }),
    );
    y = 26;
  }
  for (const row of wrapped(about.title, width / BOLD, 17)) {
    y += 22;
    parts.push(text(0, y - 4, row, { 'font-size': 17, 'font-weight': 700 }));
  }
  return { height: y + 12, body: group({}, ...parts) };
}

/** The key names only the marks that occur. */
function footing(about: About, cells: readonly Cell[], width: number): { height: number; body: string } {
  const has = (status: Cell['status']): boolean => cells.some((cell) => cell.status === status);
  const { words } = about;
  const parts: string[] = [];
  let y = 14;
  const paragraph = (content: string, indent: number, before?: (top: number) => string): void => {
    if (before !== undefined) parts.push(before(y));
    for (const row of wrapped(content, width - indent - 2, 12)) {
      parts.push(text(indent, y + 11, row));
      y += 17;
    }
    y += 3;
  };
  const swatch = (status: Cell['status']) => (top: number) =>
    rect(0.5, top + 0.5, 18, 13, { fill: fillOf(about, { status }, paper), stroke: quiet });
  if (has('hidden')) paragraph(`${HIDDEN} ${words.hidden}`, 26, swatch('hidden'));
  if (has('not_available')) paragraph(`${NOT_AVAILABLE} ${words.notAvailable}`, 26, swatch('not_available'));
  if (has('provisional')) paragraph(`${PROVISIONAL} ${words.provisional}`, 0);
  for (const note of about.footnotes ?? []) paragraph(note, 0);
  paragraph(about.source, 0);
  return { height: y, body: group({ fill: quiet, 'font-size': 12 }, ...parts) };
}
