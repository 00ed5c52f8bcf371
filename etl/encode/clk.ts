import { createHmac, hkdfSync } from 'node:crypto';
import { Refused } from '../../src/errors.ts';
import { digest16, KeyedBlake2b, longestMessage } from './blake2b.ts';
import type { ClkFeature, ClkSchema } from './clk-schema.ts';
import { bitsOf, tokenise } from './clk-tokens.ts';
import { Recent } from './recent.ts';

const REMEMBERED_TOKENS = 131_072;
const ASCII = 128;

/** Encodes rows into cryptographic long-term keys (CLKs), bit for bit as clkhash 0.18 does. */
export interface ClkEncoder {
  /** Bytes of one CLK. */
  readonly bytes: number;
  /** One row, its cells in the order of the schema's features; `line` is named when a cell breaks its format. */
  encode(cells: readonly string[], line: number): Uint8Array;
}

/** Two keys per feature, ignored ones included, from one call of HKDF. */
export function clkKeys(schema: ClkSchema, secret: Uint8Array): readonly Uint8Array[] {
  const { hash, salt, info, keyBytes } = schema.kdf;
  const length = 2 * schema.features.length * keyBytes;
  const material = new Uint8Array(hkdfSync(hash, secret, salt, info, length));
  return Array.from({ length: 2 * schema.features.length }, (_, i) =>
    material.slice(i * keyBytes, (i + 1) * keyBytes),
  );
}

export function clkEncoder(schema: ClkSchema, secret: Uint8Array): ClkEncoder {
  const keys = clkKeys(schema, secret);
  const length = schema.bits * 2 ** schema.folds;
  const features = schema.features.map((feature, i) => {
    const [first, second] = [keys[2 * i], keys[2 * i + 1]];
    if (feature === undefined || first === undefined || second === undefined) return undefined;
    return new FeatureEncoder(feature, first, second, length);
  });

  function encode(cells: readonly string[], line: number): Uint8Array {
    const filter = new Uint8Array(Math.ceil(length / 8));
    for (let i = 0; i < features.length; i++) features[i]?.insert(cells[i] ?? '', filter, line);
    return fold(filter, length, schema.folds);
  }
  return { bytes: Math.ceil(schema.bits / 8), encode };
}

function brokenCell(feature: ClkFeature, line: number): Refused {
  return new Refused(
    'CLK_VALUE',
    `line ${line}, column ${feature.identifier}: the value does not have the format of the schema`,
    { remedy: 'correct the value, or declare it as missingValue in the schema' },
  );
}

/** Sets the bits of one feature's values. Values and tokens are remembered, because both repeat. */
class FeatureEncoder {
  readonly #feature: ClkFeature;
  readonly #positions: (token: Uint8Array, bits: number) => Uint32Array;
  readonly #bytes: number;
  readonly #recent = new Recent();
  readonly #filters: Uint8Array[] = [];
  readonly #tokens = new Map<string, Uint32Array>();
  readonly #grams = new Map<number, Uint32Array>();
  /** Short n-grams are found by the codes of their characters, without making a text of each. */
  readonly #short: boolean;

  constructor(feature: ClkFeature, first: Uint8Array, second: Uint8Array, length: number) {
    const { comparison } = feature;
    this.#feature = feature;
    this.#bytes = Math.ceil(length / 8);
    this.#short = comparison.type === 'ngram' && comparison.n <= 2;
    this.#positions =
      feature.hash === 'blakeHash'
        ? blakePositions(first, length)
        : doublePositions(first, second, length, feature.preventSingularity);
  }

