import { type Block, type Blocking, type BlockingLimits, block, type Rule, ruleName } from './blocking.ts';
import { EdgeList, type Edges } from './edges.ts';
import type { Model } from './model.ts';
import { PairScoring, scorePairs } from './pair-scoring.ts';
import type { Meeting } from './pairs.ts';
import { Scorer } from './score.ts';
import { type RecordTable, recordKey, tokenText } from './table.ts';
import type { TermFrequency } from './term-frequency.ts';

/** What one night leaves to the next, by the keys of records and tokens, so that it can be kept as a file. */
export interface LinkState {
  readonly edges: readonly { readonly a: string; readonly b: string; readonly weight: number }[];
  /** By rule, the blocks that were above the cap: their pairs were never scored. */
  readonly oversized: Readonly<Record<string, readonly string[]>>;
}

export interface NightOptions {
  readonly rules: readonly Rule[];
  readonly limits: BlockingLimits;
  readonly model: Model;
  readonly frequencies: readonly TermFrequency[];
  /** Pairs of less weight are not kept. */
  readonly least: number;
  readonly meet?: Meeting;
}

export interface Night {
  readonly edges: Edges;
  readonly state: LinkState;
  readonly scored: number;
  readonly reports: Blocking['reports'];
}

/** Scores every pair: the first night, and what any later night must agree with. */
export function fullNight(table: RecordTable, options: NightOptions): Night {
  const blocking = block(table, options.rules, options.limits);
  const { model, least, meet, frequencies } = options;
  const { edges, compared } = scorePairs(table, blocking, model, least, meet, frequencies);
  return { edges, state: stateOf(table, blocking, edges), scored: compared, reports: blocking.reports };
}

/**
 * Scores only what a delta changed, and reaches the links of a full night under the same model and frequencies.
 * Blocks are built anew from all records, which is cheap. A pair is scored when one of its records is new or
 * changed, or when a block that holds both was above the cap, or its rule was left out, the night before. Any
 * other pair keeps its weight as long as a block still holds both.
 */
export function deltaNight(
  table: RecordTable,
  before: LinkState,
  changed: (key: string) => boolean,
  options: NightOptions,
): Night {
  const blocking = block(table, options.rules, options.limits);
  const places = new Map<string, number>();
  const fresh = new Uint8Array(table.count);
  for (let record = 0; record < table.count; record++) {
    const key = recordKey(table, record);
    places.set(key, record);
    if (changed(key)) fresh[record] = 1;
  }
  const opened = blocking.blocks.map((current, i) =>
    openedBlocks(table, blocking.rules[i] as Rule, current, before),
  );
  const mustScore = (a: number, b: number): boolean =>
    fresh[a] === 1 ||
    fresh[b] === 1 ||
    blocking.blocks.some(({ of }, i) => of[a] === of[b] && opened[i]?.[of[a] as number] === 1);

  const list = new EdgeList();
  for (const edge of before.edges) {
    const [a, b] = [places.get(edge.a), places.get(edge.b)];
    if (a === undefined || b === undefined || mustScore(a, b) || !together(blocking, a, b)) continue;
    if (options.meet === undefined || options.meet(a, b))
      list.add(Math.min(a, b), Math.max(a, b), edge.weight);
  }
  const scored = scoreChanged(table, blocking, opened, fresh, options, list);
  const edges = list.finish();
  return { edges, state: stateOf(table, blocking, edges), scored, reports: blocking.reports };
}

function together(blocking: Blocking, a: number, b: number): boolean {
  return blocking.blocks.some(({ of }) => of[a] !== 0 && of[a] === of[b]);
}

/** By block: 1 when it was above the cap the night before, or its rule was not used. */
function openedBlocks(table: RecordTable, rule: Rule, current: Block, before: LinkState): Uint8Array {
  const blocks = current.offsets.length - 1;
  const known = before.oversized[ruleName(table, rule)];
  if (known === undefined) return new Uint8Array(blocks).fill(1);
  const opened = new Uint8Array(blocks);
  if (known.length === 0) return opened;
  const names = new Set(known);
  for (let b = 1; b < blocks; b++) {
    const member = current.members[current.offsets[b] as number] as number;
    if (names.has(blockName(table, rule, member))) opened[b] = 1;
  }
  return opened;
}

function scoreChanged(
  table: RecordTable,
  blocking: Blocking,
  opened: readonly Uint8Array[],
  fresh: Uint8Array,
  { model, frequencies, least, meet }: NightOptions,
  list: EdgeList,
): number {
  const scoring = new PairScoring(new Scorer(table, model, frequencies), least, list);
  const seen = new Set<number>();
  const offer = (x: number, y: number): void => {
    if (meet !== undefined && !meet(x, y)) return;
    const pair = x * table.count + y;
    if (seen.has(pair)) return;
    seen.add(pair);
    scoring.offer(x, y);
  };
  blocking.blocks.forEach(({ offsets, members }, rule) => {
    for (let block = 1; block + 1 < offsets.length; block++) {
      const inside = members.subarray(offsets[block], offsets[block + 1]);
      const all = opened[rule]?.[block] === 1;
      if (!all && !inside.some((record) => fresh[record] === 1)) continue;
      for (let i = 0; i < inside.length; i++) {
        for (let j = i + 1; j < inside.length; j++) {
          const [x, y] = [inside[i] as number, inside[j] as number];
          if (all || fresh[x] === 1 || fresh[y] === 1) offer(x, y);
        }
      }
    }
  });
  return scoring.finish().compared;
}

function stateOf(table: RecordTable, blocking: Blocking, edges: Edges): LinkState {
  const oversized = blocking.blocks.map((current, i) => {
    const rule = blocking.rules[i] as Rule;
    return [
      ruleName(table, rule),
      Array.from(current.oversized, (record) => blockName(table, rule, record)),
    ] as const;
  });
  return {
    edges: Array.from(edges.weight, (weight, i) => ({
      a: recordKey(table, edges.a[i] as number),
      b: recordKey(table, edges.b[i] as number),
      weight,
    })),
    oversized: Object.fromEntries(oversized),
  };
}

/** A block by the tokens that its records share. */
function blockName(table: RecordTable, rule: Rule, record: number): string {
  return rule.map((slot) => tokenText(table, slot, table.values[slot]?.[record] as number)).join('+');
}
