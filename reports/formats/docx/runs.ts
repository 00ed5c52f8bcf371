import { TextRun } from 'docx';
import type { Inline, Words } from '../../blocks/block.ts';

/** Words as a paragraph holds them, those of another language marked as such. */
export function runs(words: Words): TextRun[] {
  return words.map((word: Inline) => {
    if (typeof word === 'string') return new TextRun(word);
    return word.kind === 'foreign'
      ? new TextRun({ text: word.text, language: { value: word.language === 'es' ? 'es-US' : 'en-US' } })
      : new TextRun(word.text);
  });
}
