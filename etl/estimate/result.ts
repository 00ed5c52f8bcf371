import type { Status } from './model-fit.ts';

/** One method's answer, or its refusal: then there are no figures, only the reason. */
export interface Result {
  readonly method: Method;
  readonly model: string | null;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
  readonly se: number | null;
  readonly deviance: number | null;
  readonly df: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly status: Status | null;
  readonly refused: boolean;
  readonly reason: string | null;
}

export const METHODS = [
  'petersen',
  'chapman',
  'chao',
  'chao-k',
  'chao-bc',
  'm0',
  'mt',
  'mh-chao',
  'mh-poisson2',
  'mh-darroch',
  'mh-gamma35',
  'mth-chao',
  'mth-poisson2',
  'mth-darroch',
  'mth-gamma35',
  'main-effects',
  'all-pairs',
  'stepwise',
  'best-bic',
  'best-aic',
  'bic-average',
  'aic-average',
  'bma',
  'latent-class',
  'sample-coverage',
] as const;
export type Method = (typeof METHODS)[number];

type Figures = Partial<
  Pick<Result, 'estimate' | 'lower' | 'upper' | 'se' | 'deviance' | 'df' | 'aic' | 'bic'>
>;

const NONE = {
  estimate: null,
  lower: null,
  upper: null,
  se: null,
  deviance: null,
  df: null,
  aic: null,
  bic: null,
};

/** A figure that is not finite (a limit that the likelihood never sets, a variance of one draw) is left out. */
export function answered(
  method: Method,
  level: number,
  figures: Figures,
  more: { model?: string; status?: Status } = {},
): Result {
  const finite = Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Number.isFinite(value) ? value : null]),
  );
  return {
    method,
    model: more.model ?? null,
    ...NONE,
    ...finite,
    level,
    status: more.status ?? null,
    refused: false,
    reason: null,
  };
}

export function declined(
  method: Method,
  level: number,
  reason: string,
  more: { model?: string; status?: Status; df?: number } = {},
): Result {
  return {
    method,
    model: more.model ?? null,
    ...NONE,
    df: more.df ?? null,
    level,
    status: more.status ?? null,
    refused: true,
    reason,
  };
}

/** Why a fit has no estimate, in words that a committee can read. */
export function statusReason(status: Status): string {
  const missing =
    'NO_MLE: the maximum-likelihood estimate does not exist; the overlaps that the model needs are empty';
  const blurred = 'NOT_IDENTIFIABLE: different hidden numbers fit these counts equally well under this model';
  switch (status) {
    case 0:
      return '';
    case 1:
      return missing;
    case 2:
      return blurred;
    case 3:
      return `${missing}; and ${blurred}`;
  }
}
