import { type FieldEncoder, fieldEncoder } from '../encode/field-encoder.ts';
import type { ProjectKey } from '../encode/key.ts';
import { FILTER_BYTES, filteredFields, personLayout, TOKEN_BYTES, tokenSlots } from '../encode/layout.ts';
import type { Observation } from './observe.ts';

/** The linkage cells of one record, in the form that the contract of `person_linkage` gives them. */
export interface LinkageCells {
  readonly mode: string;
  readonly key_version: string;
  readonly tokens: string;
  readonly filters: string;
}

/** Encodes what agencies hold with the agencies' own encoder, and names each token and filter as the contract does. */
export function linkageEncoder(key: ProjectKey): (seen: Observation) => LinkageCells {
  const encoder: FieldEncoder = fieldEncoder(personLayout, key, 'mdy');
  const slots = tokenSlots(personLayout).map(({ name }) => name.replaceAll('.', '_'));
  const filtered = filteredFields(personLayout).map((at) => personLayout.fields[at]?.name ?? '');
  const tokens = Buffer.alloc(encoder.tokenBytes);
  const filters = Buffer.alloc(encoder.filterBytes);
  return (seen) => {
    tokens.fill(0);
    filters.fill(0);
    const values = [
      seen.given,
      seen.surname,
      seen.born,
      seen.ssn,
      seen.sex,
      seen.zip,
      seen.phone,
      seen.street,
    ];
    encoder.encodeInto(values, tokens, 0, filters, 0);
    return {
      mode: 'field',
      key_version: encoder.keyVersion,
      tokens: named(slots, tokens, TOKEN_BYTES, 'base64url'),
      filters: named(filtered, filters, FILTER_BYTES, 'base64'),
    };
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
