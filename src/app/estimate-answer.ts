import { readFileSync } from 'node:fs';
import { bounded, combined, corrected, reviewed } from '../../etl/estimate/adjusted.ts';
import { estimate } from '../../etl/estimate/estimate.ts';
import { readTable } from '../../etl/estimate/read-table.ts';
import { readReferrals, requiredPairs } from '../../etl/estimate/referrals.ts';
import { METHODS } from '../../etl/estimate/result.ts';
import { Misuse, Unavailable } from '../errors.ts';

export interface EstimateFlags {
  readonly method: readonly string[];
  readonly order?: number;
  readonly p: number;
  readonly bootstrap: number;
  readonly seed: number;
  readonly level: number;
  readonly interval: 'wald' | 'profile';
  readonly top?: number;
  readonly biasCorrected: boolean;
  readonly threads?: number;
  readonly referrals?: string;
  readonly recall: number;
  readonly precision: number;
  readonly reviewed?: number;
  readonly linkages?: readonly string[];
  readonly overCovered?: readonly string[];
  readonly absentIsZero: boolean;
  readonly report?: string;
  readonly json: boolean;
}

export type Answer = Awaited<ReturnType<typeof answerTo>>;

/** Reads the table and whatever the flags name, and works out everything that they ask for. */
export async function answerTo(file: string, flags: EstimateFlags) {
  const read = (path: string) => tableOf(path, flags);
  const table = read(file);
  const methods = methodsNamed(flags.method);
  if (flags.recall === 0 || flags.precision === 0)
    throw new Misuse('RECALL_ZERO', 'a recall or a precision of 0: then no link says anything', {
      remedy: 'Give the shares that the review of the linkage measured.',
    });
  const required =
    flags.referrals === undefined
      ? []
      : requiredPairs(table, readReferrals(contentOf(flags.referrals), flags.referrals, table));
  const settings = {
    level: flags.level,
    threshold: flags.p,
    replicates: flags.bootstrap,
    seed: flags.seed,
    profile: flags.interval === 'profile',
    biasCorrected: flags.biasCorrected,
    required,
    ...(flags.order === undefined ? {} : { order: flags.order }),
    ...(flags.top === undefined ? {} : { top: flags.top }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
  };
  return {
    ...(await estimate(table, methods, settings)),
    ...(flags.recall < 1 || flags.precision < 1
      ? { corrected: await corrected(table, methods, settings, flags) }
      : {}),
    ...(flags.reviewed === undefined
      ? {}
      : {
          reviewed: reviewed(
            table,
            { recall: flags.recall, precision: flags.precision, reviewed: flags.reviewed },
            settings,
          ),
        }),
    ...(flags.linkages === undefined
      ? {}
      : { combined: combined([table, ...flags.linkages.map(read)], settings) }),
    ...(flags.overCovered === undefined
      ? {}
      : { overCovered: await bounded(table, indexes(flags.overCovered, table.lists), settings) }),
  };
}

export function tableOf(path: string, { absentIsZero }: EstimateFlags) {
  return readTable(contentOf(path), path, { absentIsZero });
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Unavailable('FILE_NOT_READ', `${path}: cannot be read`, {
      remedy: 'Check the path and the permissions.',
      cause,
    });
  }
}

function methodsNamed(names: readonly string[]) {
  const wanted = names.flatMap((name) => name.split(',')).filter((name) => name !== '');
  if (wanted.includes('all')) return METHODS;
  return wanted.map((name) => {
    const method = METHODS.find((known) => known === name);
    if (method === undefined)
      throw new Misuse('METHOD_UNKNOWN', `--method ${name}: there is no such method`, {
        remedy: `Name one or more of: all, ${METHODS.join(', ')}.`,
      });
    return method;
  });
}

function indexes(names: readonly string[], lists: readonly string[]): number[] {
  return names.map((name) => {
    const index = lists.indexOf(name);
    if (index < 0)
      throw new Misuse('LIST_UNKNOWN', `--over-covered ${name}: the table has no such list`, {
        remedy: 'Use the names of the header of the table.',
      });
    return index;
  });
}
