import type { Block, Blocking } from './blocking.ts';

/** Which pairs to meet: every pair, or only those across sources that each deduplicated themselves. */
export type Meeting = (a: number, b: number) => boolean;

/** A run of blocks of one rule: a piece of work for one thread. */
export interface Chunk {
  readonly rule: number;
  readonly from: number;
  /** The block after the last. */
  readonly to: number;
}

/** About so many pairs make a chunk. */
const CHUNK_PAIRS = 1_000_000;

/** Cuts all blocks into chunks, in the order in which `eachPair` goes. */
export function chunksOf(blocks: readonly Block[]): Chunk[] {
  const chunks: Chunk[] = [];
  blocks.forEach(({ offsets }, rule) => {
    let [from, pairs] = [1, 0];
    const last = offsets.length - 1;
    for (let block = 1; block < last; block++) {
      const size = (offsets[block + 1] as number) - (offsets[block] as number);
      pairs += (size * (size - 1)) / 2;
      if (pairs < CHUNK_PAIRS) continue;
      chunks.push({ rule, from, to: block + 1 });
      [from, pairs] = [block + 1, 0];
    }
    if (from < last) chunks.push({ rule, from, to: last });
  });
  return chunks;
}

/**
 * Calls `visit` once for every pair of records that share a block of any rule, rule by rule, the smaller record
 * first. A pair that an earlier rule brought together is passed over.
 */
export function eachPair(
  { blocks }: Pick<Blocking, 'blocks'>,
  meet: Meeting | undefined,
  visit: (a: number, b: number) => void,
): void {
  for (const chunk of chunksOf(blocks)) eachPairOfChunk(blocks, chunk, meet, visit);
}

/** The pairs of one chunk, less those that a rule before its own brings together. */
export function eachPairOfChunk(
  blocks: readonly Block[],
  { rule, from, to }: Chunk,
  meet: Meeting | undefined,
  visit: (a: number, b: number) => void,
): void {
  const { offsets, members } = blocks[rule] as Block;
  const earlier = blocks.slice(0, rule).map(({ of }) => of);
  // The earlier blocks that a record is in; most rules have none for it.
  const places: Uint32Array[] = [];
  const numbers: number[] = [];
  for (let block = from; block < to; block++) {
    const end = offsets[block + 1] as number;
    for (let x = offsets[block] as number; x < end; x++) {
      const first = members[x] as number;
      let known = 0;
      for (const of of earlier) {
        const number = of[first] as number;
        if (number === 0) continue;
        places[known] = of;
        numbers[known++] = number;
      }
      for (let y = x + 1; y < end; y++) {
        const second = members[y] as number;
        if (meet !== undefined && !meet(first, second)) continue;
        let met = false;
        for (let i = 0; i < known && !met; i++)
          met = (places[i] as Uint32Array)[second] === (numbers[i] as number);
        if (!met) visit(first, second);
      }
    }
  }
}
