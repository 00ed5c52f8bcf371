import type { FieldKind } from '../encode/normalise.ts';
import { Interner, mix } from './interner.ts';
import { sharedNumbers } from './shared-memory.ts';
import type { RecordTable } from './table.ts';

/** Slots whose tokens must all be equal, and present, for two records to meet: `surname.exact + birth_date.year`. */
export type Rule = readonly number[];

export interface Block {
  /** By record: the number of its block, or 0 when it has none within the cap. */
  readonly of: Uint32Array;
  /** Where each block's members begin in `members`; block 0 is empty. */
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
  /** One record of each block above the cap. */
  readonly oversized: Uint32Array;
}

export interface RuleReport {
  readonly rule: string;
  readonly blocks: number;
  readonly pairs: number;
  /** Blocks above the cap, and the pairs that they would have made. */
  readonly dropped_blocks: number;
  readonly dropped_pairs: number;
  readonly largest_block: number;
}

export interface Blocking {
  readonly rules: readonly Rule[];
  readonly blocks: readonly Block[];
  readonly reports: readonly RuleReport[];
}

export interface BlockingLimits {
  /** The largest block that is compared within. */
  readonly cap: number;
  /** A rule is left out when it alone would make more pairs than this many per record. */
  readonly pairsPerRecord: number;
}

export const defaultLimits: BlockingLimits = { cap: 100, pairsPerRecord: 10 };

export function ruleName(table: Pick<RecordTable, 'slots'>, rule: Rule): string {
  return rule.map((slot) => table.slots[slot]?.name ?? '?').join(' + ');
}

/**
 * The rules for a layout, by the kinds of its fields. Single tokens reach what nothing else does where blocks
 * are small; in a large file their big blocks fall to the cap and the combinations below take over. Several
 * rules leave the birth year out, or the whole date, because a young person may have given another age.
 */
