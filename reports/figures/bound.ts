/** A figure as the report prints it, bound to its place in the release. The only way a number of a release gets into a text. */

import type { Bound, Part } from '../blocks/block.ts';
import { type Cell, HIDDEN, NOT_AVAILABLE, PROVISIONAL } from '../charts/cell.ts';
import type { Writing } from '../words/language.ts';
import type { Found } from './book.ts';

export function bound(found: Found, writing: Writing, part: Part = 'value'): Bound {
  const { address, figure } = found;
  const place = { kind: 'bound', address, part, notes: figure?.footnotes ?? [] } as const;
  if (figure === undefined || figure.status === 'not_available')
    return { ...place, status: 'not_available', text: NOT_AVAILABLE, value: null, percent: false };
  if (figure.status === 'hidden')
    return { ...place, status: 'hidden', text: HIDDEN, value: null, percent: false };
  const value = figure[part];
  const { status } = figure;
  const percent = isPercent(found) && part !== 'numerator' && part !== 'denominator';
  // A percentage that is coded at its ends is told in words of the release's own; its counts are not told at all.
  if (value === null) {
    const coded = part === 'value' ? figure.footnotes[0] : undefined;
    return { ...place, status, text: coded ?? '–', value: null, percent };
  }
  const text = percent ? writing.percent(value) : writing.number(value, digitsOf(found, part));
  const remark = status === 'provisional' && part === 'value' ? ` ${PROVISIONAL}` : '';
  return { ...place, status, text: `${text}${remark}`, value, percent };
}

/** The same figure as a chart takes it; percentages from 0 to 100. */
export function charted(found: Found): Cell {
  const { figure } = found;
  if (figure === undefined || figure.status === 'not_available') return { status: 'not_available' };
  if (figure.status === 'hidden') return { status: 'hidden' };
  if (figure.value === null) return { status: 'not_available' };
  const scale = isPercent(found) ? 100 : 1;
  const scaled = (value: number | null): number | undefined => (value === null ? undefined : value * scale);
  return {
    status: figure.status,
    value: figure.value * scale,
    lower: scaled(figure.lower),
    upper: scaled(figure.upper),
  };
}

export function isPercent({ statistic }: Found): boolean {
  return statistic === 'share' || statistic === 'survival';
}

function digitsOf({ statistic }: Found, part: Part): number {
  if (part === 'numerator' || part === 'denominator') return 0;
  return statistic === 'rate' ? 2 : statistic === 'median' ? 1 : 0;
}
