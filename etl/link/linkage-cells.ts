import {
  FILTER_BYTES,
  filteredFields,
  type Layout,
  layoutId,
  TOKEN_BYTES,
  tokenSlots,
} from '../encode/layout.ts';

/** Where a name's value lies among a record's bytes. */
interface Place {
  readonly at: number;
  readonly bytes: number;
}

/** Reads the cells of one row of `person_linkage`; false when they are not of this layout. */
export type ReadCells = (tokens: string, filters: string) => boolean;

export interface CellReader {
  readonly tokens: Buffer;
  readonly filters: Buffer;
  readonly read: ReadCells;
}

/**
 * A reader into buffers of its own, filled anew by every row. Both forms of the contract are read: one value named
 * after the layout that holds all tokens, or one value for each token, where those that are missing are left out.
 */
export function cellReader(layout: Layout): CellReader {
  const slots = tokenSlots(layout);
  const filtered = filteredFields(layout);
  const tokens = Buffer.alloc(slots.length * TOKEN_BYTES);
  const filters = Buffer.alloc(filtered.length * FILTER_BYTES);
  const whole = layoutId(layout);
  const tokenPlaces = new Map<string, Place>([[whole, { at: 0, bytes: tokens.length }]]);
  slots.forEach(({ name }, i) => {
    tokenPlaces.set(name.replaceAll('.', '_'), { at: i * TOKEN_BYTES, bytes: TOKEN_BYTES });
  });
  const filterPlaces = new Map<string, Place>([[whole, { at: 0, bytes: filters.length }]]);
  filtered.forEach((field, i) => {
    filterPlaces.set(layout.fields[field]?.name ?? '', { at: i * FILTER_BYTES, bytes: FILTER_BYTES });
  });
  return {
    tokens,
    filters,
    read: (tokenText, filterText) =>
      fill(tokenText, tokenPlaces, tokens, 'base64url') && fill(filterText, filterPlaces, filters, 'base64'),
  };
}

function fill(
  text: string,
  places: ReadonlyMap<string, Place>,
  into: Buffer,
  form: 'base64' | 'base64url',
): boolean {
  into.fill(0);
  for (let from = 0; from < text.length; ) {
    const colon = text.indexOf(':', from);
    const semicolon = text.indexOf(';', from);
    const end = semicolon === -1 ? text.length : semicolon;
    const place = places.get(text.slice(from, colon));
    if (place === undefined || into.write(text.slice(colon + 1, end), place.at, form) !== place.bytes)
      return false;
    from = end + 1;
  }
  return true;
}
