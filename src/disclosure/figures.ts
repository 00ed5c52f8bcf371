import { Refused } from '../errors.ts';
import { expectArray, expectFields, expectId, expectIds, expectObject } from './reading.ts';

/**
 * A published statistic made from cells: a percentage, a rate or a mean (`ratio`), or the band in which the
 * median of a banded distribution lies (`median`). Whoever reads it learns an inequality about its cells.
 */
export type Figure = RatioFigure | MedianFigure;

export interface RatioFigure {
  readonly id: string;
  readonly kind: 'ratio';
  readonly num: string;
  /** A cell, or a number that everybody knows, such as a census population. */
  readonly den: string | number;
  /** 100 for a percentage, 1000 or 100000 for a rate, 1 for a mean. */
  readonly per: number;
  readonly decimals: number;
  readonly operands: readonly string[];
}

export interface MedianFigure {
  readonly id: string;
  readonly kind: 'median';
  /** The bands from lowest to highest. */
  readonly bands: readonly string[];
  readonly operands: readonly string[];
}

/** lo ≤ Σ coefficient · cell ≤ hi: what a reader of the figure knows. */
export interface Inequality {
  readonly terms: readonly (readonly [id: string, coefficient: number])[];
  readonly lo: number;
  readonly hi: number;
}

const RATIO_FIELDS = ['id', 'kind', 'num', 'den', 'per', 'decimals'];
const MEDIAN_FIELDS = ['id', 'kind', 'bands'];

export function readFigures(input: unknown): Figure[] {
  const figures = expectArray(input, 'figures').map(readFigure);
  const ids = figures.map((figure) => figure.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length > 0) throw new Refused('FIGURE_TWICE', `figures given twice: ${twice.join(', ')}`);
  return figures;
}

function readFigure(item: unknown): Figure {
  const source = expectObject(item, 'figures');
  const id = expectId(source['id'], 'figures');
  if (source['kind'] === 'median') {
    expectFields(source, MEDIAN_FIELDS, `figure ${id}`);
    const bands = expectIds(source['bands'], `figure ${id}: bands`);
    return { id, kind: 'median', bands, operands: bands };
  }
  if (source['kind'] !== 'ratio')
    throw new Refused('FIGURE_KIND', `figure ${id}: kind must be ratio or median`);
  expectFields(source, RATIO_FIELDS, `figure ${id}`);
  const num = expectId(source['num'], `figure ${id}: num`);
  const den = source['den'];
  if (typeof den === 'number' ? !(Number.isSafeInteger(den) && den > 0) : typeof den !== 'string')
    throw new Refused('FIGURE_DENOMINATOR', `figure ${id}: den must be a cell or a whole number above 0`);
  const per = source['per'] ?? 100;
  const decimals = source['decimals'] ?? 0;
  if (!Number.isSafeInteger(per) || (per as number) < 1)
    throw new Refused('FIGURE_PER', `figure ${id}: per must be a whole number from 1`);
  if (!Number.isSafeInteger(decimals) || (decimals as number) < 0 || (decimals as number) > 6)
    throw new Refused('FIGURE_DECIMALS', `figure ${id}: decimals must be a whole number from 0 to 6`);
  const denominator = den as string | number;
  return {
    id,
    kind: 'ratio',
    num,
    den: denominator,
    per: per as number,
    decimals: decimals as number,
    operands: typeof denominator === 'string' ? [num, denominator] : [num],
  };
}

/** The figure as printed, scaled to whole units of its last decimal; nothing where it is not defined. */
export function printed(figure: Figure, value: (id: string) => number): number | undefined {
  return figure.kind === 'ratio' ? printedRatio(figure, value) : medianBand(figure, value);
}

function printedRatio(figure: RatioFigure, value: (id: string) => number): number | undefined {
  const den = denominator(figure, value);
  if (den === 0) return undefined;
  const scaled = value(figure.num) * figure.per * 10 ** figure.decimals;
  // Half up in whole numbers: floor((2·scaled + den) / (2·den)).
  return Math.floor((2 * scaled + den) / (2 * den));
}

function denominator(figure: RatioFigure, value: (id: string) => number): number {
  return typeof figure.den === 'number' ? figure.den : value(figure.den);
}

/** The first band at which half of all is reached. */
function medianBand(figure: MedianFigure, value: (id: string) => number): number | undefined {
  const all = figure.bands.reduce((so, band) => so + value(band), 0);
  if (all === 0) return undefined;
  let reached = 0;
  return figure.bands.findIndex((band) => {
    reached += value(band);
    return 2 * reached >= all;
  });
}

/** What the printed figure tells about its cells. */
export function inequalities(figure: Figure, value: (id: string) => number): Inequality[] {
  const shown = printed(figure, value);
  if (shown === undefined) return [];
  return figure.kind === 'ratio' ? ratioTells(figure, shown) : medianTells(figure, shown);
}

/** printed = p ⇔ (2p − 1)·den ≤ 2·scale·num ≤ (2p + 1)·den − 1, in whole numbers. */
function ratioTells(figure: RatioFigure, shown: number): Inequality[] {
  const scale = 2 * figure.per * 10 ** figure.decimals;
  if (typeof figure.den === 'number')
    return [
      {
        terms: [[figure.num, 1]],
        lo: Math.ceil(((2 * shown - 1) * figure.den) / scale),
        hi: Math.floor(((2 * shown + 1) * figure.den - 1) / scale),
      },
    ];
  if (figure.den === figure.num) return [];
  return [
    {
      terms: [
        [figure.num, scale],
        [figure.den, -(2 * shown - 1)],
      ],
      lo: 0,
      hi: Infinity,
    },
    {
      terms: [
        [figure.num, scale],
        [figure.den, -(2 * shown + 1)],
      ],
      lo: -Infinity,
      hi: -1,
    },
    { terms: [[figure.den, 1]], lo: 1, hi: Infinity },
  ];
}

function medianTells(figure: MedianFigure, shown: number): Inequality[] {
  const sign = (from: number): Inequality['terms'] =>
    figure.bands.map((band, at) => [band, at < from ? 1 : -1] as const);
  return [
    { terms: sign(shown + 1), lo: 0, hi: Infinity },
    { terms: sign(shown), lo: -Infinity, hi: -1 },
  ];
}
