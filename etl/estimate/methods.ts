import { average, best, type Criterion } from './all-models.ts';
import { biasCorrected, type Correctable } from './bias-corrected.ts';
import { byNumberOfLists } from './capture-table.ts';
import { type ChaoKind, chao } from './chao.ts';
import { MOST_LISTS_OF_GRAPHS } from './graph-average.ts';
import { type Family, fitFamily } from './heterogeneity.ts';
import { HIGHEST_RHAT, LEAST_EFFECTIVE, latentClass } from './latent-class.ts';
import { logNormal } from './log-normal.ts';
import { type Limits, limitsOf, resampled, settled } from './method-limits.ts';
import { allPairs, mainEffects, modelName } from './model.ts';
import { fitModel, type ModelFit } from './model-fit.ts';
import { familyDeviance, modelDeviance } from './profile-interval.ts';
import { answered, declined, type Method, type Result, statusReason } from './result.ts';
import { type SampleCoverage, sampleCoverage } from './sample-coverage.ts';
import type { Selection } from './selection.ts';
import { stepwise } from './stepwise.ts';
import type { Task } from './task.ts';
import { chapman, petersen, twoLists } from './two-lists.ts';

/** Runs one method. Two-list methods answer once per pair of lists, sample coverage with its three estimates. */
export async function estimateWith(method: Method, task: Task): Promise<Result[]> {
  switch (method) {
    case 'petersen':
    case 'chapman':
      return pairs(method, task);
    case 'chao':
      return [lowerBound(method, 'poisson', task)];
    case 'chao-k':
      return [lowerBound(method, 'occasions', task)];
    case 'chao-bc':
      return [lowerBound(method, 'corrected', task)];
    case 'm0':
    case 'mh-chao':
    case 'mh-poisson2':
    case 'mh-darroch':
    case 'mh-gamma35':
    case 'mth-chao':
    case 'mth-poisson2':
    case 'mth-darroch':
    case 'mth-gamma35':
      return [await family(method, task)];
    case 'mt':
    case 'main-effects': {
      if (task.biasCorrected) return [corrected(method, 'mt', task)];
      const model = mainEffects(task.table.lists.length);
      return [await ofModel(method, fitModel(task.data, model), { kind: 'model', model }, task)];
    }
    case 'all-pairs': {
      const model = allPairs(task.table.lists.length);
      return [await ofModel(method, fitModel(task.data, model), { kind: 'model', model }, task)];
    }
    case 'stepwise': {
      const { threshold, required } = task;
      const fit = stepwise(task.data, threshold, required);
      return [await ofModel(method, fit, { kind: 'stepwise', threshold, required }, task)];
    }
    case 'best-bic':
      return [await bestOf(method, 'bic', task)];
    case 'best-aic':
      return [await bestOf(method, 'aic', task)];
    case 'bic-average':
      return [await averageOf(method, 'bic', task)];
    case 'aic-average':
      return [await averageOf(method, 'aic', task)];
    case 'bma':
      return [graphs(method, task)];
    case 'latent-class':
      return [classes(method, task)];
    case 'sample-coverage':
      return coverage(method, task);
  }
}

function pairs(method: 'petersen' | 'chapman', { table, level }: Task): Result[] {
  const results: Result[] = [];
  for (let a = 0; a < table.lists.length; a++) {
    for (let b = a + 1; b < table.lists.length; b++) {
      const sizes = twoLists(table, a, b);
      const model = `${table.lists[a]}:${table.lists[b]}`;
      results.push(
        sizes.both === 0
          ? declined(method, level, 'NO_OVERLAP: the two lists share nobody', { model })
          : answered(method, level, (method === 'petersen' ? petersen : chapman)(sizes, level), { model }),
      );
    }
  }
  return results;
}

function lowerBound(method: Method, kind: ChaoKind, { table, level }: Task): Result {
  const frequencies = byNumberOfLists(table);
  const more = { model: `f1 and f2 of ${table.lists.length} lists` };
  if (frequencies.slice(2).every((count) => count === 0))
    return declined(method, level, 'NO_OVERLAP: nobody is on more than one list', more);
  if (kind !== 'corrected' && frequencies[2] === 0)
    return declined(method, level, 'NO_OVERLAP: nobody is on exactly two lists; chao-bc needs none', more);
  return answered(method, level, chao(table, kind, level), more);
}

async function family(method: Family, task: Task): Promise<Result> {
  const { table, level, data } = task;
  if (method !== 'm0' && table.lists.length < 3)
    return declined(method, level, 'TOO_FEW_LISTS: heterogeneity between persons needs three lists');
  if (task.biasCorrected && method !== 'mth-gamma35') return corrected(method, method, task);
  const fit = fitFamily(table, method);
  const { status, deviance, df, aic, bic } = fit;
  const more = {
    model: fit.dropped > 0 ? `${method}, ${fit.dropped} negative effects dropped` : method,
    status,
    df,
  };
  if (status !== 0) return declined(method, level, statusReason(status), more);
  const limits = await limitsOf(task, fit, { kind: 'family', family: method }, () =>
    familyDeviance(table, method),
  );
  return settled(method, task, limits, { ...more, deviance, aic, bic }, data.persons + fit.hidden);
}

function corrected(method: Method, name: Correctable, { table, level, data }: Task): Result {
  const { status, estimate, se } = biasCorrected(table, name);
  const more = { model: `${name}, corrected frequencies`, status };
  if (status !== 0) return declined(method, level, statusReason(status), more);
  const hidden = estimate - data.persons;
  const logVariance = Math.max(0, se ** 2 - hidden) / hidden ** 2;
  const { lower, upper } = logNormal(data.persons, { hidden, logVariance }, level);
  return answered(method, level, { estimate, lower, upper, se }, more);
}

