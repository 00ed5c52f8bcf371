import type { Refuse } from './file-refused.ts';
import type { Limits } from './limits.ts';

const decoder = new TextDecoder();

/** The header of a file of text. */
export function readColumnNames(
  bytes: Uint8Array,
  fields: { readonly starts: Int32Array; readonly ends: Int32Array },
  count: number,
  limits: Limits,
  refuse: Refuse,
): string[] {
  const names = Array.from({ length: count }, (_, field) =>
    decoder.decode(bytes.subarray(fields.starts[field], fields.ends[field])),
  );
  checkColumnNames(names, limits, refuse);
  return names;
}

/**
 * Names are there, are short and differ. A message says where a name stands and not what it is: the first line of a
 * file without a header is a row.
 */
export function checkColumnNames(names: readonly string[], limits: Limits, refuse: Refuse): void {
  if (names.length > limits.columns) refuse('HEADER', 1, `more than ${limits.columns} columns`);
  if (names.length === 0) refuse('HEADER', 1, 'no column');
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    if (name.trim() === '') refuse('HEADER', 1, `column ${index + 1} has no name`);
    if (Buffer.byteLength(name) > limits.columnNameBytes)
      refuse('HEADER', 1, `the name of column ${index + 1} is longer than ${limits.columnNameBytes} bytes`);
    const earlier = seen.get(name);
    if (earlier !== undefined)
      refuse('HEADER', 1, `columns ${earlier + 1} and ${index + 1} have the same name`);
    seen.set(name, index);
  }
}
