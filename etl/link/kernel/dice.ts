import { wasm } from './dice.generated.ts';

interface Kernel {
  weigh(filters: number, count: number, bytes: number, weights: number): void;
  pairs(
    filters: number,
    bytes: number,
    weights: number,
    a: number,
    b: number,
    count: number,
    out: number,
  ): void;
  dense(
    left: number,
    leftCount: number,
    leftWeights: number,
    right: number,
    rightCount: number,
    rightWeights: number,
    bytes: number,
    threshold: number,
    out: number,
    room: number,
    scratch: number,
  ): number;
}

const BASE = 1024;
const PAGE = 65_536;

function instantiate(room: number): { kernel: Kernel; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((BASE + room) / PAGE) });
  const module = new WebAssembly.Module(Buffer.from(wasm, 'base64'));
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return { kernel: instance.exports as unknown as Kernel, memory };
}

function requireWhole(filters: Uint8Array, bytes: number): number {
  if (bytes % 64 !== 0 || bytes === 0) throw new RangeError('a filter is a multiple of 512 bits');
  if (filters.length % bytes !== 0) throw new RangeError('the filters are not all of one length');
  return filters.length / bytes;
}

/** Dice coefficients of listed pairs of one set of filters. */
export interface PairDice {
  /** The most pairs of one call. */
  readonly room: number;
  /** Where the caller writes the numbers of the filters to compare. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Where the coefficients appear. */
  readonly dice: Float32Array;
  /** The ones of each filter. */
  readonly weights: Float32Array;
  compare(count: number): void;
}

export function pairDice(filters: Uint8Array, bytes: number, room: number): PairDice {
  const count = requireWhole(filters, bytes);
  const weightsAt = BASE + filters.length;
  const aAt = weightsAt + count * 4;
  const bAt = aAt + room * 4;
  const outAt = bAt + room * 4;
  const { kernel, memory } = instantiate(filters.length + count * 4 + room * 12);
  new Uint8Array(memory.buffer, BASE).set(filters);
  kernel.weigh(BASE, count, bytes, weightsAt);
  return {
    room,
    a: new Uint32Array(memory.buffer, aAt, room),
    b: new Uint32Array(memory.buffer, bAt, room),
    dice: new Float32Array(memory.buffer, outAt, room),
    weights: new Float32Array(memory.buffer, weightsAt, count),
    compare: (pairs) => kernel.pairs(BASE, bytes, weightsAt, aAt, bAt, pairs, outAt),
  };
}

/** Every pair of a left and a right filter whose Dice coefficient reaches a threshold. */
export interface DensePairs {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly dice: Float32Array;
}

/** Filters of one side that are in the kernel's memory at a time; with 1024 bits this is 4 MB. */
const CHUNK = 32_768;
const SCRATCH = 24_576;

export function densePairs(
  left: Uint8Array,
  right: Uint8Array,
  bytes: number,
  threshold: number,
): DensePairs {
  const [leftCount, rightCount] = [requireWhole(left, bytes), requireWhole(right, bytes)];
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError('a threshold lies above 0 and at most at 1');
  const side = Math.min(CHUNK, Math.max(4, leftCount, rightCount)) + 4;
  const room = 1 << 18;
  const leftAt = BASE;
  const rightAt = leftAt + side * bytes;
  const leftWeights = rightAt + side * bytes;
  const rightWeights = leftWeights + side * 4;
  const outAt = rightWeights + side * 4;
  const { kernel, memory } = instantiate(2 * side * (bytes + 4) + room * 12 + SCRATCH);
  const data = new Uint8Array(memory.buffer);
  const out = new Uint32Array(memory.buffer, outAt, room * 3);
  const dice = new Float32Array(memory.buffer, outAt, room * 3);
  const found: DensePairs[] = [];

  for (let j = 0; j < rightCount; j += CHUNK) {
    const rights = Math.min(CHUNK, rightCount - j);
    const padded = (rights + 3) & ~3;
    data.set(right.subarray(j * bytes, (j + rights) * bytes), rightAt);
    data.fill(0, rightAt + rights * bytes, rightAt + padded * bytes);
    kernel.weigh(rightAt, padded, bytes, rightWeights);
    // When a pass finds more pairs than there is room for, it is repeated over fewer left filters.
    let step = CHUNK;
    for (let i = 0; i < leftCount; ) {
      const lefts = Math.min(step, leftCount - i);
      data.set(left.subarray(i * bytes, (i + lefts) * bytes), leftAt);
      kernel.weigh(leftAt, lefts, bytes, leftWeights);
      const count = kernel.dense(
        leftAt,
        lefts,
        leftWeights,
        rightAt,
        padded,
        rightWeights,
        bytes,
        threshold,
        outAt,
        room,
        outAt + room * 12,
      );
      if (count > room && lefts > 1) {
        step = Math.max(1, lefts >> 2);
        continue;
      }
      found.push({
        left: Uint32Array.from({ length: count }, (_, k) => i + (out[3 * k] as number)),
        right: Uint32Array.from({ length: count }, (_, k) => j + (out[3 * k + 1] as number)),
        dice: Float32Array.from({ length: count }, (_, k) => dice[3 * k + 2] as number),
      });
      i += lefts;
    }
  }
  const total = found.reduce((sum, part) => sum + part.left.length, 0);
  const all = { left: new Uint32Array(total), right: new Uint32Array(total), dice: new Float32Array(total) };
  let at = 0;
  for (const part of found) {
    all.left.set(part.left, at);
    all.right.set(part.right, at);
    all.dice.set(part.dice, at);
    at += part.left.length;
  }
  return all;
}
