/**
 * A few hundred byte strings, each with a number, looked up without making a string: open addressing over a hash of
 * the bytes. A seed is searched under which no two keys share a slot, so that a lookup is mostly one comparison.
 */
export class ByteTable {
  readonly #mask: number;
  readonly #seed: number;
  readonly #slots: Int32Array;
  readonly #keys: Uint8Array;
  readonly #starts: Int32Array;
  readonly #numbers: Int32Array;
  readonly #longest: number;

  constructor(entries: Iterable<readonly [string, number]>) {
    const keys = [...entries].map(([key, number]) => ({ bytes: Buffer.from(key), number }));
    this.#longest = keys.reduce((longest, key) => Math.max(longest, key.bytes.length), 0);
    this.#keys = new Uint8Array(Buffer.concat(keys.map((key) => key.bytes)));
    this.#numbers = Int32Array.from(keys, (key) => key.number);
    this.#starts = new Int32Array(keys.length + 1);
    for (const [at, key] of keys.entries())
      this.#starts[at + 1] = (this.#starts[at] as number) + key.bytes.length;
    let size = 16;
    while (size < keys.length * 4) size *= 2;
    this.#mask = size - 1;
    let best = { seed: 0, slots: new Int32Array(size), collisions: Infinity };
    for (let seed = 1; seed <= 64 && best.collisions > 0; seed++) {
      const found = fill(keys, seed, size);
      if (found.collisions < best.collisions) best = found;
    }
    this.#seed = best.seed;
    this.#slots = best.slots;
  }

  /** The number of bytes[start..end], or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length > this.#longest) return -1;
    const keys = this.#keys;
    const starts = this.#starts;
    let slot = hash(bytes, start, end, this.#seed) & this.#mask;
    for (;;) {
      const entry = (this.#slots[slot] as number) - 1;
      if (entry < 0) return -1;
      const key = starts[entry] as number;
      if ((starts[entry + 1] as number) - key === length) {
        let at = 0;
        while (at < length && keys[key + at] === bytes[start + at]) at++;
        if (at === length) return this.#numbers[entry] as number;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}

function hash(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let value = seed;
  for (let at = start; at < end; at++) value = Math.imul(value ^ (bytes[at] as number), 0x01000193);
  return value ^ (value >>> 15);
}

function fill(
  keys: readonly { readonly bytes: Uint8Array }[],
  seed: number,
  size: number,
): { seed: number; slots: Int32Array<ArrayBuffer>; collisions: number } {
  const slots = new Int32Array(size);
  let collisions = 0;
  for (const [entry, { bytes }] of keys.entries()) {
    let slot = hash(bytes, 0, bytes.length, seed) & (size - 1);
    while (slots[slot] !== 0) {
      collisions++;
      slot = (slot + 1) & (size - 1);
    }
    slots[slot] = entry + 1;
  }
  return { seed, slots, collisions };
}
