import { ALL, type CandidateFigure, type Place, placeKey } from '../catalogue/candidate.ts';
import { levelOf } from '../catalogue/level.ts';
import type { PlacedFigure } from '../catalogue/linked-tables.ts';
import { partsOfPeriod } from '../catalogue/periods.ts';
import { codedPercent, printedPercent } from '../rules/percent-coding.ts';

/** A figure as a release shows it. Whatever is hidden carries nothing but its place. */
export interface ReleaseFigure extends Place {
  readonly version: number;
  readonly dims: Readonly<Record<string, string>>;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: 'shown' | 'hidden' | 'not_available' | 'provisional';
  readonly footnotes: readonly string[];
}

/** One marker, whatever the reason. */
const HIDDEN = 'Hidden to protect young people.';
/** Said of every cell of a level of detail, zeros included: it says nothing of any one of them. */
export const LEFT_OUT = 'Not published at this detail.';

/** What everybody sees. */
export function publicFigures(
  placed: readonly PlacedFigure[],
  isHidden: (figure: PlacedFigure) => boolean,
  isCoded: (figure: CandidateFigure) => boolean = () => false,
  leftOut: ReadonlySet<string> = new Set(),
): ReleaseFigure[] {
  const shown = placed
    .filter(({ audience }) => audience === 'public')
    .map((one) => {
      if (isHidden(one)) return hidden(one.figure, leftOut.has(levelOf(one.figure)) ? LEFT_OUT : HIDDEN);
      return isCoded(one.figure) ? coded(one.figure) : open(one.figure);
    });
  return offerPooled(shown).toSorted(byPlace);
}

/** A county's twin: its own figures as they are, for its own authorised analysts. */
export function twinFigures(placed: readonly PlacedFigure[], county: string): ReleaseFigure[] {
  return placed
    .filter(({ figure }) => figure.dims['county'] === county)
    .map(({ figure }) => open(figure))
    .toSorted(byPlace);
}

function open(figure: CandidateFigure): ReleaseFigure {
  const { metric, version, tbl, period, cell, dims, status, reason } = figure;
  const footnotes = reason === null ? [] : [reason];
  const place = { metric, version, tbl, period, cell, dims, footnotes };
  if (status === 'not_available') return { ...place, ...NOTHING, status };
  const { numerator, denominator, value, lower, upper } = figure;
  const shown = status === 'provisional' ? ('provisional' as const) : ('shown' as const);
  return { ...place, numerator, denominator, value, lower, upper, status: shown };
}

/** A percentage with both ends coded: neither its counts nor its exact value are shown beside it. */
function coded(figure: CandidateFigure): ReleaseFigure {
  const { numerator, denominator } = figure;
  if (numerator === null || denominator === null) return open(figure);
  const percent = printedPercent(codedPercent(numerator, denominator));
  return { ...open(figure), ...NOTHING, footnotes: [percent] };
}

function hidden({ metric, version, tbl, period, cell, dims }: CandidateFigure, why: string): ReleaseFigure {
  return { metric, version, tbl, period, cell, dims, ...NOTHING, status: 'hidden', footnotes: [why] };
}

const NOTHING = { numerator: null, denominator: null, value: null, lower: null, upper: null } as const;

/** Where a cell is blank, and pooled years show the same cell, it says so. */
function offerPooled(figures: readonly ReleaseFigure[]): ReleaseFigure[] {
  const pooled = new Map<string, string>();
  for (const figure of figures)
    if (figure.status === 'shown' || figure.status === 'provisional')
      for (const period of partsOfPeriod(figure.period)) {
        const key = placeKey({ ...figure, period });
        // Of several, the shortest: it begins last.
        const other = pooled.get(key);
        if (other === undefined || other < figure.period) pooled.set(key, figure.period);
      }
  return figures.map((figure) => {
    const offer = figure.status === 'hidden' ? pooled.get(placeKey(figure)) : undefined;
    return offer === undefined
      ? figure
      : { ...figure, footnotes: [...figure.footnotes, `Shown for ${offer} together.`] };
  });
}

export function byPlace(a: Place, b: Place): number {
  const [x, y] = [placeKey(a), placeKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** How many of a group's figures are blank, which every reader can count. */
export interface GroupSuppression {
  readonly dimension: string;
  readonly member: string;
  readonly figures: number;
  readonly hidden: number;
  /** Blank ones for which pooled years are shown. */
  readonly pooled: number;
}

/** By county and by race and ethnicity, so that protection does not silently erase a group. */
export function suppressionBy(dimension: string, figures: readonly ReleaseFigure[]): GroupSuppression[] {
  const of = figures.filter(({ dims, status }) => {
    const member = dims[dimension];
    return member !== undefined && member !== ALL && status !== 'not_available';
  });
  return [...Map.groupBy(of, ({ dims }) => dims[dimension] ?? ALL)]
    .map(([member, own]) => ({
      dimension,
      member,
      figures: own.length,
      hidden: own.filter(({ status }) => status === 'hidden').length,
      pooled: own.filter(({ status, footnotes }) => status === 'hidden' && footnotes.length > 1).length,
    }))
    .toSorted((a, b) => (a.member < b.member ? -1 : 1));
}
