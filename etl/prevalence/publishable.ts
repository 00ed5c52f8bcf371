/**
 * What of an estimate may leave the hub. With the sizes of two lists an estimate gives their overlap back, so that it
 * rests on overlaps that may be shown themselves, and is rounded; what is shown beside it is rounded more coarsely still,
 * since many figures of the same lists could otherwise be solved for their small overlaps. Pure.
 */
import type { Annex, HubAnswer, PlainTable } from './hub-answer.ts';

const LEAST_OVERLAP = 11;
const ROUNDED_TO = 10;
/** Figures beside an estimate are told in steps of at least this share of them. */
const STEP = 0.05;

export interface Rounded {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Beside extends Rounded {
  readonly member: string;
}

export interface Publishable {
  readonly figure: Rounded;
  /** By way of estimating; the hub's own is the figure. */
  readonly byMethod: readonly Beside[];
  /** Without each system in turn. */
  readonly without: readonly Beside[];
  /** By the odds ratio that no list can show. */
  readonly byOddsRatio: readonly Beside[];
}

/** Either the figures, or in words why there are none. */
export function publishable(answer: HubAnswer): Publishable | { readonly withheld: string } {
  const { refused, reasons, value, lower, upper, annex } = answer;
  if (refused || value === null || lower === null || upper === null)
    return { withheld: `no figure: ${reasonsInWords(reasons)}` };
  const least = leastOverlap([annex.table, ...(annex.draws ?? [])]);
  if (least === null || least < LEAST_OVERLAP)
    return { withheld: `withheld: two of the lists share fewer than ${LEAST_OVERLAP} young people` };
  return {
    figure: roundedTo(ROUNDED_TO, { value, lower, upper }),
    byMethod: methodsOf(annex),
    without: (annex.sensitivity?.leaveOneOut ?? []).flatMap(({ list, status, estimate, ...limits }) =>
      status === 0 ? coarse(list, { value: estimate, ...limits }) : [],
    ),
    byOddsRatio: (annex.sensitivity?.oddsRatio?.points ?? []).flatMap(({ xi, estimate, ...limits }) =>
      coarse(String(Math.round(xi * 100) / 100), { value: estimate, ...limits }),
    ),
  };
}

const SHOWN_METHODS = new Set<string>([
  'mth-chao',
  'main-effects',
  'stepwise',
  'best-bic',
  'bic-average',
  'bma',
]);

function methodsOf({ results = [], corrected }: Annex): readonly Beside[] {
  const own = results
    .filter(({ method }) => SHOWN_METHODS.has(method))
    .flatMap(({ method, estimate, lower, upper }) => coarse(method, { value: estimate, lower, upper }));
  const right = corrected?.results.find(({ method }) => method === 'stepwise');
  return right === undefined
    ? own
    : [...own, ...coarse('linkage-put-right', { ...right, value: right.estimate })];
}

interface Exact {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

function coarse(member: string, { value, lower, upper }: Exact): Beside[] {
  if (value === null || lower === null || upper === null) return [];
  if (![value, lower, upper].every((each) => Number.isFinite(each))) return [];
  return [{ member, ...roundedTo(stepOf(value), { value, lower, upper }) }];
}

/** The least of 10, 20, 50, 100, 200 … that is at least a twentieth of the value. */
export function stepOf(value: number): number {
  for (let ten = ROUNDED_TO; ; ten *= 10)
    for (const step of [ten, 2 * ten, 5 * ten]) if (step >= STEP * value) return step;
}

/** The limits outwards. */
function roundedTo(step: number, { value, lower, upper }: Rounded): Rounded {
  return {
    value: Math.round(value / step) * step,
    lower: Math.floor(lower / step) * step,
    upper: Math.ceil(upper / step) * step,
  };
}

/** The histories of a table are numbered by their lists, one bit for each. */
export function leastOverlap(tables: readonly PlainTable[]): number | null {
  const overlaps = tables.flatMap(({ lists, counts }) =>
    lists.flatMap((_, one) =>
      lists
        .slice(0, one)
        .map((__, other) =>
          counts.reduce(
            (sum, count, history) => ((history >> one) & (history >> other) & 1 ? sum + count : sum),
            0,
          ),
        ),
    ),
  );
  return overlaps.length === 0 ? null : Math.min(...overlaps);
}

/** A reason names numbers after its code, some of them counts of the lists; what leaves the hub are the words alone. */
function reasonsInWords(reasons: readonly string[]): string {
  const found = reasons.map(
    (reason) => Object.entries(WORDS).find(([code]) => reason.includes(code))?.[1] ?? UNNAMED,
  );
  return [...new Set(found)].join('; ') || UNNAMED;
}

const UNNAMED = 'the lists cannot carry an estimate';
const WORDS: Readonly<Record<string, string>> = {
  TOO_FEW_LISTS: 'fewer than three lists share young people with another',
  OVERLAP_TOO_THIN: `fewer than ${LEAST_OVERLAP} young people are on more than one list`,
  FAMILIES_DISAGREE: 'the ways of estimating disagree by more than a factor of two',
  GRID_EDGE: 'the lists say nothing against any number',
  NO_MLE: 'the overlaps that an estimate needs are empty',
  NOT_IDENTIFIABLE: 'the lists cannot tell different numbers apart',
  LINKAGE_DRAWS: 'too many possible linkages give no estimate',
};
