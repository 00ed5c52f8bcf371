import type { Entry } from './entry.ts';
import { type RegisterField, readField } from './register.ts';

/** Some fields that belong together on a form. */
export interface FormSection {
  readonly name: string;
  readonly words: string;
  readonly fields: readonly RegisterField[];
}

export function readSections(file: Entry): FormSection[] {
  return file.list('sections').map((entry) => {
    entry.only('section', 'words', 'fields');
    return {
      name: entry.text('section'),
      words: entry.text('words'),
      fields: entry.list('fields').map(readField),
    };
  });
}
