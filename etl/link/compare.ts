import { FILTER_BYTES, namePair } from '../encode/layout.ts';
import { type PairDice, pairDice } from './kernel/dice.ts';
import { type Levels, levelsOf } from './levels.ts';
import { type RecordTable, slotOf } from './table.ts';

/** Pairs of a batch; levels of all fields are made for so many at once. */
export const BATCH = 8192;

const FILTER_BITS = FILTER_BYTES * 8;

/**
 * Finds the level of agreement of every field for batches of pairs. Equal tokens decide first; only what they
 * leave open goes to the filters.
 */
export class Comparer {
  readonly fields: readonly FieldComparer[];

  constructor(table: RecordTable) {
    const pair = namePair(table.layout);
    const pairSlot = table.slots.findIndex(({ variant }) => variant === 'pair');
    this.fields = table.layout.fields.map((field, i) => {
      const swapped = pair !== undefined && (i === pair.given || i === pair.surname) ? pairSlot : -1;
      return new FieldComparer(table, i, levelsOf(field.kind), swapped);
    });
  }

  /** Fills `levels[field]` for `count` pairs of records. */
  compare(a: Uint32Array, b: Uint32Array, count: number, levels: readonly Uint8Array[]): void {
    this.fields.forEach((field, i) => field.compare(a, b, count, levels[i] as Uint8Array));
  }
}

class FieldComparer {
  readonly levels: Levels;
  /** By record: the number of its value. */
  readonly exact: Uint32Array;
  readonly #exactLevel: number;
  /** The kernel takes a copy of all filters, so a field that is never compared gets none. */
  readonly #kernel: (() => PairDice) | undefined;
  readonly #places = new Uint32Array(BATCH);
  readonly #tokens: readonly { readonly level: number; readonly a: Uint32Array; readonly b: Uint32Array }[];
  readonly #pair: Uint32Array | undefined;
  readonly #swappedLevel: number;

  constructor(table: RecordTable, field: number, levels: Levels, pairSlot: number) {
    this.levels = levels;
    this.#exactLevel = levels.names.length - 1;
    const column = (variant: 'exact' | 'nickname' | 'swapped' | 'month_day' | 'area'): Uint32Array =>
      table.values[slotOf(table, field, variant)] as Uint32Array;
    this.exact = column('exact');
    const filters = table.filters[field];
    let made: PairDice | undefined;
    this.#kernel =
      filters === undefined ? undefined : () => (made ??= pairDice(filters, FILTER_BYTES, BATCH));
    const tokens: { level: number; a: Uint32Array; b: Uint32Array }[] = [];
    const kind = table.layout.fields[field]?.kind;
    const { nickname, swapped, area } = levels.token;
    if (nickname !== undefined)
      tokens.push({ level: nickname, a: column('nickname'), b: column('nickname') });
    if (kind === 'date' && swapped !== undefined)
      tokens.push({ level: swapped, a: column('swapped'), b: this.exact });
    if (area !== undefined) tokens.push({ level: area, a: column('area'), b: column('area') });
    this.#tokens = tokens;
    this.#monthDay = levels.token['month_day'] === undefined ? undefined : column('month_day');
    this.#monthDayLevel = levels.token['month_day'] ?? 0;
    this.#pair = pairSlot === -1 ? undefined : table.values[pairSlot];
    // Swapped names count once, with the surname; the given name then says nothing more.
    this.#swappedLevel = kind === 'surname' ? (swapped ?? 0) : 0;
  }

  readonly #monthDay: Uint32Array | undefined;
  readonly #monthDayLevel: number;

  compare(a: Uint32Array, b: Uint32Array, count: number, levels: Uint8Array): void {
    const { exact } = this;
    const dice = this.#kernel?.();
    const pair = this.#pair;
    let open = 0;
    for (let k = 0; k < count; k++) {
      const [i, j] = [a[k] as number, b[k] as number];
      const [x, y] = [exact[i] as number, exact[j] as number];
      if (x === 0 || y === 0) levels[k] = 0;
      else if (x === y) levels[k] = this.#exactLevel;
      else if (pair !== undefined && pair[i] === pair[j] && pair[i] !== 0) levels[k] = this.#swappedLevel;
      else {
        levels[k] = this.#byTokens(i, j);
        if (dice === undefined) continue;
        dice.a[open] = x;
        dice.b[open] = y;
        this.#places[open++] = k;
      }
    }
    if (dice !== undefined && open > 0) this.#bySimilarity(dice, open, levels);
  }

  #byTokens(i: number, j: number): number {
    let best = 1;
    for (const { level, a, b } of this.#tokens)
      if (level > best && a[i] !== 0 && (a[i] === b[j] || a[j] === b[i])) best = level;
    const day = this.#monthDay;
    if (day !== undefined && this.#monthDayLevel > best && day[i] !== 0 && day[i] === day[j])
      best = this.#monthDayLevel;
    return best;
  }

  #bySimilarity(dice: PairDice, open: number, levels: Uint8Array): void {
    dice.compare(open);
    const { similar } = this.levels;
    for (let n = 0; n < open; n++) {
      const k = this.#places[n] as number;
      const weightA = dice.weights[dice.a[n] as number] as number;
      const weightB = dice.weights[dice.b[n] as number] as number;
      const found = similarity(dice.dice[n] as number, weightA, weightB);
      for (const { level, least } of similar) {
        if (found < least) continue;
        if (level > (levels[k] as number)) levels[k] = level;
        break;
      }
    }
  }
}

/**
 * The share of common pieces that a Dice coefficient stands for: filters of unrelated values also have ones in
 * common, as many as their weights make likely, and these are taken off.
 */
function similarity(dice: number, weightA: number, weightB: number): number {
  const chance = (2 * weightA * weightB) / FILTER_BITS / (weightA + weightB);
  return (dice - chance) / (1 - chance);
}
