import type { List } from '../agencies.ts';
import type { Place } from '../places.ts';
import type { Cells } from '../story.ts';

/** Writes one row that is about no young person. */
export type Figure = (list: List, place: Place, record: string, cells: Cells) => void;

/** A fiscal year of the state. */
export interface Period {
  readonly start: string;
  readonly end: string;
  readonly year: number;
}
