/** A metric for every county, in the state's report; a county's report has none of it. */
import type { Block, Table } from '../blocks/block.ts';
import { isKnown } from '../charts/cell.ts';
import { choropleth } from '../charts/choropleth.ts';
import type { Member } from '../figures/book.ts';
import { bound, charted, isPercent } from '../figures/bound.ts';
import type { Bilingual } from '../words/language.ts';
import { says } from './chapter.ts';
import type { Edition } from './edition.ts';
import { picture, sameNumbers } from './picture.ts';
import { text } from './say.ts';

export interface AskedByCounty {
  readonly metric: string;
  readonly caption: Bilingual;
  /** Also as a map. */
  readonly mapped?: boolean;
}

export function byCounty(edition: Edition, asked: AskedByCounty): Block[] {
  const { place, book, writing, year } = edition;
  if (place.county !== undefined) return [];
  const before = book.earlier.at(-1);
  const all = book.counties(asked.metric);
  const told = ({ found }: Member): boolean =>
    [found, ...(before === undefined ? [] : [book.inYear(found, before)])].some(
      ({ figure }) => figure !== undefined && figure.status !== 'not_available',
    );
  const members = all.filter(told);
  const percent = members.some(({ found }) => isPercent(found));
  const table: Table = {
    kind: 'table',
    id: `${asked.metric}-counties`.replaceAll('_', '-'),
    caption: text(edition, asked.caption),
    columns: [
      { head: text(edition, { en: 'County', es: 'Condado' }), numeric: false },
      ...(before === undefined ? [] : [{ head: before, numeric: true }]),
      { head: year, numeric: true },
      ...(percent ? [{ head: text(edition, { en: 'Of how many', es: 'De cuántos' }), numeric: true }] : []),
    ],
    rows: members.map(({ label, found }) => [
      [label],
      ...(before === undefined ? [] : [[bound(book.inYear(found, before), writing)]]),
      [bound(found, writing)],
      ...(percent ? [[bound(found, writing, 'denominator')]] : []),
    ]),
  };
  return [
    ...(asked.mapped === true ? mapOf(edition, asked) : []),
    ...(members.length === 0 ? [] : [table]),
    ...untold(
      edition,
      asked,
      all.filter((member) => !told(member)),
    ),
  ];
}

/** Counties of which there is nothing are named together: rows of marks would hide the others. */
function untold(edition: Edition, { caption }: AskedByCounty, counties: readonly Member[]): Block[] {
  if (counties.length === 0) return [];
  return [
    says(
      edition,
      {
        en: '{what}: the release has no figure of {counties}.',
        es: '{what}: la publicación no tiene ninguna cifra de {counties}.',
      },
      {
        what: text(edition, caption),
        counties: edition.writing.all(counties.map(({ label }) => label)),
      },
    ),
  ];
}

function mapOf(edition: Edition, { metric, caption }: AskedByCounty): Block[] {
  const places = edition.book
    .counties(metric)
    .map(({ code, label, found }) => ({ fips: code, label, cell: charted(found) }));
  if (!places.some(({ cell }) => isKnown(cell))) return [];
  return [
    picture(edition, {
      id: `chart-${metric}-counties`.replaceAll('_', '-'),
      title: { en: `${caption.en}, ${edition.year}`, es: `${caption.es}, ${edition.year}` },
      caption: sameNumbers(edition, edition.place.name),
      metric,
      percent: false,
      points: places,
      draw: (about) => choropleth(about, places, text(edition, { en: 'young people', es: 'jóvenes' })),
    }),
  ];
}
