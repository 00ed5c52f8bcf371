/** What every report says of itself, around its own blocks. */
import type { Block, Report } from '../blocks/block.ts';
import type { Bilingual } from '../words/language.ts';
import { definitionsOf, notesOf } from './definitions.ts';
import type { Edition } from './edition.ts';
import { errata } from './errata.ts';
import { MADE_UP } from './picture.ts';
import { text } from './say.ts';

export interface Written {
  /** Begins the name of its files. */
  readonly name: string;
  readonly title: Bilingual;
  readonly cover: readonly Block[];
  readonly blocks: readonly Block[];
  /** A few pages: no page of its own for the title, and no contents. */
  readonly short?: boolean;
}

export function reportOf(
  edition: Edition,
  { name, title, cover, short = false, ...written }: Written,
): Report {
  const { place, year, release, writing, madeUp } = edition;
  const blocks = [...errata(edition, written.blocks), ...written.blocks];
  const [en, es] =
    edition.issue === undefined
      ? ['', '']
      : [` · edition ${edition.issue.number}`, ` · edición ${edition.issue.number}`];
  const state = text(edition, STATES[release.state === 'final' ? 'final' : 'provisional']);
  const called = text(edition, title);
  return {
    name: `${name}-${place.county ?? 'state'}-${year}`,
    language: writing.language,
    title: called,
    subtitle:
      place.county === undefined
        ? text(edition, { en: `State of California, ${year}`, es: `Estado de California, ${year}` })
        : text(edition, { en: `County of ${place.name}, ${year}`, es: `Condado de ${place.name}, ${year}` }),
    author: 'Tessera',
    running: text(edition, {
      en: `${place.name}, ${year}${en} · release ${release.number} (${state}), closed ${release.closedOn}`,
      es: `${place.name}, ${year}${es} · publicación ${release.number} (${state}), cerrada el ${release.closedOn}`,
    }),
    contents: text(edition, { en: 'Contents', es: 'Contenido' }),
    madeUp: madeUp ? text(edition, MADE_UP) : undefined,
    day: release.closedOn,
    short,
    cover,
    blocks,
    definitions: definitionsOf(edition, blocks),
    notes: notesOf(edition, called),
  };
}

const STATES = {
  final: { en: 'final', es: 'definitiva' },
  provisional: { en: 'provisional', es: 'provisional' },
} as const;
