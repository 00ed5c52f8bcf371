import type { Entry } from './entry.ts';
import { type RegisterField, readField } from './register.ts';

/** Some fields of the asset map that belong together on a form. */
export interface DirectorySection {
  readonly name: string;
  readonly words: string;
  readonly fields: readonly RegisterField[];
}

export function readDirectory(file: Entry): DirectorySection[] {
  return file
    .only('about', 'sections')
    .list('sections')
    .map((entry) => {
      entry.only('section', 'words', 'fields');
      return {
        name: entry.text('section'),
        words: entry.text('words'),
        fields: entry.list('fields').map(readField),
      };
    });
}
