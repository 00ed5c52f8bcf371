import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

/** Something that the program asks of its data; records, fields and clocks name what they answer. */
export interface Requirement {
  readonly id: string;
  readonly words: string;
  readonly place: Place;
}

export function readRequirements(file: Entry): Requirement[] {
  return file
    .only('requirements')
    .list('requirements')
    .map((entry) => {
      entry.only('id', 'words');
      return { id: entry.text('id'), words: entry.text('words'), place: entry.place };
    });
}
