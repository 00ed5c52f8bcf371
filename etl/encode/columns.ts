import { Misuse } from '../../src/errors.ts';
import type { Layout } from './layout.ts';

/** Names under which agencies' exports know the fields of the standard layout. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  person_id: ['local_id', 'client_id', 'case_id', 'record_id', 'rec_id', 'unique_id', 'id'],
  given_name: ['first_name', 'givenname', 'firstname', 'given', 'fname', 'first', 'forename'],
  surname: ['last_name', 'lastname', 'family_name', 'familyname', 'lname', 'last'],
  birth_date: ['date_of_birth', 'dob', 'birthdate', 'birthday', 'born_on'],
  ssn: ['social_security_number', 'soc_sec_id', 'ssn9', 'social_security_no'],
  sex: ['gender', 'sex_code', 'gender_code'],
  postcode: ['zip', 'zip_code', 'zipcode', 'postal_code', 'zip5'],
  phone: ['phone_number', 'telephone', 'mobile', 'cell', 'phone_no'],
  street: ['street_address', 'address', 'address_1', 'address_line_1', 'address1'],
};

export function plainHeader(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** Where each field of the layout stands in a file; -1 for a field that the file does not have. */
export interface PersonColumns {
  readonly id: number;
  readonly fields: readonly number[];
  /** Headers that are neither: they are not read. */
  readonly unread: readonly string[];
}

export function personColumns(header: readonly string[], layout: Layout): PersonColumns {
  const names = header.map(plainHeader);
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (twice !== undefined) throw new Misuse('COLUMNS', `the header has the column ${twice} twice`);
  const find = (field: string): number => {
    const known = [field, ...(ALIASES[field] ?? [])];
    const name = known.find((candidate) => names.includes(candidate));
    return name === undefined ? -1 : names.indexOf(name);
  };
  const id = find('person_id');
  if (id === -1)
    throw new Misuse('COLUMNS', "the header has no column with the agency's own person id", {
      remedy: `name it person_id (or one of ${(ALIASES['person_id'] ?? []).join(', ')})`,
    });
  const fields = layout.fields.map(({ name }) => find(name));
  if (fields.filter((at) => at !== -1).length < 2)
    throw new Misuse('COLUMNS', 'the header names fewer than two fields that the layout encodes', {
      remedy: `the layout ${layout.name} encodes ${layout.fields.map(({ name }) => name).join(', ')}`,
    });
  const read = new Set([id, ...fields]);
  return { id, fields, unread: header.filter((_, i) => !read.has(i)).map((name) => name.trim()) };
}
