/** What a reader must meet in every file of a report, in this order; written from the blocks a second time, and plainly. */
import type { Block, Report, Words } from '../../../reports/blocks/block.ts';

export interface Numbering {
  readonly figure: string;
  readonly table: string;
}

/** Without numbering, a caption stands alone. */
export function readingOf(
  blocks: readonly Block[],
  numbering: Numbering | undefined,
  bullet: string,
): string {
  let figures = 0;
  let tables = 0;
  const named = (name: string | undefined, number: number): string =>
    name === undefined ? '' : `${name} ${number}: `;
  const pieces = blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
        return [block.text];
      case 'paragraph':
        return [said(block.words)];
      case 'callout':
        return [block.title, said(block.words)];
      case 'footnote':
        return [block.mark, said(block.words)];
      case 'list':
        return block.items.map((words) => `${bullet}${said(words)}`);
      case 'figure':
        figures += 1;
        return [named(numbering?.figure, figures), said(block.caption)];
      case 'table':
        if (block.id !== 'signatures') tables += 1;
        return [
          ...(block.id === 'signatures' ? [] : [named(numbering?.table, tables)]),
          block.caption,
          ...block.columns.map(({ head }) => head),
          ...block.rows.flat().map(said),
        ];
      case 'page-break':
        return [];
    }
  });
  return tight(pieces.join(''));
}

export function headingsOf({ blocks }: Report): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
}

function said(words: Words): string {
  return words.map((word) => (typeof word === 'string' ? word : word.text)).join('');
}

/** Where a line is broken is the format's business. */
export function tight(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** The text of XML or HTML without its tags. */
export function untagged(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
