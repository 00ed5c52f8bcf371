import type { Block, Words } from '../blocks/block.ts';
import type { Bilingual } from '../words/language.ts';
import type { Edition } from './edition.ts';
import { withFootnotes } from './footnotes.ts';
import { sentence, type Told, text } from './say.ts';

/** A heading, what belongs under it, and what the marks in it mean. */
export function chapter(
  edition: Edition,
  id: string,
  title: Bilingual,
  ...parts: readonly (Block | readonly Block[])[]
): Block[] {
  return [
    { kind: 'heading', level: 1, id, text: text(edition, title) },
    ...withFootnotes(edition, parts.flat()),
  ];
}

export function section(edition: Edition, id: string, title: Bilingual): Block {
  return { kind: 'heading', level: 2, id, text: text(edition, title) };
}

/** Sentences that belong together. */
export function paragraph(...sentences: readonly Words[]): Block {
  return {
    kind: 'paragraph',
    words: sentences.flatMap((words, at) => (at === 0 ? words : [' ', ...words])),
  };
}

/** One sentence as a paragraph of its own. */
export function says(edition: Edition, words: Bilingual, values: Readonly<Record<string, Told>> = {}): Block {
  return paragraph(sentence(edition, words, values));
}

export function list(...items: readonly Words[]): Block {
  return { kind: 'list', items };
}

export function callout(edition: Edition, title: Bilingual, words: Words): Block {
  return { kind: 'callout', title: text(edition, title), words };
}