export function standardRules(table: Pick<RecordTable, 'slots' | 'layout'>): readonly Rule[] {
  const { slots, layout } = table;
  const of = (kind: FieldKind, variant: string): number[] =>
    slots.flatMap((slot, i) =>
      layout.fields[slot.field]?.kind === kind && slot.variant === variant ? [i] : [],
    );
  const pair = slots.flatMap((slot, i) => (slot.variant === 'pair' ? [i] : []));
  const names = [...of('given', 'exact'), ...of('surname', 'exact'), ...of('name', 'exact')];
  const birth = of('date', 'exact');
  const wide = [...of('text', 'exact'), ...of('postcode', 'exact')];
  const strong = [...of('id', 'exact'), ...of('phone', 'exact')];
  const sounds = [of('given', 'sound'), of('surname', 'sound')];
  const parts = ['year_month', 'month_day', 'year'].flatMap((variant) => of('date', variant));
  const whoever = pair.length > 0 ? pair : of('name', 'exact');

  const rules: number[][] = [
    ...strong.map((slot) => [slot]),
    ...cross(names, birth),
    ...cross(whoever, parts),
    ...cross(whoever, wide),
    ...cross(of('id', 'last4'), [...birth, ...of('surname', 'sound')]),
    ...cross(birth, wide),
    ...cross(names, wide),
    ...(sounds[0]?.flatMap((given) =>
      cross([given], sounds[1] ?? []).flatMap((both) => cross3(both, parts)),
    ) ?? []),
    ...pairsOf(wide),
    ...whoever.map((slot) => [slot]),
    ...[...names, ...birth, ...wide].map((slot) => [slot]),
  ];
  const seen = new Set<string>();
  return rules.filter((rule) => {
    const name = rule.toSorted((a, b) => a - b).join();
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

function cross(a: readonly number[], b: readonly number[]): number[][] {
  return a.flatMap((x) => b.filter((y) => y !== x).map((y) => [x, y]));
}

function cross3(both: readonly number[], last: readonly number[]): number[][] {
  return last.map((slot) => [...both, slot]);
}

function pairsOf(slots: readonly number[]): number[][] {
  return slots.flatMap((x, i) => slots.slice(i + 1).map((y) => [x, y]));
}

/** Builds the blocks of each rule, and leaves out rules that would make too many pairs. */
export function block(table: RecordTable, rules: readonly Rule[], limits: BlockingLimits): Blocking {
  return withinLimits(
    table.count,
    rules,
    rules.map((rule) => blockOf(table, rule, limits.cap)),
    limits,
  );
}

/** Leaves out the blocks of rules that make too many pairs. */
export function withinLimits(
  records: number,
  rules: readonly Rule[],
  built: readonly { readonly block: Block; readonly report: RuleReport }[],
  limits: BlockingLimits,
): Blocking {
  const kept: { rule: Rule; block: Block }[] = [];
  const reports = built.map(({ block: made, report }, i) => {
    const tooMany = report.pairs > limits.pairsPerRecord * records && report.pairs > 2_000_000;
    if (!tooMany) {
      kept.push({ rule: rules[i] as Rule, block: made });
      return report;
    }
    return {
      ...report,
      blocks: 0,
      pairs: 0,
      dropped_blocks: report.dropped_blocks + report.blocks,
      dropped_pairs: report.dropped_pairs + report.pairs,
    };
  });
  return { rules: kept.map((entry) => entry.rule), blocks: kept.map((entry) => entry.block), reports };
}

/** The blocks of one rule, in memory that threads share. */
export function blockOf(table: RecordTable, rule: Rule, cap: number): { block: Block; report: RuleReport } {
  const { count } = table;
  const of = blockKeys(table, rule);
  let blocks = 0;
  for (let i = 0; i < count; i++) if ((of[i] as number) > blocks) blocks = of[i] as number;
  const sizes = new Uint32Array(blocks + 1);
  for (let i = 0; i < count; i++) sizes[of[i] as number] = (sizes[of[i] as number] as number) + 1;
  // Blocks of one record and blocks above the cap get the number 0; the others are numbered anew.
  const renumbered = new Uint32Array(blocks + 1);
  const above = new Set<number>();
  let [used, pairs, droppedBlocks, droppedPairs, largest, members] = [0, 0, 0, 0, 0, 0];
  for (let b = 1; b <= blocks; b++) {
    const size = sizes[b] as number;
    if (size > largest) largest = size;
    if (size < 2) continue;
    if (size > cap) {
      droppedBlocks++;
      above.add(b);
      droppedPairs += (size * (size - 1)) / 2;
      continue;
    }
    renumbered[b] = ++used;
    pairs += (size * (size - 1)) / 2;
    members += size;
  }
  const oversized = oneOfEach(of, above);
  for (let i = 0; i < count; i++) of[i] = renumbered[of[i] as number] as number;
  return {
    block: { ...gather(of, used, members), oversized },
    report: {
      rule: ruleName(table, rule),
      blocks: used,
      pairs,
      dropped_blocks: droppedBlocks,
      dropped_pairs: droppedPairs,
      largest_block: largest,
    },
  };
}

/** Numbers the different combinations of a rule's tokens; 0 where one is missing. */
function blockKeys(table: RecordTable, rule: Rule): Uint32Array {
  const columns = rule.map((slot) => table.values[slot] as Uint32Array);
  const [first] = columns;
  if (first === undefined) throw new RangeError('a blocking rule needs at least one token');
  const keys = sharedNumbers(table.count);
  if (columns.length === 1) {
    keys.set(first);
    return keys;
  }
  const interner = new Interner();
  for (let i = 0; i < table.count; i++) {
    let [low, high, missing] = [0x811c9dc5, 0, false];
    for (const column of columns) {
      const value = column[i] as number;
      if (value === 0) missing = true;
      low = mix(low ^ value);
      high = (Math.imul(high, 0x01000193) + value + (low >>> 7)) >>> 0;
    }
    // Up to two tokens fit the key as they are; more are mixed into its 64 bits.
    if (columns.length === 2) [low, high] = [first[i] as number, (columns[1] as Uint32Array)[i] as number];
    keys[i] = missing ? 0 : interner.intern(low, high);
  }
  return keys;
}

/** The first record of each of the blocks. */
function oneOfEach(of: Uint32Array, blocks: Set<number>): Uint32Array {
  const records: number[] = [];
  for (let i = 0; blocks.size > 0 && i < of.length; i++) if (blocks.delete(of[i] as number)) records.push(i);
  return Uint32Array.from(records);
}

function gather(of: Uint32Array, blocks: number, total: number): Omit<Block, 'oversized'> {
  const offsets = sharedNumbers(blocks + 2);
  for (const b of of) if (b !== 0) offsets[b + 1] = (offsets[b + 1] as number) + 1;
  for (let b = 1; b < offsets.length; b++) offsets[b] = (offsets[b] as number) + (offsets[b - 1] as number);
  const next = offsets.slice();
  const members = sharedNumbers(total);
  for (let i = 0; i < of.length; i++) {
    const b = of[i] as number;
    if (b === 0) continue;
    const at = next[b] as number;
    members[at] = i;
    next[b] = at + 1;
  }
  return { of, offsets, members };
}
