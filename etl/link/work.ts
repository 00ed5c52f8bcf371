import { type Block, blockOf, type Rule, type RuleReport } from './blocking.ts';
import { Comparer } from './compare.ts';
import type { Edges } from './edges.ts';
import { mix } from './interner.ts';
import type { Model } from './model.ts';
import { PairScoring } from './pair-scoring.ts';
import { type Chunk, eachPairOfChunk, type Meeting, meeting, type PairSource } from './pairs.ts';
import { PatternCounts, type PatternTally } from './patterns.ts';
import { Scorer } from './score.ts';
import type { RecordTable } from './table.ts';
import type { TermFrequency } from './term-frequency.ts';

/** What every piece of work may need to know. Plain data over shared memory, so that threads see the same. */
export interface Known {
  readonly table: RecordTable;
  readonly across: boolean;
  readonly pairs?: PairSource;
  readonly model?: Model;
  readonly frequencies?: readonly TermFrequency[];
}

/** A piece of work that depends on nothing but what is known, so that any thread may do it, in any order. */
export type Task =
  | { readonly do: 'block'; readonly rule: Rule; readonly cap: number }
  | { readonly do: 'patterns'; readonly chunk: Chunk; readonly limit: number }
  | { readonly do: 'random'; readonly from: number; readonly to: number }
  | { readonly do: 'score'; readonly chunk: Chunk; readonly least: number };

export interface Answers {
  readonly block: { readonly block: Block; readonly report: RuleReport };
  readonly patterns: PatternTally;
  readonly random: PatternTally;
  readonly score: { readonly edges: Edges; readonly compared: number };
}
export type Answer = Answers[keyof Answers];

/** What a job asks for next: that something be known, or that tasks be done; the answers come in their order. */
export type Step = { readonly tell: Partial<Known> } | { readonly tasks: readonly Task[] };
export type Job<Result> = Generator<Step, Result, readonly Answer[]>;

/** Asks for tasks of one kind. */
export function* asking<Kind extends Task['do']>(
  tasks: readonly (Task & { readonly do: Kind })[],
): Generator<Step, readonly Answers[Kind][], readonly Answer[]> {
  return (yield { tasks }) as readonly Answers[Kind][];
}

/** Does the tasks of a job here and now. */
export function doAlone<Result>(known: Known, job: Job<Result>): Result {
  const worker = new LinkWorker(known);
  let answers: readonly Answer[] = [];
  for (;;) {
    const { done, value } = job.next(answers);
    if (done === true) return value;
    answers = [];
    if ('tell' in value) worker.tell(value.tell);
    else answers = value.tasks.map((task) => worker.perform(task));
  }
}

export class LinkWorker {
  #known: Known;
  #meet: Meeting | undefined;
  #comparer: Comparer | undefined;
  #scorer: Scorer | undefined;

  constructor(known: Known) {
    this.#known = known;
    this.#meet = meeting(known.table, known.across);
  }

  tell(more: Partial<Known>): void {
    this.#known = { ...this.#known, ...more };
    this.#scorer = undefined;
  }

  perform(task: Task): Answer {
    const { table } = this.#known;
    if (task.do === 'block') return blockOf(table, task.rule, task.cap);
    if (task.do === 'random') return this.#random(task.from, task.to);
    const { pairs } = this.#known;
    if (pairs === undefined) throw new Error('pairs need blocks');
    if (task.do === 'score') {
      const scoring = new PairScoring(this.#scoring(), task.least);
      eachPairOfChunk(pairs, task.chunk, this.#meet, scoring.offer);
      return scoring.finish();
    }
    const counts = new PatternCounts(this.#comparing());
    eachPairOfChunk(pairs, task.chunk, this.#sampled(task.limit), (a, b) => counts.add(a, b));
    return counts.finish();
  }

  /** Of many pairs a share is taken by a hash of the two records. */
  #sampled(limit: number): Meeting | undefined {
    const meet = this.#meet;
    if (limit >= 2 ** 32) return meet;
    return (a, b) => mix(a ^ Math.imul(b, 0x9e3779b1)) < limit && (meet === undefined || meet(a, b));
  }

  #random(from: number, to: number): PatternTally {
    const { count } = this.#known.table;
    const counts = new PatternCounts(this.#comparing());
    const record = (i: number): number => Math.floor((mix(Math.imul(i + 1, 0x9e3779b9)) / 2 ** 32) * count);
    for (let i = from; i < to; i++) {
      const [a, b] = [record(2 * i), record(2 * i + 1)];
      if (a !== b && (this.#meet === undefined || this.#meet(a, b)))
        counts.add(Math.min(a, b), Math.max(a, b));
    }
    return counts.finish();
  }

  #comparing(): Comparer {
    this.#comparer ??= new Comparer(this.#known.table);
    return this.#comparer;
  }

  #scoring(): Scorer {
    const { table, model, frequencies } = this.#known;
    if (model === undefined) throw new Error('scoring needs a model');
    this.#scorer ??= new Scorer(table, model, frequencies, this.#comparing());
    return this.#scorer;
  }
}
