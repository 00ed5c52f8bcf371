/** What HSDS has no field for travels as attributes of a service, in a taxonomy of the asset map's own. */
import { uuidOf } from '../../access/named-id.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import type { Texts } from '../as-texts.ts';
import { directoryFields } from '../checked-program.ts';
import { type Json, listIn, objectIn, textIn } from './json.ts';

const TAXONOMY = 'Tessera asset map';

/** Fields that HSDS says in its own words. A place is among them, so that it is written once or, confidential, nowhere. */
const OWN = new Set([
  'id',
  'provider',
  'program',
  'street',
  'city',
  'zip',
  'latitude',
  'longitude',
  'phone',
  'email',
  'website',
  'contact',
]);

export function attributesOf(
  contracts: Contracts,
  id: string,
  texts: Texts,
  several: ReadonlySet<string>,
): Json[] {
  return directoryFields(contracts).flatMap(({ name, words }) => {
    const text = texts[name];
    if (OWN.has(name) || text === undefined) return [];
    return (several.has(name) ? text.split(';') : [text]).map((value) => ({
      id: uuidOf('attribute', id, name, value),
      link_entity: 'service',
      value,
      taxonomy_term: {
        id: uuidOf('taxonomy term', name),
        code: name,
        name: words,
        description: words,
        taxonomy: TAXONOMY,
        language: 'eng',
      },
    }));
  });
}

export function isOurs(attribute: Json): boolean {
  return textIn(objectIn(attribute, 'taxonomy_term'), 'taxonomy') === TAXONOMY;
}

export function textsIn(service: Json): Texts {
  const values = new Map<string, string[]>();
  for (const attribute of listIn(service, 'attributes').filter(isOurs)) {
    const [name, value] = [textIn(objectIn(attribute, 'taxonomy_term'), 'code'), textIn(attribute, 'value')];
    if (name !== undefined && value !== undefined) values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries([...values].map(([name, texts]) => [name, texts.join(';')]));
}
