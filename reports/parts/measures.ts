/** Several metrics in one table, each in a row: this year beside the last, with its interval and what it is a share of. */
import type { Table, Words } from '../blocks/block.ts';
import type { Found } from '../figures/book.ts';
import { bound, isPercent } from '../figures/bound.ts';
import type { Bilingual } from '../words/language.ts';
import { rowNamed } from '../words/metric-words.ts';
import type { Edition } from './edition.ts';
import { text } from './say.ts';

export interface Measure {
  readonly words: Bilingual;
  readonly found: Found;
}

/** A metric stands for the row of its total in the place of the report. */
export type Row = Measure | string;

export function rowsOf(edition: Edition, rows: readonly Row[]): readonly Measure[] {
  return rows.map((row) =>
    typeof row === 'string' ? { words: rowName(edition, row), found: edition.book.total(row) } : row,
  );
}

/** A row for one member of a breakdown. */
export function measureOf(
  { book }: Edition,
  metric: string,
  [by, code]: readonly [by: string, code: string],
  words: Bilingual,
): Measure {
  return { words, found: book.member(metric, by, code) };
}

/** A row for the whole state, also in a county's report. */
export function statewideMeasure(edition: Edition, metric: string): Measure {
  return { words: rowName(edition, metric), found: edition.book.statewide(metric) };
}

export function measures(
  edition: Edition,
  id: string,
  caption: Bilingual,
  rows: readonly Row[],
  of: string = edition.place.name,
): Table {
  const { writing, book, year } = edition;
  const before = book.earlier.at(-1);
  const named = rowsOf(edition, rows);
  const shares = named.some(({ found }) => isPercent(found));
  const row = ({ words, found }: Measure): Words[] => [
    [text(edition, words)],
    ...(before === undefined ? [] : [[bound(book.inYear(found, before), writing)]]),
    [bound(found, writing)],
    ...(shares ? [interval(edition, found), ofHowMany(edition, found)] : []),
  ];
  return {
    kind: 'table',
    id,
    caption: `${text(edition, caption)}, ${of}`,
    columns: [
      { head: text(edition, { en: 'Measure', es: 'Medida' }), numeric: false },
      ...(before === undefined ? [] : [{ head: before, numeric: true }]),
      { head: year, numeric: true },
      ...(shares
        ? [
            { head: text(edition, { en: '95% interval', es: 'Intervalo del 95%' }), numeric: true },
            { head: text(edition, { en: 'Of how many', es: 'De cuántos' }), numeric: true },
          ]
        : []),
    ],
    rows: named.map(row),
  };
}

function interval({ writing }: Edition, found: Found): Words {
  if (typeof found.figure?.lower !== 'number' || typeof found.figure.upper !== 'number') return ['–'];
  return [bound(found, writing, 'lower'), ' – ', bound(found, writing, 'upper')];
}

function ofHowMany({ writing }: Edition, found: Found): Words {
  return typeof found.figure?.denominator === 'number' ? [bound(found, writing, 'denominator')] : ['–'];
}

function rowName({ contracts }: Edition, metric: string): Bilingual {
  return rowNamed(metric, contracts.metrics.get(metric)?.title ?? metric);
}
