import { FILTER_BYTES } from '../encode/layout.ts';
import type { FieldKind } from '../encode/normalise.ts';
import type { Block, Blocking } from './blocking.ts';
import { Interner, mix } from './interner.ts';
import { type RecordTable, slotOf } from './table.ts';

const TABLES = 12;
/** In a larger file too many unrelated filters agree by chance for the few pairs that are gained. */
const MOST_RECORDS = 250_000;
const KINDS: ReadonlySet<FieldKind> = new Set(['given', 'surname', 'name', 'date']);
/** Bits per doubling of the records: unrelated filters agree on about six bits of ten. */
const BITS_PER_DOUBLING = 1.4;

/**
 * Blocks for records that no token brought together with anybody: records whose filters of names and birth date
 * agree on a random sample of bits meet (Hamming locality-sensitive hashing), once per table of sampled bits.
 * Filters that differ in a tenth of their bits meet in some table most of the time. Only buckets that hold such
 * a record are kept, and none above the cap.
 */
export function similarityBlocks(table: RecordTable, blocking: Blocking, cap: number): readonly Block[] {
  if (table.count > MOST_RECORDS) return [];
  const alone = recordsAlone(table.count, blocking);
  const fields = table.layout.fields.flatMap(({ kind }, field) => {
    const filters = table.filters[field];
    return KINDS.has(kind) && filters !== undefined
      ? [{ filters, values: table.values[slotOf(table, field, 'exact')] as Uint32Array }]
      : [];
  });
  if (alone.length === 0 || fields.length < 2) return [];
  const bits = Math.max(8, Math.ceil(BITS_PER_DOUBLING * Math.log2(table.count + 1)));
  return Array.from({ length: TABLES }, (_, i) =>
    bucketsOf(table.count, alone, keyMaker(fields, i, bits), cap),
  );
}

function recordsAlone(count: number, blocking: Blocking): number[] {
  const alone: number[] = [];
  for (let record = 0; record < count; record++)
    if (blocking.blocks.every(({ of }) => of[record] === 0)) alone.push(record);
  return alone;
}

interface FilteredField {
  readonly filters: Uint8Array;
  readonly values: Uint32Array;
}

/** Sampled bits of a record as one number of 53 bits at most; -1 when fewer than two fields are filled in. */
function keyMaker(
  fields: readonly FilteredField[],
  table: number,
  bits: number,
): (record: number) => [number, number] | undefined {
  const sampled = Array.from({ length: bits }, (_, i) => {
    const random = mix(table * 1009 + i * 7919 + 1);
    return { field: random % fields.length, bit: (random >>> 8) % (FILTER_BYTES * 8) };
  });
  return (record) => {
    let present = 0;
    for (const { values } of fields) present = present * 2 + (values[record] === 0 ? 0 : 1);
    if (ones(present) < 2) return undefined;
    let [low, high] = [0, present + 1];
    for (const { field, bit } of sampled) {
      const { filters, values } = fields[field] as FilteredField;
      const byte = filters[(values[record] as number) * FILTER_BYTES + (bit >> 3)] as number;
      high = ((high << 1) | (low >>> 31)) >>> 0;
      low = ((low << 1) | ((byte >> (bit & 7)) & 1)) >>> 0;
    }
    return [low, high];
  };
}

function ones(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function bucketsOf(
  count: number,
  alone: readonly number[],
  key: (record: number) => [number, number] | undefined,
  cap: number,
): Block {
  const interner = new Interner();
  const wanted = new Set<number>();
  for (const record of alone) {
    const made = key(record);
    if (made !== undefined) wanted.add(interner.intern(...made));
  }
  const buckets = new Map<number, number[]>();
  for (let record = 0; record < count; record++) {
    const made = key(record);
    if (made === undefined) continue;
    const number = interner.find(...made);
    if (!wanted.has(number)) continue;
    const bucket = buckets.get(number);
    if (bucket === undefined) buckets.set(number, [record]);
    else bucket.push(record);
  }
  const kept = [...buckets.values()].filter(({ length }) => length > 1 && length <= cap);
  const of = new Uint32Array(count);
  const offsets = new Uint32Array(kept.length + 2);
  const members: number[] = [];
  kept.forEach((bucket, i) => {
    for (const record of bucket) of[record] = i + 1;
    members.push(...bucket);
    offsets[i + 2] = members.length;
  });
  return { of, offsets, members: Uint32Array.from(members), oversized: new Uint32Array(0) };
}
