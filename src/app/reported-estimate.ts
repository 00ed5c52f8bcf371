import type { HubAnswer } from '../../etl/prevalence/hub-answer.ts';

/** An estimate with what its pages say about it. */
export interface Reported {
  /** Begins the names of the files. */
  readonly name: string;
  /** What it is an estimate of: a year and an area, or a file. */
  readonly of: string;
  /** Whom it counts. */
  readonly who: string;
  /** What its interval holds, in a sentence. */
  readonly holds: string;
  readonly madeUp: boolean;
  readonly answer: HubAnswer;
  /** What it was made of, so that it can be made again. */
  readonly madeOf: Readonly<Record<string, unknown>>;
}
