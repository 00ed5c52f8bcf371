/** Pictures of a report: the charts of the console, at the width of a printed page, with their words beside them. */
import type { Figure, Words } from '../blocks/block.ts';
import { type Cell, type Words as ChartWords, inWords } from '../charts/cell.ts';
import type { About } from '../charts/frame.ts';
import type { Bilingual } from '../words/language.ts';
import type { Edition } from './edition.ts';
import { text } from './say.ts';

/** In pixels, so that the words in the picture come out at nine to ten points on paper. */
const WIDTH = 640;

export interface Pictured {
  readonly id: string;
  readonly title: Bilingual;
  readonly caption: Words;
  /** The metric that the numbers are of, and whether they are percentages. */
  readonly metric: string;
  readonly percent: boolean;
  readonly points: readonly { readonly label: string; readonly cell: Cell }[];
  readonly draw: (about: About) => string;
}

export function picture(edition: Edition, given: Pictured): Figure {
  const title = text(edition, given.title);
  const words = chartWords(edition, given.percent);
  const told = given.points.map(({ label, cell }) => `${label}: ${inWords(cell, words)}`).join('; ');
  const alt = `${edition.madeUp ? `${words.madeUp}. ` : ''}${title}. ${told}.`;
  const about: About = {
    id: given.id,
    title,
    desc: told,
    words,
    madeUp: edition.madeUp,
    source: sourceOf(edition, given.metric),
    width: WIDTH,
  };
  return { kind: 'figure', id: given.id, caption: given.caption, svg: given.draw(about), alt };
}

/** The title is in the picture; under it stands of whom it is, and that its numbers can be read. */
export function sameNumbers(edition: Edition, of: string): Words {
  return [
    `${of}. `,
    text(edition, {
      en: 'The table below has the same numbers.',
      es: 'La tabla siguiente tiene los mismos números.',
    }),
  ];
}

function sourceOf({ release, writing, contracts }: Edition, metric: string): string {
  const version = release.definitions?.[metric] ?? contracts.metrics.get(metric)?.version ?? 1;
  return {
    en: `Tessera, release ${release.number} (closed ${release.closedOn}); definition ${metric} v${version}.`,
    es: `Tessera, publicación ${release.number} (cerrada el ${release.closedOn}); definición ${metric} v${version}.`,
  }[writing.language];
}

function chartWords(edition: Edition, percent: boolean): ChartWords {
  const { writing } = edition;
  return {
    number: (value) => `${writing.number(value, 1)}${percent ? '%' : ''}`,
    hidden: text(edition, { en: 'Hidden to protect young people', es: 'Oculto para proteger a los jóvenes' }),
    notAvailable: text(edition, { en: 'Not available', es: 'No disponible' }),
    provisional: text(edition, { en: 'provisional', es: 'provisional' }),
    madeUp: text(edition, MADE_UP),
  };
}

export const MADE_UP: Bilingual = { en: 'Made-up data', es: 'Datos inventados' };
