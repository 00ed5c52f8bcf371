/** A text that a party wrote, as blocks: paragraphs, and the few marks that the form explains. Nothing in it is markup of a format. */
import type { Block, Inline, Words } from '../blocks/block.ts';
import type { Edition } from './edition.ts';

export interface OwnText {
  readonly id: string;
  readonly language: string;
  readonly words: string;
}

/** `## ` begins a heading, `- ` an item of a list, `> ` a box; a line that is left empty ends a paragraph. */
export function ownBlocks(edition: Edition, { id, language, words }: OwnText, boxed: string): Block[] {
  const said = (text: string): Words => [inItsLanguage(edition, language, text)];
  return words.split(/\n\s*\n/).flatMap((part, at): Block[] => {
    const lines = part
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) return [];
    const [first = ''] = lines;
    if (first.startsWith('## '))
      return [
        { kind: 'heading', level: 2, id: `${id}-${at}`, text: first.slice(3) },
        ...(lines.length === 1
          ? []
          : [{ kind: 'paragraph' as const, words: said(lines.slice(1).join(' ')) }]),
      ];
    if (lines.every((line) => line.startsWith('- ')))
      return [{ kind: 'list', items: lines.map((line) => said(line.slice(2))) }];
    if (lines.every((line) => line.startsWith('> ')))
      return [{ kind: 'callout', title: boxed, words: said(lines.map((line) => line.slice(2)).join(' ')) }];
    return [{ kind: 'paragraph', words: said(lines.join(' ')) }];
  });
}

/** What a party wrote stands in the language in which it wrote it. */
export function inItsLanguage({ writing }: Edition, language: string, text: string): Inline {
  return language === writing.language ? text : { kind: 'foreign', language, text };
}
