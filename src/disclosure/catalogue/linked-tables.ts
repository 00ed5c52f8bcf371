import { Refused } from '../../errors.ts';
import type { Cell, Insider, Table } from '../table.ts';
import { ALL, type CandidateFigure, placeKey } from './candidate.ts';
import { type DeclaredMetric, isPartOfWhole, type ReckonedTable, reckonedTables } from './declared-metric.ts';
import { endedQuantity, endedWithin, tieEnded } from './ended-within.ts';
import { levelOf } from './level.ts';
import { type Hierarchy, linesOf } from './lines.ts';
import { cellId, denominatorQuantity, type Members, sameCells } from './quantities.ts';
import { tieEstimate } from './tie-estimate.ts';
import { tieShares } from './tie-shares.ts';
import { newTies, type Ties, tieLine, tiePart } from './ties.ts';

/** A figure of the release with the cells that it is made of. */
export interface PlacedFigure {
  readonly figure: CandidateFigure;
  readonly audience: 'public' | 'secure';
  /** Hidden as soon as one of these is. */
  readonly operands: readonly string[];
}

/** Everything that a release would publish, as one set of linked cells, and where each figure stands in it. */
export interface LinkedTables {
  readonly table: Table;
  readonly placed: readonly PlacedFigure[];
}

export interface Catalogue {
  readonly metrics: ReadonlyMap<string, DeclaredMetric>;
  readonly hierarchies: readonly Hierarchy[];
  /** Counts from 1 to one below it are protected, differences of counts included. */
  readonly threshold: number;
  /** Levels of detail that are left out: too little of them could be shown, or no choice of blanks makes them safe. */
  readonly leftOut: ReadonlySet<string>;
  /** Metrics of which nobody may learn that all or none of a group are counted. */
  readonly sensitive?: ReadonlySet<string>;
}

/** From the declared catalogue and a candidate's figures to the one set of cells that is protected as a whole. */
export function linkedTables(figures: readonly CandidateFigure[], catalogue: Catalogue): LinkedTables {
  const { released, others } = reckonedFigures(figures, catalogue);
  const cells = new Map<string, Cell>();
  const placed = released.map(({ figure, audience }): PlacedFigure => {
    const metric = catalogue.metrics.get(figure.metric) as DeclaredMetric;
    return { figure, audience, operands: cellsOf(figure, metric, audience === 'public', cells) };
  });
  const same = sameCells(quantitiesOf(cells));
  const ties = newTies(cells, same, catalogue.threshold);
  for (const [one, other] of same) ties.eqs.set(`${one} is ${other}`, [one, [other]]);
  for (const [id, figures] of Map.groupBy(
    placed.map(({ figure }) => figure),
    ({ metric }) => metric,
  )) {
    const metric = catalogue.metrics.get(id) as DeclaredMetric;
    if (isPartOfWhole(metric)) tieShares(figures, metric, ties);
    tieEnded(figures, metric, catalogue.hierarchies, ties);
    for (const quantity of [id, `${id}/of`])
      tieQuantity(quantity, metric, figures, catalogue.hierarchies, ties);
  }
  for (const figure of others) tieOwn(figure, catalogue, cells, ties);
  for (const { figure } of placed) tieEstimate(figure, catalogue.metrics, cells, ties);
  for (const [id, cell] of ties.cells) cells.set(id, cell);
  return {
    placed,
    table: {
      cells: [...cells.values()],
      eqs: [...ties.eqs.values()],
      atMost: [...ties.atMost.values()],
      figures: [],
      insiders: countiesOf(cells),
      sensitive: sensitiveShares(placed, catalogue),
    },
  };
}

/** The numbers of each quantity by their place, which is the rest of their id. */
function quantitiesOf(cells: ReadonlyMap<string, Cell>): Map<string, Map<string, number>> {
  const quantities = new Map<string, Map<string, number>>();
  for (const { id, v, fixed } of cells.values()) {
    if (fixed) continue;
    const cut = id.indexOf(' ');
    const quantity = id.slice(0, cut);
    const places = quantities.get(quantity) ?? new Map<string, number>();
    quantities.set(quantity, places.set(id.slice(cut + 1), v));
  }
  return quantities;
}

/** Figures of the tables that a release holds, and of those that it does not hold or leaves out. */
function reckonedFigures(
  figures: readonly CandidateFigure[],
  { metrics, leftOut }: Catalogue,
): { released: Pick<PlacedFigure, 'figure' | 'audience'>[]; others: CandidateFigure[] } {
  const tables = new Map<string, ReckonedTable>();
  for (const metric of metrics.values())
    for (const table of reckonedTables(metric)) tables.set(`${metric.id} ${table.name}`, table);
  const seen = new Set<string>();
  const released: Pick<PlacedFigure, 'figure' | 'audience'>[] = [];
  const others: CandidateFigure[] = [];
  for (const figure of figures) {
    const audience = tables.get(`${figure.metric} ${figure.tbl}`)?.audience;
    if (audience === undefined) continue;
    const key = placeKey(figure);
    if (seen.has(key)) throw new Refused('FIGURE_TWICE', `the candidate holds ${key} twice`);
    seen.add(key);
    if (audience === 'nobody' || leftOut.has(levelOf(figure))) others.push(figure);
    else released.push({ figure, audience });
  }
  return { released, others };
}

