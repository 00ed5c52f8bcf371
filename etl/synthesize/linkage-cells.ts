import { type FieldEncoder, fieldEncoder } from '../encode/field-encoder.ts';
import type { ProjectKey } from '../encode/key.ts';
import { personLayout } from '../encode/layout.ts';
import { namedCells } from '../encode/named-cells.ts';
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
  const cells = namedCells(personLayout);
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
      tokens: cells.tokens(tokens),
      filters: cells.filters(filters),
    };
  };
}
