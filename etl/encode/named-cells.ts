import { FILTER_BYTES, filteredFields, type Layout, TOKEN_BYTES, tokenSlots } from './layout.ts';

/** The linkage cells of one person: each token and each filter under its own name, as the contract's fields say. */
export interface NamedCells {
  readonly tokens: (bytes: Buffer) => string;
  readonly filters: (bytes: Buffer) => string;
}

export function namedCells(layout: Layout): NamedCells {
  const slots = tokenSlots(layout).map(({ name }) => name.replaceAll('.', '_'));
  const filtered = filteredFields(layout).map((at) => layout.fields[at]?.name ?? '');
  return {
    tokens: (bytes) => named(slots, bytes, TOKEN_BYTES, 'base64url'),
    filters: (bytes) => named(filtered, bytes, FILTER_BYTES, 'base64'),
  };
}

/** A value that is missing is all zeros, and is left out. */
function named(names: readonly string[], bytes: Buffer, width: number, form: 'base64' | 'base64url'): string {
  let text = '';
  for (let i = 0; i < names.length; i++) {
    const at = i * width;
    let present = false;
    for (let k = at; k < at + width && !present; k++) present = bytes[k] !== 0;
    if (present) text += `${text === '' ? '' : ';'}${names[i]}:${bytes.toString(form, at, at + width)}`;
  }
  return text;
}
