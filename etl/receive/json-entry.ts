import type { Refuse } from './file-refused.ts';

/** One object of a manifest, by its place in it. What is not of the type that was asked for is refused there. */
export class JsonEntry {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #place: string;
  readonly #refuse: Refuse;

  constructor(value: unknown, place: string, refuse: Refuse) {
    this.#place = place;
    this.#refuse = refuse;
    this.#value = isObject(value) ? value : this.#refuseWhole();
  }

  #refuseWhole(): never {
    const what = this.#place === '' ? 'the whole' : this.#place;
    return this.#refuse('MANIFEST', undefined, `${what} is no object of keys and values`);
  }

  /** A misspelt key must not pass in silence. */
  only(known: readonly string[]): void {
    for (const key of Object.keys(this.#value)) {
      if (known.includes(key)) continue;
      const shown = /^\w{1,40}$/.test(key) ? key : 'one key';
      this.refuse(shown, `is not known (known: ${known.join(', ')})`);
    }
  }

  has(key: string): boolean {
    return this.#value[key] !== undefined && this.#value[key] !== null;
  }

  text(key: string): string | undefined {
    if (!this.has(key)) return undefined;
    const value = this.#value[key];
    if (typeof value !== 'string' || value === '') return this.refuse(key, 'is no text');
    return value;
  }

  requiredText(key: string): string {
    return this.text(key) ?? this.refuse(key, 'is missing');
  }

  count(key: string): number | undefined {
    if (!this.has(key)) return undefined;
    const value = this.#value[key];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      return this.refuse(key, 'is no whole number from 0');
    return value;
  }

  list(key: string, most: number): JsonEntry[] {
    const value = this.#value[key];
    if (!Array.isArray(value)) return this.refuse(key, value === undefined ? 'is missing' : 'is no list');
    if (value.length > most) this.refuse(key, `has more than ${most} entries`);
    return value.map((item, index) => new JsonEntry(item, `${this.#at(key)}[${index}]`, this.#refuse));
  }

  refuse(key: string, words: string): never {
    return this.#refuse('MANIFEST', undefined, `${this.#at(key)} ${words}`);
  }

  #at(key: string): string {
    return this.#place === '' ? key : `${this.#place}.${key}`;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
