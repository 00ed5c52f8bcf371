/** How many values are remembered before it starts anew, and after how many it is judged whether it pays. */
const REMEMBERED = 32_768;
const TRIAL = 8192;

/**
 * Remembers what values were encoded to, as long as values turn out to repeat; when fewer than a third of the
 * first few thousand did, it stops, because remembering a column of unique values only costs.
 */
export class Recent<T> {
  readonly #recent = new Map<string, T>();
  #asked = 0;
  #found = 0;
  #pays = true;

  /** Whether to ask at all. */
  get pays(): boolean {
    return this.#pays;
  }

  get(value: string): T | undefined {
    this.#asked++;
    const known = this.#recent.get(value);
    if (known !== undefined) this.#found++;
    return known;
  }

  set(value: string, encoded: T): void {
    if (this.#recent.size >= REMEMBERED) this.#recent.clear();
    this.#recent.set(value, encoded);
    if (this.#asked !== TRIAL || this.#found >= TRIAL / 3) return;
    this.#pays = false;
    this.#recent.clear();
  }
}
