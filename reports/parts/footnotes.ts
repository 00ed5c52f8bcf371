/** Puts under each block what the marks in it mean, so that no page has a mark whose meaning stands elsewhere. */
import { type Block, type Bound, boundIn, type Footnote, type Inline, type Words } from '../blocks/block.ts';
import { HIDDEN, NOT_AVAILABLE, PROVISIONAL } from '../charts/cell.ts';
import { reasonIn } from '../words/reasons.ts';
import type { Edition } from './edition.ts';
import { inEnglish, text } from './say.ts';

const MEANINGS = {
  hidden: {
    en: 'Hidden to protect young people. The mark does not say whether the number is small.',
    es: 'Oculto para proteger a los jóvenes. La marca no dice si el número es pequeño.',
  },
  not_available: {
    en: 'Not available in this release.',
    es: 'No disponible en esta publicación.',
  },
  provisional: {
    en: 'Provisional: it may still be corrected.',
    es: 'Provisional: todavía puede corregirse.',
  },
} as const;

export function withFootnotes(edition: Edition, blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  let waiting: Block[] = [];
  const settle = (): void => {
    out.push(...footnotesOf(edition, boundIn(waiting)));
    waiting = [];
  };
  for (const block of blocks) {
    const prose = block.kind === 'paragraph' || block.kind === 'list' || block.kind === 'callout';
    if (!prose) settle();
    out.push(block);
    waiting.push(block);
    if (!prose) settle();
  }
  settle();
  return out;
}

function reason(edition: Edition, said: string): Inline {
  return reasonIn(edition.writing.language, said) ?? inEnglish(edition, said);
}

function footnotesOf(edition: Edition, numbers: readonly Bound[]): Footnote[] {
  const note = (status: keyof typeof MEANINGS, mark: string, besides: readonly string[]): Footnote[] => {
    if (!numbers.some((one) => one.status === status)) return [];
    const words: Words = [
      text(edition, MEANINGS[status]),
      ...besides.flatMap((each) => [' ', reason(edition, each)]),
    ];
    return [{ kind: 'footnote', mark, words }];
  };
  const notesOf = (status: Bound['status']): readonly string[] => [
    ...new Set(numbers.filter((one) => one.status === status).flatMap(({ notes }) => notes)),
  ];
  return [
    ...note(
      'hidden',
      HIDDEN,
      notesOf('hidden').filter(
        (words) => !words.startsWith('Hidden to protect') && !words.startsWith('Shown for'),
      ),
    ),
    ...note('not_available', NOT_AVAILABLE, notesOf('not_available')),
    ...note('provisional', PROVISIONAL, []),
  ];
}
