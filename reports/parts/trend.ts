/** Measures over all the years of a release, and the first of them as a line that stops where a year is hidden. */
import type { Block, Table } from '../blocks/block.ts';
import { isKnown } from '../charts/cell.ts';
import { lines } from '../charts/line.ts';
import { bound, charted, isPercent } from '../figures/bound.ts';
import type { Bilingual } from '../words/language.ts';
import type { Edition } from './edition.ts';
import { type Measure, type Row, rowsOf } from './measures.ts';
import { picture, sameNumbers } from './picture.ts';
import { text } from './say.ts';

/** More would not fit on a page. */
const MOST_YEARS = 6;

export function trend(edition: Edition, caption: Bilingual, given: readonly Row[]): Block[] {
  const { book, year, writing, place } = edition;
  const rows = rowsOf(edition, given);
  const years = [...book.earlier, year].slice(-MOST_YEARS);
  const table: Table = {
    kind: 'table',
    id: 'trend',
    caption: `${text(edition, caption)}, ${place.name}`,
    columns: [
      { head: text(edition, { en: 'Measure', es: 'Medida' }), numeric: false },
      ...years.map((head) => ({ head, numeric: true })),
    ],
    rows: rows.map(({ words, found }) => [
      [text(edition, words)],
      ...years.map((each) => [bound(book.inYear(found, each), writing)]),
    ]),
  };
  return [...line(edition, years, rows[0]), table];
}

function line(edition: Edition, years: readonly string[], first: Measure | undefined): Block[] {
  if (first === undefined) return [];
  const { book, place } = edition;
  const cells = years.map((each) => charted(book.inYear(first.found, each)));
  if (cells.filter(isKnown).length < 2) return [];
  return [
    picture(edition, {
      id: 'chart-trend',
      title: first.words,
      caption: sameNumbers(edition, place.name),
      metric: first.found.metric,
      percent: isPercent(first.found),
      points: years.map((each, at) => ({ label: each, cell: cells[at] ?? { status: 'not_available' } })),
      draw: (about) => lines(about, { periods: years, series: [{ label: '', cells }] }),
    }),
  ];
}