async function ofModel(method: Method, fit: ModelFit, selection: Selection, task: Task): Promise<Result> {
  const { status, deviance, df, aic, bic } = fit;
  const more = { model: modelName(fit.model), status, df };
  if (status !== 0) return declined(method, task.level, statusReason(status), more);
  const limits = await limitsOf(task, fit, selection, () => modelDeviance(task.data, fit));
  return settled(method, task, limits, { ...more, deviance, aic, bic }, task.data.persons + fit.hidden);
}

async function bestOf(method: Method, criterion: Criterion, task: Task): Promise<Result> {
  const all = task.all();
  if (all === undefined) return declined(method, task.level, tooManyModels(task));
  const fit = best(all.admissible, criterion);
  if (fit === undefined) return declined(method, task.level, noneAdmissible(all.statuses), { status: 1 });
  return ofModel(method, fit, { kind: 'best', criterion, models: chosenFrom(task) }, task);
}

async function averageOf(method: Method, criterion: Criterion, task: Task): Promise<Result> {
  const all = task.all();
  if (all === undefined) return declined(method, task.level, tooManyModels(task));
  if (all.admissible.length === 0)
    return declined(method, task.level, noneAdmissible(all.statuses), { status: 1 });
  const seen = task.data.persons;
  const mixed = average(all.admissible, criterion, task.level);
  const share = `${Math.round(100 * mixed.largestWeight)} %`;
  const more = { model: `${mixed.models} models, the largest weight ${share}`, status: 0 as const };
  const limits: Limits =
    task.replicates > 0
      ? await resampled(task, { kind: 'average', criterion, models: chosenFrom(task) })
      : { lower: seen + mixed.lowerHidden, upper: seen + mixed.upperHidden };
  return settled(method, task, limits, more, seen + mixed.hidden);
}

function chosenFrom(task: Task) {
  return task.replicates > 0 ? task.contenders() : [];
}

function tooManyModels({ table, order }: Task): string {
  return `TOO_MANY_MODELS: ${table.lists.length} lists have more models up to order ${order} than can be compared; use stepwise, or a lower --order`;
}

function noneAdmissible(statuses: readonly number[]): string {
  const models = statuses.reduce((sum, count) => sum + count, 0);
  return `NO_MLE: none of the ${models} models has an estimate that exists and is identifiable`;
}

function graphs(method: Method, { table, level, posterior: average }: Task): Result {
  const lists = table.lists.length;
  if (lists < 3) return declined(method, level, 'TOO_FEW_LISTS: averaging over graphs needs three lists');
  if (lists > MOST_LISTS_OF_GRAPHS)
    return declined(method, level, `TOO_MANY_MODELS: graphs of more than ${MOST_LISTS_OF_GRAPHS} lists`);
  const posterior = average();
  const [top] = posterior.graphs;
  const model = `${posterior.graphs.length} graphs, ${top?.graph.name} has ${Math.round(100 * (top?.probability ?? 0))} %`;
  if (posterior.modeAtFirst)
    return declined(
      method,
      level,
      'GRID_EDGE: the posterior is highest at its first point, one hidden person: the data say nothing against that, and the prior decides',
      { model },
    );
  if (posterior.massAtLast > LAST_POINT)
    return declined(
      method,
      level,
      'GRID_EDGE: the posterior has not died away at thirty times the persons seen',
      { model },
    );
  return answered(
    method,
    level,
    { estimate: posterior.median, lower: posterior.lower, upper: posterior.upper },
    { model },
  );
}

/** Posterior probability of the last grid point above which the grid, not the data, sets the upper limit. */
const LAST_POINT = 1e-3;

function classes(method: Method, { table, level, seed }: Task): Result {
  if (table.lists.length < 3)
    return declined(method, level, 'TOO_FEW_LISTS: latent classes need three lists');
  const found = latentClass(table, { seed, level });
  const model = `up to 10 classes, ${found.chainMedians.length} chains`;
  const { rhat, effective } = found.diagnosis;
  if (!found.mixed)
    return declined(
      method,
      level,
      `NOT_MIXED: the chains do not agree (R-hat ${rhat.toFixed(3)}, effective draws ${Math.round(effective)}; at most ${HIGHEST_RHAT} and at least ${LEAST_EFFECTIVE} are asked for)`,
      { model },
    );
  const { median, lower, upper, sd } = found;
  return answered(method, level, { estimate: median, lower, upper, se: sd }, { model });
}

const COVERAGE_MODELS: readonly (readonly [Exclude<keyof SampleCoverage, 'coverage'>, string])[] = [
  ['independent', 'as if independent'],
  ['highCoverage', 'high coverage'],
  ['lowCoverage', 'low coverage'],
];

async function coverage(method: Method, task: Task): Promise<Result[]> {
  const { table, level } = task;
  if (table.lists.length < 3)
    return [declined(method, level, 'TOO_FEW_LISTS: sample coverage needs three lists')];
  const found = sampleCoverage(table);
  return Promise.all(
    COVERAGE_MODELS.map(async ([key, label]) => {
      const model = `${label}, coverage ${Math.round(100 * found.coverage)} %`;
      if (!(found.coverage > 0) || !Number.isFinite(found[key]))
        return declined(method, level, 'NO_OVERLAP: each list has only persons of its own', { model });
      if (key === 'highCoverage' && found.highCoverage === task.data.persons)
        return declined(
          method,
          level,
          'COVERAGE_TOO_LOW: the estimate for high coverage would be no more than the persons seen',
          { model },
        );
      if (task.replicates === 0) return answered(method, level, { estimate: found[key] }, { model });
      const limits = await resampled(task, { kind: 'coverage', estimate: key });
      return settled(method, task, limits, { model, status: null }, found[key]);
    }),
  );
}
