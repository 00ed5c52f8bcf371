/** How many values are remembered before it starts anew, and after how many it is judged whether it pays. */
export const REMEMBERED = 32_768;
const TRIAL = 8192;

/**
 * Remembers which values were encoded, each by a place below `REMEMBERED` where the caller keeps what came of it, as long
 * as values turn out to repeat; when fewer than a third of the first few thousand did, it stops, because remembering a
 * column of unique values only costs.
 */
export class Recent {
  readonly #places = new Map<string, number>();
  #asked = 0;
  #found = 0;
  #pays = true;

  /** Whether to ask at all. */
  get pays(): boolean {
    return this.#pays;
  }

  /** The value's place, or -1. */
  find(value: string): number {
    this.#asked++;
    const place = this.#places.get(value);
    if (place === undefined) return -1;
    this.#found++;
    return place;
  }

  /** The place of a value that was not found; -1 when it is not remembered. */
  keep(value: string): number {
    if (this.#asked === TRIAL && this.#found < TRIAL / 3) {
      this.#pays = false;
      this.#places.clear();
      return -1;
    }
    if (this.#places.size >= REMEMBERED) this.#places.clear();
    const place = this.#places.size;
    this.#places.set(value, place);
    return place;
  }
}