/** The cells that a figure is made of. */
function cellsOf(
  figure: CandidateFigure,
  metric: DeclaredMetric,
  isShown: boolean,
  cells: Map<string, Cell>,
): string[] {
  const { numerator, denominator, period, dims } = figure;
  if (numerator === null) return [];
  const id = cellId(metric.id, period, dims);
  putCell(cells, id, numerator, isShown, dims);
  if (denominator === null) return [id];
  const ended = endedWithin(figure, metric);
  const within = ended === undefined ? [] : [cellId(endedQuantity(metric), period, dims)];
  for (const one of within) putCell(cells, one, ended ?? 0, isShown, dims);
  const den = cellId(denominatorQuantity(metric), period, dims);
  const isKnown = metric.denominatorOf?.protected === false;
  if (!isKnown) putCell(cells, den, denominator, isShown, dims);
  else if (isPartOfWhole(metric)) cells.set(den, known(den, denominator));
  return isKnown ? [id, ...within] : [id, den, ...within];
}

/**
 * A county knows its own part of a total also where no release holds that part: where the others are few, how many they are
 * is protected from it.
 */
function tieOwn(
  { metric: of, period, dims, numerator, denominator }: CandidateFigure,
  { metrics, threshold }: Catalogue,
  cells: Map<string, Cell>,
  ties: Ties,
): void {
  const metric = metrics.get(of);
  const { county = ALL, ...others } = dims;
  if (metric === undefined || !/^\d{5}$/.test(county)) return;
  const counts = [
    [metric.id, numerator],
    [denominatorQuantity(metric), denominator],
  ] as const;
  for (const [quantity, v] of counts) {
    const whole = cells.get(cellId(quantity, period, others));
    const id = cellId(quantity, period, dims);
    if (v === null || whole === undefined || whole.fixed || cells.has(id)) continue;
    const rest = whole.v - v;
    if (rest < 1 || rest >= threshold) continue;
    putCell(cells, id, v, false, dims);
    tiePart(ties, id, whole.id);
  }
}

function tieQuantity(
  quantity: string,
  metric: DeclaredMetric,
  figures: readonly CandidateFigure[],
  hierarchies: readonly Hierarchy[],
  ties: Ties,
): void {
  const lines = linesOf(quantity, figures, hierarchies, (id) => ties.known(id) !== undefined);
  const value = (id: string): number => ties.known(id)?.v ?? 0;
  const gaps = figures.some(({ status }) => status === 'not_available');
  const sumsUp = (along: 'time' | 'space'): boolean =>
    lines
      .filter((line) => (line.along === 'time') === (along === 'time'))
      .every(({ total, parts }) => parts.reduce((so, part) => so + value(part), 0) === value(total));
  // Over time nobody declares whether counts add up; where they all do, a reader may find that out and use it.
  const inTime = sumsUp('time');
  const inSpace = metric.additive || sumsUp('space');
  // A quarter may count whom its year does not, where the year's last word decides: then the two are not tied.
  const nested = lines.every(
    ({ total, parts, along }) => along !== 'time' || parts.every((part) => value(part) <= value(total)),
  );
  for (const line of lines.filter(({ along }) => nested || along !== 'time'))
    tieLine(ties, line, {
      addsUp: line.along === 'time' ? inTime : inSpace,
      mayBeOpen: line.along === 'time' || gaps,
    });
}

/** Each sensitive part with the whole that it is a part of. */
function sensitiveShares(
  placed: readonly PlacedFigure[],
  { metrics, sensitive }: Catalogue,
): (readonly [whole: string, part: string])[] {
  return placed.flatMap(({ figure, operands }) => {
    const metric = metrics.get(figure.metric);
    // Of a share that ended in time those who did are the last operand; otherwise they are the first.
    const part = metric?.statistic === 'survival' ? operands.at(-1) : operands[0];
    if (part === undefined || metric === undefined || figure.denominator === null) return [];
    if (sensitive?.has(metric.id) !== true || !isPartOfWhole(metric)) return [];
    return [[cellId(denominatorQuantity(metric), figure.period, figure.dims), part] as const];
  });
}

/** A cell is withheld until a table that is shown holds it. */
function putCell(cells: Map<string, Cell>, id: string, v: number, isShown: boolean, dims: Members): void {
  const other = cells.get(id);
  if (other !== undefined && other.v !== v) throw contradicted(id);
  if (!Number.isSafeInteger(v) || v < 0)
    throw new Refused('CELL_NOT_A_COUNT', `the candidate's ${id} is no whole number from 0`);
  const withheld = !isShown && other?.withheld !== false;
  cells.set(id, { ...known(id, v), fixed: false, withheld, groups: other?.groups ?? dims });
}

function known(id: string, v: number): Cell {
  return { id, v, withheld: false, nonzero: false, fixed: true, magnitude: false, weight: 1 };
}

function contradicted(id: string): Refused {
  return new Refused('CELL_CONTRADICTED', `the candidate holds ${id} twice with different values`, {
    remedy: 'two tables of one metric count differently: correct the metric and measure again',
  });
}

/** Every county knows its own cells, those of its secure twin included. */
function countiesOf(cells: ReadonlyMap<string, Cell>): Insider[] {
  const own = Map.groupBy(
    [...cells.values()].filter(({ groups }) => /^\d{5}$/.test(groups?.['county'] ?? '')),
    ({ groups }) => groups?.['county'] ?? '',
  );
  return [...own]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([county, of]) => ({ name: `county ${county}`, knows: of.map(({ id }) => id), own: true }));
}
