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
/** Bits that one hash gives: enough for a piece of any but the shortest values. */
const LINE = 32;

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
  readonly #pairs = new Uint16Array(ASCII * ASCII);
  readonly #singles = new Uint16Array(ASCII * POSITIONS);
  /** The first bits of each piece that was met, side by side: a piece is a line of the processor's cache. */
  #lines = new Uint16Array(64 * LINE);
  #used = 0;
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
      this.#single(number, characters[i] ?? '', bits, filters, offset);
    }
    for (let i = 0; i <= length; i++, done++) {
      const bits = done < extra ? each + 1 : each;
      if (bits === 0) return;
      this.#pair(i === 0 ? ' ' : (characters[i - 1] ?? ''), characters[i] ?? ' ', bits, filters, offset);
    }
  }

  #pair(a: string, b: string, bits: number, filters: Uint8Array, offset: number): void {
    const [x, y] = [a.charCodeAt(0), b.charCodeAt(0)];
    if (bits > LINE || x >= ASCII || y >= ASCII) {
      insert(filters, offset, this.#rarePiece(`${a}${b}`, bits), 0, bits);
      return;
    }
    const at = x * ASCII + y;
    const line = (this.#pairs[at] as number) || (this.#pairs[at] = this.#newLine(`${a}${b}`));
    insert(filters, offset, this.#lines, line * LINE, bits);
  }

  #single(number: number, character: string, bits: number, filters: Uint8Array, offset: number): void {
    const code = character.charCodeAt(0);
    if (bits > LINE || code >= ASCII) {
      insert(filters, offset, this.#rarePiece(`${number} ${character}`, bits), 0, bits);
      return;
    }
    const at = number * ASCII + code;
    const line =
      (this.#singles[at] as number) || (this.#singles[at] = this.#newLine(`${number} ${character}`));
    insert(filters, offset, this.#lines, line * LINE, bits);
  }

  /** Line 0 stands for a piece that was never met. */
  #newLine(piece: string): number {
    const line = ++this.#used;
    if ((line + 1) * LINE > this.#lines.length) {
      const larger = new Uint16Array(this.#lines.length * 2);
      larger.set(this.#lines);
      this.#lines = larger;
    }
    this.#lines.set(this.#indices(piece, LINE), line * LINE);
    return line;
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

function insert(filters: Uint8Array, offset: number, indices: Uint16Array, from: number, bits: number): void {
  for (let i = from; i < from + bits; i++) {
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
