import type { Block, Blocking } from './blocking.ts';
import { sharedNumbers } from './shared-memory.ts';
import type { RecordTable } from './table.ts';

/** Which pairs to meet: every pair, or only those across sources that each deduplicated themselves. */
export type Meeting = (a: number, b: number) => boolean;

/** Every pair meets, or only pairs of two sources. */
export function meeting(table: RecordTable, acrossSources: boolean): Meeting | undefined {
  const { source } = table;
  return acrossSources ? (a, b) => source[a] !== source[b] : undefined;
}

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
export function chunksOf(blocks: readonly Pick<Block, 'offsets'>[]): Chunk[] {
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

/** The blocks that pairs are taken from. `places` holds by record, then by rule, the number of its block. */
export interface PairSource {
  readonly blocks: readonly Pick<Block, 'offsets' | 'members'>[];
  /** What a record's blocks are lies side by side, so that asking costs one look at memory and not one per rule. */
  readonly places: Uint32Array;
}

export function pairSource(records: number, blocks: readonly Block[]): PairSource {
  const rules = blocks.length;
  const places = sharedNumbers(records * rules);
  blocks.forEach(({ of }, rule) => {
    for (let record = 0, at = rule; record < records; record++, at += rules)
      places[at] = of[record] as number;
  });
  return { blocks: blocks.map(({ offsets, members }) => ({ offsets, members })), places };
}

/** Whether any block holds both records. */
export function together({ blocks, places }: PairSource, a: number, b: number): boolean {
  const rules = blocks.length;
  for (let rule = 0; rule < rules; rule++) {
    const place = places[a * rules + rule] as number;
    if (place !== 0 && place === places[b * rules + rule]) return true;
  }
  return false;
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
  const source = pairSource(blocks[0]?.of.length ?? 0, blocks);
  for (const chunk of chunksOf(blocks)) eachPairOfChunk(source, chunk, meet, visit);
}

/** The pairs of one chunk, less those that a rule before its own brings together. */
export function eachPairOfChunk(
  { blocks, places }: PairSource,
  { rule, from, to }: Chunk,
  meet: Meeting | undefined,
  visit: (a: number, b: number) => void,
): void {
  const { offsets, members } = blocks[rule] as PairSource['blocks'][number];
  const rules = blocks.length;
  // The earlier blocks that a record is in; most rules have none for it.
  const known = new Uint32Array(rules);
  const numbers = new Uint32Array(rules);
  for (let block = from; block < to; block++) {
    const end = offsets[block + 1] as number;
    for (let x = offsets[block] as number; x < end; x++) {
      const first = members[x] as number;
      let count = 0;
      for (let earlier = 0; earlier < rule; earlier++) {
        const number = places[first * rules + earlier] as number;
        if (number === 0) continue;
        known[count] = earlier;
        numbers[count++] = number;
      }
      for (let y = x + 1; y < end; y++) {
        const second = members[y] as number;
        if (meet !== undefined && !meet(first, second)) continue;
        const base = second * rules;
        let met = false;
        for (let i = 0; i < count && !met; i++)
          met = places[base + (known[i] as number)] === (numbers[i] as number);
        if (!met) visit(first, second);
      }
    }
  }
}
