import { Refused } from '../../src/errors.ts';
import type { CaptureTable } from './capture-table.ts';
import { listSets } from './model.ts';
import type { ModelFit } from './model-fit.ts';

/**
 * An agency that sends young people to another makes the two lists overlap more than chance would: a dependence that
 * is known before the data are looked at, and declared as data. A model without it would give too low a figure.
 */
export interface Referral {
  readonly from: string;
  readonly to: string;
}

/** Reads `[{"from": "…", "to": "…"}, …]`, each named as in the header of the table. */
export function readReferrals(text: string, name: string, table: CaptureTable): Referral[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new Refused('REFERRALS_NOT_JSON', `${name}: not a JSON document`, { cause });
  }
  if (!Array.isArray(parsed))
    throw new Refused('REFERRALS_NOT_A_LIST', `${name}: not a list of referrals`, {
      remedy: 'Write [{"from": "one list", "to": "another"}].',
    });
  return parsed.map((entry: unknown, index) => {
    const where = `${name}, referral ${index + 1}`;
    const end = (key: 'from' | 'to'): string => {
      const value = (entry as Record<string, unknown> | null)?.[key];
      if (typeof value !== 'string' || !table.lists.includes(value))
        throw new Refused('REFERRAL_UNKNOWN_LIST', `${where}: "${key}" names no list of the table`, {
          remedy: 'Use the names of the header of the table.',
        });
      return value;
    };
    const referral = { from: end('from'), to: end('to') };
    if (referral.from === referral.to)
      throw new Refused('REFERRAL_TO_ITSELF', `${where}: from and to are the same list`);
    return referral;
  });
}

/** The pairs of lists that a model must let depend on each other. */
export function requiredPairs(table: CaptureTable, referrals: readonly Referral[]): number[] {
  const pairs = new Set(
    referrals.map(({ from, to }) => (1 << table.lists.indexOf(from)) | (1 << table.lists.indexOf(to))),
  );
  return listSets(table.lists.length, 2, 2).filter((pair) => pairs.has(pair));
}

/** Pairs that were declared, and that the model finds to overlap less than chance: one of the two is mistaken. */
export function contradicted(fit: ModelFit, pairs: readonly number[]): number[] {
  const { fitted } = fit;
  return pairs.filter((pair) => {
    const one = pair & -pair;
    return fitted.length > 0 && fitted[pair]! * fitted[0]! < fitted[one]! * fitted[pair ^ one]!;
  });
}
