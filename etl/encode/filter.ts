import { digest16, KeyedBlake2b } from './blake2b.ts';
import type { FieldKind } from './normalise.ts';

/** Bits of a filter: eight words of 64, so that a comparison is `bit_count(a & b)` in any engine. */
const FILTER_BITS = 512;
/**
 * Insertions per value, whatever its length. A constant number keeps a filter's weight from telling how long
 * the value is, and fills about a quarter of the bits.
 */
export const BITS_PER_FEATURE = 160;

const ASCII = 128;
const POSITIONS = 16;

/** Which pieces of a value go into its filter. */
type Pieces = 'pairs' | 'pairs and letters' | 'pairs and places';

function piecesOf(kind: FieldKind): Pieces {
  if (kind === 'given' || kind === 'surname') return 'pairs and letters';
  return kind === 'date' || kind === 'id' || kind === 'postcode' || kind === 'phone'
    ? 'pairs and places'
    : 'pairs';
}

/**
 * Fills the Bloom filters of one field. Every value is cut into pairs of neighbouring characters, padded with a
 * space at both ends. Names add their letters, numbered by how often each came before, because in a short name
 * two letters swapped leave hardly a pair as it was. Dates and numbers add each character with its place.
 */
export class FilterMaker {
  readonly #hashes: KeyedBlake2b[] = [];
  readonly #key: Uint8Array;
  readonly #pieces: Pieces;
  readonly #pairs: (Uint16Array | undefined)[] = Array.from({ length: ASCII * ASCII });
  readonly #singles: (Uint16Array | undefined)[] = Array.from({ length: ASCII * POSITIONS });
  readonly #rare = new Map<string, Uint16Array>();

  constructor(key: Uint8Array, kind: FieldKind) {
    this.#key = key;
    this.#pieces = piecesOf(kind);
  }

  /** Sets the bits of a value that is not empty in the 64 bytes of `filters` from `offset`, which must be zero. */
  fill(value: string, filters: Uint8Array, offset: number): void {
    const characters = isAscii(value) ? value : Array.from(value);
    const { length } = characters;
    const singles = this.#pieces === 'pairs' ? 0 : Math.min(length, POSITIONS);
    const count = length + 1 + singles;
    const each = Math.floor(BITS_PER_FEATURE / count);
    const extra = BITS_PER_FEATURE % count;
    let done = 0;
    for (let i = 0; i < singles; i++, done++) {
      const number = this.#pieces === 'pairs and letters' ? timesBefore(characters, i) : i;
      const bits = done < extra ? each + 1 : each;
      insert(filters, offset, this.#single(number, characters[i] ?? '', each + 1), bits);
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

  #single(number: number, character: string, bits: number): Uint16Array {
    const code = character.charCodeAt(0);
    if (code >= ASCII) return this.#rarePiece(`${number} ${character}`, bits);
    const at = number * ASCII + code;
    const known = this.#singles[at];
    if (known !== undefined && known.length >= bits) return known;
    return (this.#singles[at] = this.#indices(`${number} ${character}`, bits));
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

/** How often the character at `i` came before it. */
function timesBefore(characters: string | readonly string[], i: number): number {
  let times = 0;
  for (let j = 0; j < i; j++) if (characters[j] === characters[i]) times++;
  return times;
}