  insert(value: string, filter: Uint8Array, line: number): void {
    const known = this.#recent.pays ? this.#recent.find(value) : -1;
    if (known !== -1) return merge(filter, this.#filters[known] as Uint8Array);
    const formatted = this.#feature.format(value);
    if (formatted === undefined) throw brokenCell(this.#feature, line);
    const place = this.#recent.pays ? this.#recent.keep(value) : -1;
    if (place === -1) return this.#insert(formatted, filter);
    const own = new Uint8Array(this.#bytes);
    this.#insert(formatted, own);
    this.#filters[place] = own;
    merge(filter, own);
  }

  #insert(value: string, filter: Uint8Array): void {
    if (value === '') return;
    if (this.#short && isAscii(value)) return this.#insertGrams(value, filter);
    const tokens = tokenise(this.#feature.comparison, value);
    const bits = bitsOf(this.#feature.strategy, tokens.length);
    tokens.forEach((token, i) => {
      const wanted = bits[i] ?? 0;
      if (wanted > 0) setBits(filter, this.#ofToken(token, wanted), wanted);
    });
  }

  /** As `tokenise` with `bitsOf`, for one or two characters. */
  #insertGrams(value: string, filter: Uint8Array): void {
    const { comparison, strategy } = this.#feature;
    if (comparison.type !== 'ngram') return;
    const pair = comparison.n === 2;
    const count = pair ? value.length + 1 : value.length;
    const perToken = 'bitsPerToken' in strategy;
    const each = perToken ? strategy.bitsPerToken : Math.floor(strategy.bitsPerFeature / count);
    const extra = perToken ? 0 : strategy.bitsPerFeature % count;
    for (let i = 0; i < count; i++) {
      const wanted = i < extra ? each + 1 : each;
      if (wanted === 0) return;
      const before = pair && i > 0 ? value.charCodeAt(i - 1) : SPACE;
      const after = i < value.length ? value.charCodeAt(i) : SPACE;
      const key = ((comparison.positional ? i + 1 : 0) * ASCII + (pair ? before : 0)) * ASCII + after;
      let positions = this.#grams.get(key);
      if (positions === undefined || positions.length < wanted) {
        const gram = pair ? String.fromCharCode(before, after) : String.fromCharCode(after);
        positions = this.#hash(comparison.positional ? `${i + 1} ${gram}` : gram, wanted);
        this.#grams.set(key, positions);
      }
      setBits(filter, positions, wanted);
    }
  }

  #ofToken(token: string, bits: number): Uint32Array {
    const known = this.#tokens.get(token);
    if (known !== undefined && known.length >= bits) return known;
    if (this.#tokens.size >= REMEMBERED_TOKENS) this.#tokens.clear();
    const positions = this.#hash(token, bits);
    this.#tokens.set(token, positions);
    return positions;
  }

  #hash(token: string, bits: number): Uint32Array {
    return this.#positions(encodeText(token, this.#feature), bits);
  }
}

const SPACE = 32;

function setBits(filter: Uint8Array, positions: Uint32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const bit = positions[i] as number;
    filter[bit >> 3] = (filter[bit >> 3] as number) | (0x80 >> (bit & 7));
  }
}

function merge(into: Uint8Array, from: Uint8Array): void {
  for (let i = 0; i < from.length; i++) into[i] = (into[i] as number) | (from[i] as number);
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) >= ASCII) return false;
  return true;
}

/** Each block of 64 hash bytes gives 32 positions; the block's number, in ASCII, is the salt. */
export function blakePositions(
  key: Uint8Array,
  length: number,
): (token: Uint8Array, bits: number) => Uint32Array {
  const hashes: KeyedBlake2b[] = [];
  return (token, bits) => {
    if (token.length > longestMessage) throw new Refused('CLK_LENGTH', 'a value is longer than 8,192 bytes');
    const blocks = Math.ceil(bits / 32);
    const positions = new Uint32Array(blocks * 32);
    for (let block = 0; block < blocks; block++) {
      const salt = new Uint8Array(16);
      salt.set(Buffer.from(String(block), 'ascii'));
      (hashes[block] ??= new KeyedBlake2b(key, salt)).hashBytes(token);
      for (let i = 0; i < 32; i++) positions[block * 32 + i] = (digest16[i] as number) % length;
    }
    return positions;
  };
}

/** Schnell's double hashing: weak, and read only from agencies that have nothing else. */
export function doublePositions(
  keySha1: Uint8Array,
  keyMd5: Uint8Array,
  length: number,
  preventSingularity: boolean,
): (token: Uint8Array, bits: number) => Uint32Array {
  const remainder = (hash: 'sha1' | 'md5', key: Uint8Array, message: Uint8Array): number =>
    Number(BigInt(`0x${createHmac(hash, key).update(message).digest('hex')}`) % BigInt(length));
  const nonZero = (token: Uint8Array): number => {
    let step = remainder('md5', keyMd5, token);
    for (let i = 0; step === 0; i++) {
      const retry = Buffer.concat([token, Buffer.from(String.fromCodePoint(i), 'utf8')]);
      step = remainder('md5', keyMd5, retry);
    }
    return step;
  };
  return (token, bits) => {
    const start = remainder('sha1', keySha1, token);
    const step = preventSingularity && length > 1 ? nonZero(token) : remainder('md5', keyMd5, token);
    return Uint32Array.from({ length: bits }, (_, j) => (start + j * step) % length);
  };
}

/** Python's codecs `utf-16` and `utf-32` put a byte-order mark before every token; so must we. */
function encodeText(token: string, { encoding }: ClkFeature): Uint8Array {
  if (encoding === 'utf-16') return Buffer.from(`\uFEFF${token}`, 'utf16le');
  if (encoding !== 'utf-32') return Buffer.from(token, 'utf8');
  const points = [0xfeff, ...Array.from(token, (character) => character.codePointAt(0) ?? 0)];
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, i) => bytes.writeUInt32LE(point, i * 4));
  return bytes;
}

/** Each fold lays the second half of the bits over the first, by exclusive or. */
function fold(filter: Uint8Array, bits: number, folds: number): Uint8Array {
  let folded = filter;
  for (let half = bits / 2; half >= bits / 2 ** folds; half /= 2) {
    const next = new Uint8Array(Math.ceil(half / 8));
    for (let i = 0; i < half; i++) {
      if (bitAt(folded, i) !== bitAt(folded, half + i))
        next[i >> 3] = (next[i >> 3] as number) | (0x80 >> (i & 7));
    }
    folded = next;
  }
  return folded;
}

function bitAt(filter: Uint8Array, i: number): number {
  return ((filter[i >> 3] as number) >> (7 - (i & 7))) & 1;
}
