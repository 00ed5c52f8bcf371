/** One figure as a chart may know it. A hidden one has no value here, so no chart can give it away. */
export type Cell =
  | {
      readonly status: 'shown' | 'provisional';
      readonly value: number;
      readonly lower?: number | undefined;
      readonly upper?: number | undefined;
    }
  | { readonly status: 'hidden' | 'not_available' };

export type Known = Extract<Cell, { status: 'shown' | 'provisional' }>;

export function isKnown(cell: Cell): cell is Known {
  return cell.status === 'shown' || cell.status === 'provisional';
}

/** The words of the reader's language; a chart has none of its own. */
export interface Words {
  readonly number: (value: number) => string;
  readonly hidden: string;
  readonly notAvailable: string;
  readonly provisional: string;
  readonly madeUp: string;
}

/** The marks of official statistics for what is not a plain number. */
export const HIDDEN = '[c]';
export const NOT_AVAILABLE = '[x]';
export const PROVISIONAL = '[p]';

/** What stands at a cell: its number, or the mark of what it is instead. */
export function inWords(cell: Cell, words: Words): string {
  if (!isKnown(cell)) return cell.status === 'hidden' ? HIDDEN : NOT_AVAILABLE;
  return cell.status === 'provisional'
    ? `${words.number(cell.value)} ${PROVISIONAL}`
    : words.number(cell.value);
}

/** A line for the pointer: label, number, interval, or why there is no number. */
export function toldInFull(label: string, cell: Cell, words: Words): string {
  if (!isKnown(cell)) return `${label}: ${cell.status === 'hidden' ? words.hidden : words.notAvailable}`;
  const interval =
    cell.lower === undefined || cell.upper === undefined
      ? ''
      : ` (${words.number(cell.lower)}–${words.number(cell.upper)})`;
  const remark = cell.status === 'provisional' ? `, ${words.provisional}` : '';
  return `${label}: ${words.number(cell.value)}${interval}${remark}`;
}

/** The greatest height that must fit, intervals included; never from a hidden cell. */
export function greatest(cells: readonly Cell[]): number {
  return Math.max(0, ...cells.filter(isKnown).map((cell) => Math.max(cell.value, cell.upper ?? 0)));
}
