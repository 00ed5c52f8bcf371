import { type AllModels, fitAll, modelsUpTo, ranked, usualOrder } from './all-models.ts';
import { type Bootstrap, bootstrap } from './bootstrap.ts';
import type { CaptureTable } from './capture-table.ts';
import { type GraphAverage, graphAverage } from './graph-average.ts';
import type { Model } from './model.ts';
import { type Counted, count } from './model-fit.ts';
import type { Selection } from './selection.ts';

export interface TaskOptions {
  readonly level?: number;
  /** Largest number of lists that interact. */
  readonly order?: number;
  /** Poisson tail under which stepwise selection adds a pair. */
  readonly threshold?: number;
  /** Resamples; 0 for none. */
  readonly replicates?: number;
  readonly seed?: number;
  readonly threads?: number;
  /** Profile limits where there is a likelihood, instead of log-normal ones. */
  readonly profile?: boolean;
  /** Families from frequencies corrected for the bias of small tables. */
  readonly biasCorrected?: boolean;
  /** Pairs of lists that are known to depend on each other. */
  readonly required?: readonly number[];
  /** In each resample choose again among this many models, those with the best BIC on the data. */
  readonly top?: number;
}

/** A table with the settings of an estimation, and what several methods share, worked out once. */
export interface Task {
  readonly table: CaptureTable;
  readonly data: Counted;
  readonly level: number;
  readonly order: number;
  readonly threshold: number;
  readonly replicates: number;
  readonly seed: number;
  readonly profile: boolean;
  readonly biasCorrected: boolean;
  readonly required: readonly number[];
  /** Undefined when there are too many models. */
  readonly models: () => readonly Model[] | undefined;
  readonly all: () => AllModels | undefined;
  /** The models among which a resample chooses again. */
  readonly contenders: () => readonly Model[];
  /** The posterior over decomposable graphs. */
  readonly posterior: () => GraphAverage;
  readonly resample: (selection: Selection) => Promise<Bootstrap>;
}

/** Up to here a resample chooses among all models again. */
const CHEAP = 1100;
const USUAL_TOP = 200;

export function task(table: CaptureTable, options: TaskOptions = {}): Task {
  const data = count(table);
  const lists = table.lists.length;
  const order = options.order ?? usualOrder(lists);
  const required = options.required ?? [];
  const replicates = options.replicates ?? 0;
  const seed = options.seed ?? 1;
  const models = once(() =>
    modelsUpTo(lists, order)?.filter((model) => required.every((pair) => model.terms.includes(pair))),
  );
  const all = once(() => {
    const candidates = models();
    return candidates === undefined ? undefined : fitAll(data, candidates);
  });
  const contenders = once(() => {
    const candidates = models() ?? [];
    const most = options.top ?? (candidates.length <= CHEAP ? candidates.length : USUAL_TOP);
    return most >= candidates.length
      ? candidates
      : ranked(all()?.admissible ?? [], 'bic')
          .slice(0, most)
          .map((fit) => fit.model);
  });
  return {
    table,
    data,
    level: options.level ?? 0.95,
    order,
    threshold: options.threshold ?? 0.02,
    replicates,
    seed,
    profile: options.profile ?? false,
    biasCorrected: options.biasCorrected ?? false,
    required,
    models,
    all,
    contenders,
    posterior: once(() => graphAverage(table, { level: options.level ?? 0.95 })),
    resample: (selection) =>
      bootstrap(table, selection, {
        replicates,
        seed,
        ...(options.threads === undefined ? {} : { threads: options.threads }),
      }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
