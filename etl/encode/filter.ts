import { digest16, KeyedBlake2b } from './blake2b.ts';
import type { FieldKind } from './normalise.ts';

/** Bits of a filter: eight words of 64, so that a comparison is `bit_count(a & b)` in any engine. */
export const FILTER_BITS = 512;
/**
 * Insertions per value, whatever its length. A constant number keeps a filter's weight from telling how long
 * the value is, and fills about a quarter of the bits.
 */
export const BITS_PER_FEATURE = 160;

const ASCII = 128;
const POSITIONS = 16;

/** Which pieces of a value go into its filter. */
type Pieces = 'bigrams' | 'digits';

function piecesOf(kind: FieldKind): Pieces {
  return kind === 'date' || kind === 'id' || kind === 'postcode' || kind === 'phone' ? 'digits' : 'bigrams';
}

/**
 * Fills the Bloom filters of one field. Names and text are cut into pairs of neighbouring characters, padded
 * with a space at both ends. Dates and numbers also add each character with its place, so that one wrong digit
 * costs three pieces of about twenty and a missing digit still leaves the pairs.
 */
export class FilterMaker {
  readonly #hashes: KeyedBlake2b[] = [];
  readonly #key: Uint8Array;
  readonly #pieces: Pieces;
  readonly #pairs: (Uint16Array | undefined)[] = Array.from({ length: ASCII * ASCII });
  readonly #places: (Uint16Array | undefined)[] = Array.from({ length: ASCII * POSITIONS });
  readonly #rare = new Map<string, Uint16Array>();

  constructor(key: Uint8Array, kind: FieldKind) {
    this.#key = key;
    this.#pieces = piecesOf(kind);
  }

  /** Sets the bits of a value that is not empty in the 64 bytes of `filters` from `offset`, which must be zero. */
  fill(value: string, filters: Uint8Array, offset: number): void {
    const characters = isAscii(value) ? value : Array.from(value);
    const { length } = characters;
    const places = this.#pieces === 'digits' ? Math.min(length, POSITIONS) : 0;
    const count = length + 1 + places;
    const each = Math.floor(BITS_PER_FEATURE / count);
    const extra = BITS_PER_FEATURE % count;
    let done = 0;
    for (let i = 0; i < places; i++, done++) {
      insert(filters, offset, this.#place(i, characters[i] ?? '', each + 1), done < extra ? each + 1 : each);
    }
    for (let i = 0; i <= length; i++, done++) {
      const bits = done < extra ? each + 1 : each;
      if (bits === 0) return;
      const pair = this.#pair(i === 0 ? ' ' : (characters[i - 1] ?? ''), characters[i] ?? ' ', bits);
      insert(filters, offset, pair, bits);
    }
  }

  #pair(a: string, b: string, bits: number): Uint16Array {
    const [x, y] = [a.charCodeAt(0), b.charCodeAt(0)];
    if (x >= ASCII || y >= ASCII) return this.#rarePiece(`${a}${b}`, bits);
    const at = x * ASCII + y;
    const known = this.#pairs[at];
    if (known !== undefined && known.length >= bits) return known;
    return (this.#pairs[at] = this.#indices(`${a}${b}`, bits));
  }

  #place(i: number, character: string, bits: number): Uint16Array {
    const code = character.charCodeAt(0);
    if (code >= ASCII) return this.#rarePiece(`${i} ${character}`, bits);
    const at = i * ASCII + code;
    const known = this.#places[at];
    if (known !== undefined && known.length >= bits) return known;
    return (this.#places[at] = this.#indices(`${i} ${character}`, bits));
  }

  #rarePiece(piece: string, bits: number): Uint16Array {
    const known = this.#rare.get(piece);
    if (known !== undefined && known.length >= bits) return known;
    if (this.#rare.size > 20_000) this.#rare.clear();
    const indices = this.#indices(piece, bits);
    this.#rare.set(piece, indices);
    return indices;
  }

  #indices(piece: string, bits: number): Uint16Array {
    const blocks = Math.ceil(bits / 32);
    const indices = new Uint16Array(blocks * 32);
    for (let block = 0; block < blocks; block++) {
      this.#hash(block).hashText(piece);
      for (let i = 0; i < 32; i++) indices[block * 32 + i] = (digest16[i] ?? 0) % FILTER_BITS;
    }
    return indices;
  }

  #hash(block: number): KeyedBlake2b {
    const salt = new Uint8Array(16);
    salt[0] = block;
    return (this.#hashes[block] ??= new KeyedBlake2b(this.#key, salt));
  }
}

function insert(filters: Uint8Array, offset: number, indices: Uint16Array, bits: number): void {
  for (let i = 0; i < bits; i++) {
    const bit = indices[i] as number;
    const at = offset + (bit >> 3);
    filters[at] = (filters[at] as number) | (1 << (bit & 7));
  }
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) >= ASCII) return false;
  return true;
}
