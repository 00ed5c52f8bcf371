/** What the year before counts now, beside what last year's report said of it. */
import type { Block } from '../blocks/block.ts';
import { bound } from '../figures/bound.ts';
import { says } from '../parts/chapter.ts';
import type { Edition } from '../parts/edition.ts';
import { type Row, rowsOf } from '../parts/measures.ts';
import { text } from '../parts/say.ts';

export function revisions(edition: Edition, rows: readonly Row[]): Block[] {
  const { lastFinal, writing, year, book, release, place } = edition;
  const before = String(Number(year) - 1);
  if (lastFinal === undefined)
    return [
      says(
        edition,
        {
          en: 'No final release of {before} stands in this hub, so there is no earlier report of that year whose figures could have been revised.',
          es: 'En este centro no hay ninguna publicación definitiva de {before}, así que no existe un informe anterior de ese año cuyas cifras pudieran revisarse.',
        },
        { before },
      ),
    ];
  return [
    says(
      edition,
      {
        en: 'The report of {before} was made of release {last}. The table sets what that release said of {before} beside what this one says.',
        es: 'El informe de {before} se hizo con la publicación {last}. La tabla compara lo que esa publicación decía de {before} con lo que dice esta.',
      },
      { before, last: String(lastFinal.release.number) },
    ),
    {
      kind: 'table',
      id: 'revisions',
      caption: text(edition, {
        en: `Revisions of the figures of ${before}, ${place.name}`,
        es: `Revisiones de las cifras de ${before}, ${place.name}`,
      }),
      columns: [
        { head: text(edition, { en: 'Measure', es: 'Medida' }), numeric: false },
        { head: releaseHead(edition, lastFinal.release.number), numeric: true },
        { head: releaseHead(edition, release.number), numeric: true },
      ],
      rows: rowsOf(edition, rows).map(({ words, found }) => [
        [text(edition, words)],
        [bound(lastFinal.book.inYear(found, before), writing).text],
        [bound(book.inYear(found, before), writing)],
      ]),
    },
  ];
}

function releaseHead(edition: Edition, number: number): string {
  return text(edition, { en: `Release ${number}`, es: `Publicación ${number}` });
}
