import { periodEnd } from '../../disclosure/catalogue/periods.ts';
import type { PersonRow } from './person-row.ts';

/** Its kind, its first and its last day, as the facts have them. */
export function spanOf(period: string): Pick<PersonRow, 'kind' | 'starts' | 'ends'> {
  const ends = periodEnd(period);
  const [first = 0, last = first] = period.split('/').map((part) => Number(part.slice(0, 4)));
  if (period.includes('-Q'))
    return { kind: 'quarter', starts: `${ends.slice(0, 5)}${monthBefore(ends)}-01`, ends };
  const kinds: Readonly<Record<number, string>> = { 0: 'year', 2: 'three_years', 4: 'five_years' };
  return { kind: kinds[last - first] ?? 'pooled_years', starts: `${first}-01-01`, ends };
}

/** The first month of the quarter that ends on a day. */
function monthBefore(ends: string): string {
  return String(Number(ends.slice(5, 7)) - 2).padStart(2, '0');
}
