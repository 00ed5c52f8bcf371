import { Refused } from '../../errors.ts';
import type { Cell, Insider, Table } from '../table.ts';
import { ALL, type CandidateFigure, placeKey } from './candidate.ts';
import { type DeclaredMetric, isShare, type ReleasedTable, releasedTables } from './declared-metric.ts';
import { type Hierarchy, linesOf } from './lines.ts';
import { cellId, denominatorQuantity, type Members, sameCells } from './quantities.ts';
import { tieEstimate } from './tie-estimate.ts';
import { type Ties, tieLine, tiePart } from './ties.ts';

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
}

/** From the declared catalogue and a candidate's figures to the one set of cells that is protected as a whole. */
export function linkedTables(figures: readonly CandidateFigure[], catalogue: Catalogue): LinkedTables {
  const released = figuresOfReleasedTables(figures, catalogue);
  const cells = new Map<string, Cell>();
  const ties: Ties = { cells: new Map(), eqs: new Map(), atMost: new Map(), threshold: catalogue.threshold };
  const placed: PlacedFigure[] = [];
  for (const [id, ofMetric] of Map.groupBy(released, ({ figure }) => figure.metric)) {
    const metric = catalogue.metrics.get(id) as DeclaredMetric;
    for (const { figure, table } of ofMetric) placed.push(placeFigure(figure, table, metric, cells, ties));
    for (const quantity of [id, `${id}/of`])
      tieQuantity(
        quantity,
        metric,
        ofMetric.map(({ figure }) => figure),
        catalogue.hierarchies,
        cells,
        ties,
      );
  }
  for (const figure of figures) tieOwnOfLeftOut(figure, catalogue, cells, ties);
  for (const { figure } of released) tieEstimate(figure, catalogue.metrics, cells, ties);
  for (const [one, other] of sameCells(quantitiesOf(cells)))
    ties.eqs.set(`${one} is ${other}`, [one, [other]]);
  for (const [id, cell] of ties.cells) cells.set(id, cell);
  return {
    placed,
    table: {
      cells: [...cells.values()],
      eqs: [...ties.eqs.values()],
      atMost: [...ties.atMost.values()],
      figures: [],
      insiders: countiesOf(cells),
      sensitive: [],
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

function figuresOfReleasedTables(
  figures: readonly CandidateFigure[],
  { metrics, leftOut }: Catalogue,
): { figure: CandidateFigure; table: ReleasedTable }[] {
  const tables = new Map<string, ReleasedTable>();
  for (const metric of metrics.values())
    for (const table of releasedTables(metric)) tables.set(`${metric.id} ${table.name}`, table);
  const seen = new Set<string>();
  return figures.flatMap((figure) => {
    const table = tables.get(`${figure.metric} ${figure.tbl}`);
    if (table === undefined || leftOut.has(levelOf(figure))) return [];
    const key = placeKey(figure);
    if (seen.has(key)) throw new Refused('FIGURE_TWICE', `the candidate holds ${key} twice`);
    seen.add(key);
    return [{ figure, table }];
  });
}

/**
 * The unit that is left out: all cells of one metric and period that are broken down in the same way. A margin is of a
 * coarser level than the cells that it sums, and stays when they go.
 */
export function levelOf({
  metric,
  period,
  dims,
}: Pick<CandidateFigure, 'metric' | 'period' | 'dims'>): string {
  return `${metric} ${brokenDownBy(dims).join('+')} ${period}`;
}

/** The dimensions of which a cell is one member. */
export function brokenDownBy(dims: Members): string[] {
  return Object.keys(dims)
    .filter((dimension) => dims[dimension] !== ALL)
    .toSorted();
}

function placeFigure(
  figure: CandidateFigure,
  table: ReleasedTable,
  metric: DeclaredMetric,
  cells: Map<string, Cell>,
  ties: Ties,
): PlacedFigure {
  const { numerator, denominator, period, dims } = figure;
  const { audience } = table;
  if (numerator === null) return { figure, audience, operands: [] };
  const isPublic = audience === 'public';
  const id = cellId(metric.id, period, dims);
  putCell(cells, id, numerator, isPublic, dims);
  if (denominator === null) return { figure, audience, operands: [id] };
  const den = cellId(denominatorQuantity(metric), period, dims);
  const isKnown = metric.denominatorOf?.protected === false;
  if (!isKnown) putCell(cells, den, denominator, isPublic, dims);
  else if (isShare(metric)) cells.set(den, known(den, denominator));
  if (isShare(metric)) tiePart(ties, { id, v: numerator }, { id: den, v: denominator });
  return { figure, audience, operands: isKnown ? [id] : [id, den] };
}

/**
 * A county knows its own part of a total also where the breakdown by county is left out: where the others are few, how
 * many they are is protected from it.
 */
function tieOwnOfLeftOut(
  figure: CandidateFigure,
  { metrics, leftOut, threshold }: Catalogue,
  cells: Map<string, Cell>,
  ties: Ties,
): void {
  const metric = metrics.get(figure.metric);
  const { county = ALL, ...others } = figure.dims;
  if (metric === undefined || !/^\d{5}$/.test(county) || !leftOut.has(levelOf(figure))) return;
  const counts = [
    [metric.id, figure.numerator],
    [denominatorQuantity(metric), figure.denominator],
  ] as const;
  for (const [quantity, v] of counts) {
    const whole = cells.get(cellId(quantity, figure.period, others));
    if (v === null || whole === undefined || whole.fixed) continue;
    const rest = whole.v - v;
    if (rest < 1 || rest >= threshold) continue;
    const id = cellId(quantity, figure.period, figure.dims);
    putCell(cells, id, v, false, figure.dims);
    tiePart(ties, { id, v }, whole);
  }
}

function tieQuantity(
  quantity: string,
  metric: DeclaredMetric,
  figures: readonly CandidateFigure[],
  hierarchies: readonly Hierarchy[],
  cells: ReadonlyMap<string, Cell>,
  ties: Ties,
): void {
  const values = new Map([...cells].map(([id, { v }]) => [id, v]));
  const lines = linesOf(quantity, figures, hierarchies, values);
  const gaps = figures.some(({ status }) => status === 'not_available');
  const sumsUp = (along: 'time' | 'space'): boolean =>
    lines
      .filter((line) => (line.along === 'time') === (along === 'time'))
      .every(({ total, parts }) => sum(parts, values) === values.get(total));
  // Over time nobody declares whether counts add up; where they all do, a reader may find that out and use it.
  const inTime = sumsUp('time');
  const inSpace = metric.additive || sumsUp('space');
  // A quarter may count whom its year does not, where the year's last word decides: then the two are not tied.
  const nested = lines.every(
    ({ total, parts, along }) =>
      along !== 'time' || parts.every((part) => (values.get(part) ?? 0) <= (values.get(total) ?? 0)),
  );
  for (const line of lines.filter(({ along }) => nested || along !== 'time'))
    tieLine(ties, line, values, {
      addsUp: line.along === 'time' ? inTime : inSpace,
      mayBeOpen: line.along === 'time' || gaps,
    });
}

function sum(ids: readonly string[], values: ReadonlyMap<string, number>): number {
  return ids.reduce((so, id) => so + (values.get(id) ?? 0), 0);
}

/** A cell is withheld until a public table holds it. */
function putCell(cells: Map<string, Cell>, id: string, v: number, isPublic: boolean, dims: Members): void {
  const other = cells.get(id);
  if (other !== undefined && other.v !== v) throw contradicted(id);
  if (!Number.isSafeInteger(v) || v < 0)
    throw new Refused('CELL_NOT_A_COUNT', `the candidate's ${id} is no whole number from 0`);
  const withheld = !isPublic && other?.withheld !== false;
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
    .map(([county, of]) => ({ name: `county ${county}`, knows: of.map(({ id }) => id) }));
}
