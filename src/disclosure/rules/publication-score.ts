import { Refused } from '../../errors.ts';
import { expectFields, expectId, expectObject } from '../reading.ts';

/** The scores of the guidelines, read from schema/policies/scoring. */
export interface Scoring {
  readonly id: string;
  readonly releasableUpTo: number;
  readonly numeratorFrom: number;
  readonly denominatorFrom: number;
  readonly variables: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The table that is asked about: its smallest count, its population, and each variable's levels. */
export interface Asked {
  readonly numerator: number;
  readonly denominator: number;
  /** For each variable the levels that occur in the table; the highest score counts. */
  readonly levels: Readonly<Record<string, readonly string[]>>;
  readonly highRisk: boolean;
}

export interface Scored {
  readonly score: number;
  /** The score by itself would have the table masked. */
  readonly maskByScore: boolean;
  readonly mask: boolean;
}

export function readScoring(input: unknown): Scoring {
  const source = expectObject(input, 'scoring');
  const fields = ['id', 'releasableUpTo', 'numeratorFrom', 'denominatorFrom', 'variables'];
  expectFields(source, fields, 'scoring');
  const number = (field: string): number => {
    if (typeof source[field] !== 'number') throw new Refused('SCORING', `scoring: ${field} must be a number`);
    return source[field];
  };
  const variables = expectObject(source['variables'], 'scoring: variables');
  return {
    id: expectId(source['id'], 'scoring'),
    releasableUpTo: number('releasableUpTo'),
    numeratorFrom: number('numeratorFrom'),
    denominatorFrom: number('denominatorFrom'),
    variables: Object.fromEntries(Object.keys(variables).map((name) => [name, readLevels(variables, name)])),
  };
}

function readLevels(variables: Readonly<Record<string, unknown>>, name: string): Record<string, number> {
  const levels = expectObject(variables[name], `scoring: ${name}`);
  return Object.fromEntries(
    Object.entries(levels).map(([level, score]) => {
      if (typeof score !== 'number')
        throw new Refused('SCORING', `scoring: ${name}, ${level} must be a number`);
      return [level, score];
    }),
  );
}

/** Whether a table must be masked: the first screen, then the score; high-risk counts whatever the score. */
export function publicationScore(scoring: Scoring, asked: Asked): Scored {
  const score = Object.entries(asked.levels).reduce(
    (so, [variable, levels]) => so + highest(scoring, variable, levels),
    0,
  );
  const large = asked.numerator === 0 || asked.numerator >= scoring.numeratorFrom;
  const screened = large && asked.denominator >= scoring.denominatorFrom;
  const maskByScore = score > scoring.releasableUpTo;
  return { score, maskByScore, mask: (asked.highRisk && !large) || (!screened && maskByScore) };
}

function highest(scoring: Scoring, variable: string, levels: readonly string[]): number {
  const known = scoring.variables[variable];
  const scores = levels.map((level) => known?.[level]);
  const at = scores.indexOf(undefined);
  if (known === undefined || at >= 0)
    throw new Refused(
      'SCORING',
      `scoring ${scoring.id} knows no ${variable}${at < 0 ? '' : ` ${levels[at]}`}`,
    );
  return Math.max(...(scores as number[]));
}
