import { Refused } from '../../src/errors.ts';
import { layoutId } from '../encode/layout.ts';
import { levelsOf } from './levels.ts';
import { byCommonness, classesFor, isMatch, type PairClass } from './pair-classes.ts';
import type { RecordTable } from './table.ts';

/** Everything that scoring needs, as versioned JSON: trained once, then used night after night. */
export interface Model {
  readonly format: 'tessera-link-model/3';
  /** The layout of the records that it was trained on. */
  readonly layout: string;
  readonly fields: readonly ModelField[];
  /** The share of matches among all pairs of records. */
  readonly prior: number;
  /** What two records can be to each other, and how the fields of such pairs agree. */
  readonly classes: readonly ModelClass[];
  readonly training: Training;
}

export interface ModelClass {
  readonly name: PairClass;
  /** The share of such pairs among all. */
  readonly share: number;
  /** By field: the probabilities of its levels. */
  readonly fields: readonly (readonly number[])[];
}

export interface ModelField {
  readonly name: string;
  readonly levels: readonly string[];
  readonly m: readonly number[];
  readonly u: readonly number[];
}

export interface Training {
  readonly records: number;
  readonly pairs_compared: number;
  readonly patterns: number;
  readonly rounds: number;
  readonly converged: boolean;
  readonly last_change: number;
  readonly expected_matches: number;
  /** Reasons to doubt that the parameters could be told from the data. */
  readonly doubts: readonly string[];
}

/** By field, then by level: the base-two logarithm of m / u. A missing value weighs nothing. */
export function weightsOf(model: Model): readonly Float64Array[] {
  return model.fields.map(({ m, u }) =>
    Float64Array.from(m, (share, level) => (level === 0 ? 0 : Math.log2(share / (u[level] as number)))),
  );
}

export function probability(weight: number): number {
  return weight > 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight);
}

export function weightAt(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

/** Reads a model, and refuses one that is broken or was trained on other records than these. */
export function readModel(text: string, table: RecordTable): Model {
  let model: Model;
  try {
    model = JSON.parse(text) as Model;
  } catch (cause) {
    throw new Refused('MODEL', 'the model is not JSON', { cause });
  }
  if (model.format !== 'tessera-link-model/3')
    throw new Refused('MODEL', 'the model has a format that this version does not know');
  const layout = layoutId(table.layout);
  if (model.layout !== layout)
    throw new Refused('MODEL', `the model was trained on ${model.layout} and the records are ${layout}`, {
      remedy: 'train a model on these records',
    });
  const whole = (share: unknown): boolean => typeof share === 'number' && share > 0 && share <= 1;
  const fits = table.layout.fields.every(({ name, kind }, i) => {
    const field = model.fields[i];
    const { names } = levelsOf(kind);
    if (field === undefined || field.name !== name || field.levels.join() !== names.join()) return false;
    return [field.m, field.u].every(
      (shares) => shares.length === names.length && shares.slice(1).every(whole),
    );
  });
  if (!fits || !whole(model.prior) || model.prior === 1 || !classesFit(model, table))
    throw new Refused('MODEL', 'the model has a probability that is not a number between 0 and 1');
  return model;
}

/** Whether the classes are those that the fields can tell apart, each with probabilities that are numbers. */
function classesFit(model: Model, table: RecordTable): boolean {
  const { fields } = table.layout;
  const whole = (share: unknown): boolean => typeof share === 'number' && share > 0 && share <= 1;
  const names = Array.isArray(model.classes) ? model.classes.map(({ name }) => name) : [];
  if (names.join() !== classesFor(fields).join()) return false;
  return model.classes.every(
    ({ share, fields: levels }) =>
      whole(share) &&
      fields.every(({ kind }, i) => {
        const shares = levels?.[i];
        return shares?.length === levelsOf(kind).names.length && shares.slice(1).every(whole);
      }),
  );
}

/** By class: whether it is of one person, and in which fields a common value agrees the oftener. */
export function classRules(
  model: Model,
  table: Pick<RecordTable, 'layout'>,
): readonly { readonly match: boolean; readonly byCommonness: readonly boolean[] }[] {
  return model.classes.map(({ name }) => ({
    match: isMatch(name),
    byCommonness: table.layout.fields.map((field) => byCommonness(name, field)),
  }));
}
