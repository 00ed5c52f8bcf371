/**
 * Entries of another directory, as the Human Services Data Specification 3 has them. Each service becomes a row like
 * those of a file, judged by the same check; the entry as it was goes along, so that it can be given back whole.
 */
import { Refused } from '../../errors.ts';
import type { Texts } from '../as-texts.ts';
import type { Came } from '../plan-import.ts';
import { isOurs, textsIn } from './attributes.ts';
import { fromTables, type Tables, tablesIn } from './from-tables.ts';
import { isObject, type Json, listIn, numberIn, objectIn, textIn, without } from './json.ts';

/** What the document does not say, and holds of all its entries: needs, counties, the keeping county. */
export type AsSaid = Texts;

interface Offered {
  readonly organization: Json;
  readonly service: Json;
}

export function fromHsds(document: unknown, otherwise: AsSaid): readonly Came[] {
  const tables = tablesIn(document);
  return tables === undefined ? fromDocument(document, otherwise) : fromPackage(tables, otherwise);
}

/** As tables; the rows that belong to nothing wait together, whole, at the end. */
export function fromPackage(tables: Tables, otherwise: AsSaid): readonly Came[] {
  const { organizations, rest } = fromTables(tables);
  const came = fromDocument(organizations, otherwise);
  if (rest.size === 0) return came;
  const counted = [...rest].map(([table, rows]) => `${table} ${rows.length}`).join(', ');
  const doubts = [`these rows belong to nothing in the package: ${counted}`];
  const document = { tables: Object.fromEntries(rest) };
  return [...came, { line: came.length + 1, texts: { ...otherwise }, document, doubts }];
}

function fromDocument(document: unknown, otherwise: AsSaid): readonly Came[] {
  const offered = servicesIn(document);
  if (offered.length === 0)
    throw new Refused('HSDS_EMPTY', 'the document holds no service of an organization', {
      remedy:
        'give an HSDS 3 organization with its services, a service, a list of them, a page of such a list, or its tables',
    });
  return offered.map(({ organization, service }, at) => cameFrom(organization, service, otherwise, at + 1));
}

/** Organizations with services, services with their organization, services at locations, alone, in lists or in pages. */
function servicesIn(document: unknown): Offered[] {
  if (Array.isArray(document)) return document.flatMap(servicesIn);
  if (!isObject(document)) return [];
  if (Array.isArray(document['contents'])) return servicesIn(document['contents']);
  const service = objectIn(document, 'service');
  if (service !== undefined) {
    // A service at a location: the location and what it says of the two together belong to the service.
    const at = { ...without(document, 'service') };
    return servicesIn({ ...service, service_at_locations: [at] });
  }
  const organization = objectIn(document, 'organization');
  if (organization !== undefined) return [{ organization, service: without(document, 'organization') }];
  return listIn(document, 'services').map((one) => ({
    organization: without(document, 'services'),
    service: one,
  }));
}

function cameFrom(organization: Json, service: Json, otherwise: AsSaid, line: number): Came {
  const ours = textsIn(service);
  const confidential = ours['confidential'] === 'true';
  const texts: Texts = {
    confidential: 'false',
    kind: 'service',
    source: 'directory',
    ...otherwise,
    ...hsdsTexts(organization, service),
    ...ours,
  };
  if (confidential) return { line, texts, doubts: [] };
  const locations = listIn(organization, 'locations');
  const carried = {
    provider: without(organization, 'locations'),
    program: { service: withoutOurs(service), ...(locations.length > 0 && { locations }) },
  };
  const status = textIn(service, 'status');
  const doubts = status === 'active' || status === undefined ? [] : [`its status there is ${status}`];
  return { line, texts, carried, document: { organization, service }, doubts };
}

/** What HSDS itself says in fields that the asset map has too. */
export function hsdsTexts(organization: Json, service: Json): Texts {
  const location =
    objectIn(listIn(service, 'service_at_locations')[0], 'location') ?? onlyLocation(organization, service);
  const address = listIn(location, 'addresses').find((one) => textIn(one, 'address_type') === 'physical');
  const contact = listIn(service, 'contacts')[0] ?? listIn(organization, 'contacts')[0];
  const phones = [
    ...listIn(service, 'phones'),
    ...listIn(contact, 'phones'),
    ...listIn(organization, 'phones'),
  ];
  const [latitude, longitude] = [numberIn(location, 'latitude'), numberIn(location, 'longitude')];
  const [least, most] = [numberIn(service, 'minimum_age'), numberIn(service, 'maximum_age')];
  const there = latitude !== undefined && longitude !== undefined && inCalifornia(latitude, longitude);
  const found: Record<string, string | number | undefined> = {
    id: textIn(service, 'id'),
    provider: textIn(organization, 'name'),
    program: textIn(service, 'name'),
    street: [textIn(address, 'address_1'), textIn(address, 'address_2')].filter(Boolean).join(', '),
    city: textIn(address, 'city'),
    zip: /^\d{5}(-\d{4})?$/.exec(textIn(address, 'postal_code') ?? '')?.[0],
    latitude: there ? latitude : undefined,
    longitude: there ? longitude : undefined,
    contact: textIn(contact, 'name') ?? textIn(contact, 'title'),
    phone: phones.map(phoneIn).find((phone) => phone !== undefined),
    email: textIn(service, 'email') ?? textIn(contact, 'email') ?? textIn(organization, 'email'),
    website: textIn(service, 'url') ?? textIn(organization, 'website'),
    // Older than any young person: no upper age.
    min_age: least !== undefined && Number.isInteger(least) && least <= 25 ? least : undefined,
    max_age: most !== undefined && Number.isInteger(most) && most <= 25 ? most : undefined,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
}

/** Where nothing says which place a service is at, the organization's only one; never of an entry that was ours. */
function onlyLocation(organization: Json, service: Json): Json | undefined {
  const [first, ...others] = listIn(organization, 'locations');
  return others.length > 0 || listIn(service, 'attributes').some(isOurs) ? undefined : first;
}

/** Directories write numbers in many ways; what no dialling needs is left out. */
function phoneIn(phone: Json): string | undefined {
  const number = textIn(phone, 'number')
    ?.replaceAll(/[^\d +().-]/g, '')
    .trim();
  if (number === undefined || number.replaceAll(/\D/g, '').length < 7) return undefined;
  const extension = numberIn(phone, 'extension');
  return extension === undefined ? number : `${number} x${extension}`;
}

function inCalifornia(latitude: number, longitude: number): boolean {
  return latitude >= 32 && latitude <= 42.1 && longitude >= -124.6 && longitude <= -114;
}

function withoutOurs(service: Json): Json {
  const attributes = service['attributes'];
  if (!Array.isArray(attributes)) return service;
  return { ...service, attributes: attributes.filter((one) => !isObject(one) || !isOurs(one)) };
}
