import { Refused } from '../../src/errors.ts';
import {
  FILTER_BYTES,
  filteredFields,
  type Layout,
  layoutId,
  TOKEN_BYTES,
  tokenSlots,
} from '../encode/layout.ts';

const [COLON, SEMICOLON] = [58, 59];
/** By character: its six bits, in either alphabet of base64; 255 for any other. */
const SIX_BITS = sixBits();

/**
 * Reads the cells of `person_linkage` into fixed-width bytes. A cell is either one value under the layout's name,
 * or one value for each token or filter under its own name, the missing ones left out: the contract allows both.
 */
export class CellReader {
  readonly bytes: Uint8Array;
  readonly #whole: Uint8Array;
  readonly #names: readonly Uint8Array[];
  readonly #width: number;
  readonly #what: string;
  readonly #layout: string;

  constructor(layout: Layout, what: 'tokens' | 'filters') {
    const tokens = what === 'tokens';
    const names = tokens
      ? tokenSlots(layout).map(({ name }) => name.replaceAll('.', '_'))
      : filteredFields(layout).map((field) => layout.fields[field]?.name ?? '');
    this.#what = what;
    this.#layout = layoutId(layout);
    this.#width = tokens ? TOKEN_BYTES : FILTER_BYTES;
    this.#names = names.map((name) => Buffer.from(`${name}:`));
    this.#whole = Buffer.from(`${this.#layout}:`);
    this.bytes = new Uint8Array(names.length * this.#width);
  }

  /** Fills `bytes` from the cell at `from` to `to`; `file` is named in what goes wrong. */
  read(text: Uint8Array, from: number, to: number, file: string): Uint8Array {
    const { bytes } = this;
    if (startsWith(text, from, to, this.#whole)) {
      this.#decode(text, from + this.#whole.length, to, 0, bytes.length, file);
      return bytes;
    }
    bytes.fill(0);
    let place = 0;
    for (let at = from; at < to; ) {
      // Names come in the layout's order, so the next one is nearly always the one that is looked at first.
      const name = this.#find(text, at, to, place);
      if (name === -1) throw this.#unknown(text, at, to, file);
      const value = at + (this.#names[name] as Uint8Array).length;
      let end = value;
      while (end < to && text[end] !== SEMICOLON) end++;
      this.#decode(text, value, end, name * this.#width, this.#width, file);
      place = name + 1;
      at = end + 1;
    }
    return bytes;
  }

  #find(text: Uint8Array, at: number, to: number, place: number): number {
    for (let name = place; name < this.#names.length; name++)
      if (startsWith(text, at, to, this.#names[name] as Uint8Array)) return name;
    for (let name = 0; name < place; name++)
      if (startsWith(text, at, to, this.#names[name] as Uint8Array)) return name;
    return -1;
  }

  #decode(text: Uint8Array, from: number, to: number, at: number, length: number, file: string): void {
    const made = decodeBase64(text, from, to, this.bytes, at, length);
    if (made !== length)
      throw new Refused(
        'LINKAGE_LENGTH',
        `${file} has ${this.#what} of another length than ${this.#layout} has`,
        { remedy: 'encode the delivery again with this version' },
      );
  }

  #unknown(text: Uint8Array, at: number, to: number, file: string): Refused {
    const colon = text.subarray(at, Math.min(to, at + 64)).indexOf(COLON);
    const found = colon === -1 ? '' : Buffer.from(text.subarray(at, at + colon)).toString('latin1');
    const shown = /^[a-z0-9_]+$/.test(found) ? found : 'none';
    return new Refused(
      'LINKAGE_LAYOUT',
      `${file} has ${this.#what} under the name ${shown}, and this project links ${this.#layout}`,
      { remedy: 'encode the delivery again with this version' },
    );
  }
}

function startsWith(text: Uint8Array, at: number, to: number, start: Uint8Array): boolean {
  if (to - at < start.length) return false;
  for (let i = start.length - 1; i >= 0; i--) if (text[at + i] !== start[i]) return false;
  return true;
}

/** Decodes `length` bytes at most; -1 where a character is not of base64. */
function decodeBase64(
  text: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  start: number,
  length: number,
): number {
  let end = to;
  while (end > from && text[end - 1] === 61) end--;
  if (Math.floor(((end - from) * 6) / 8) !== length) return -1;
  let [at, bits, held, wrong] = [start, 0, 0, 0];
  for (let i = from; i < end; i++) {
    const six = SIX_BITS[text[i] as number] as number;
    wrong |= six & 128;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[at++] = held >> bits;
  }
  return wrong === 0 ? at - start : -1;
}

function sixBits(): Uint8Array {
  const table = new Uint8Array(256).fill(255);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  for (let i = 0; i < 64; i++) for (const last of ['+/', '-_']) table[`${letters}${last}`.charCodeAt(i)] = i;
  return table;
}
