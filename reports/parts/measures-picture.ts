/** Shares side by side as bars with their intervals, with the table of the same numbers under it. */
import type { Block } from '../blocks/block.ts';
import { barInterval } from '../charts/bar-interval.ts';
import { isKnown } from '../charts/cell.ts';
import { charted } from '../figures/bound.ts';
import type { Bilingual } from '../words/language.ts';
import type { Edition } from './edition.ts';
import { measures, type Row, rowsOf } from './measures.ts';
import { picture, sameNumbers } from './picture.ts';
import { text } from './say.ts';

export function sharesPictured(
  edition: Edition,
  id: string,
  caption: Bilingual,
  given: readonly Row[],
): Block[] {
  const rows = rowsOf(edition, given);
  const bars = rows.map(({ words, found }) => ({ label: text(edition, words), cell: charted(found) }));
  const table = measures(edition, id, caption, rows);
  const [first] = rows;
  if (first === undefined || !bars.some(({ cell }) => isKnown(cell))) return [table];
  return [
    picture(edition, {
      id: `chart-${id}`,
      title: { en: `${caption.en}, ${edition.year}`, es: `${caption.es}, ${edition.year}` },
      caption: sameNumbers(edition, edition.place.name),
      metric: first.found.metric,
      percent: true,
      points: bars,
      draw: (about) => barInterval(about, bars),
    }),
    table,
  ];
}
