/** The asset map as HSDS 3: organizations with their places and services. A confidential place is in none of it. */
import { uuidOf } from '../../access/named-id.ts';
import type { Contracts } from '../../contracts/contracts.ts';
import { listNamed } from '../../contracts/lookup.ts';
import { type Texts, textsOf } from '../as-texts.ts';
import { severalOf } from '../directory.ts';
import type { OpenPlace, Program } from '../program.ts';
import { attributesOf } from './attributes.ts';
import { hsdsTexts } from './from-hsds.ts';
import { isObject, type Json, listIn } from './json.ts';

/** What another directory said, as it was kept. */
export interface CarriedOver {
  readonly providers: ReadonlyMap<string, Json>;
  readonly programs: ReadonlyMap<string, Json>;
}

export function toHsds(
  contracts: Contracts,
  programs: readonly Program[],
  carried: CarriedOver,
): readonly Json[] {
  const several = severalOf(contracts);
  return [...Map.groupBy(programs, ({ providerId }) => providerId)].map(([id, own]) =>
    organizationOf(contracts, several, id, own, carried),
  );
}

function organizationOf(
  contracts: Contracts,
  several: ReadonlySet<string>,
  id: string,
  programs: readonly Program[],
  carried: CarriedOver,
): Json {
  const kept = carried.providers.get(id);
  const name = programs[0]?.provider ?? '';
  const organization = kept ?? { id, name, description: name };
  const locations = new Map<unknown, Json>();
  const services = programs.map((program) => {
    const own = carried.programs.get(program.id);
    const service = isObject(own?.['service']) ? own['service'] : undefined;
    for (const location of listIn(own, 'locations')) locations.set(location['id'], location);
    const attributes = attributesOf(contracts, program.id, textsOf(program), several);
    if (service !== undefined) return changedService(organization, service, textsOf(program), attributes);
    const location =
      program.place.kind === 'open' ? locationOf(program.providerId, program.place) : undefined;
    if (location !== undefined) locations.set(location['id'], location);
    return serviceOf(contracts, program, location, attributes);
  });
  return {
    ...organization,
    ...(organization['name'] !== name && { name }),
    ...(locations.size > 0 && { locations: [...locations.values()] }),
    services,
  };
}

/** An entry that came from elsewhere goes back as it was, but for what has changed here. */
function changedService(organization: Json, service: Json, texts: Texts, attributes: readonly Json[]): Json {
  const was = hsdsTexts(organization, service);
  const changed = (name: string): boolean => texts[name] !== undefined && texts[name] !== was[name];
  return {
    ...service,
    ...(changed('program') && { name: texts['program'] }),
    ...(changed('email') && texts['email'] !== was['email']?.toLowerCase() && { email: texts['email'] }),
    ...(changed('website') && { url: texts['website'] }),
    ...(changed('min_age') && { minimum_age: Number(texts['min_age']) }),
    ...(changed('max_age') && { maximum_age: Number(texts['max_age']) }),
    ...(changed('phone') && { phones: [phoneOf(String(service['id']), texts['phone'] ?? '')] }),
    attributes: [...listIn(service, 'attributes'), ...attributes],
  };
}

function serviceOf(
  contracts: Contracts,
  program: Program,
  location: Json | undefined,
  attributes: readonly Json[],
): Json {
  const { id, name, contact, eligibility, qualities, verification, place } = program;
  const counties = place.kind === 'confidential' ? place.region : place.counties;
  return {
    id,
    name,
    status: 'active',
    ...(contact.website !== undefined && { url: contact.website }),
    ...(contact.email !== undefined && { email: contact.email }),
    ...(eligibility.minAge !== undefined && { minimum_age: eligibility.minAge }),
    ...(eligibility.maxAge !== undefined && { maximum_age: eligibility.maxAge }),
    ...(verification.on !== undefined && { assured_date: verification.on }),
    ...(contact.phone !== undefined && { phones: [phoneOf(id, contact.phone)] }),
    ...(contact.name !== undefined && { contacts: [{ id: uuidOf('contact', id), name: contact.name }] }),
    ...(location !== undefined && {
      service_at_locations: [{ id: uuidOf('service at location', id), location }],
    }),
    service_areas: counties.map((county) => ({
      id: uuidOf('service area', id, county),
      name: `${countyName(contracts, county)} County, California`,
      extent: county,
      extent_type: 'text',
    })),
    languages: qualities.languages.map((code) => ({
      id: uuidOf('language', id, code),
      code,
      name: listNamed(contracts, 'language').codes.find((one) => one.code === code)?.label ?? code,
    })),
    attributes,
  };
}

function phoneOf(id: string, text: string): Json {
  const extension = /x(\d{1,6})$/.exec(text)?.[1];
  return {
    id: uuidOf('phone', id),
    number: text.replace(/ ?x\d+$/, ''),
    type: 'voice',
    ...(extension !== undefined && { extension: Number(extension) }),
  };
}

/** Takes an open place and nothing else: there is no way to ask it of a confidential one. */
function locationOf(providerId: string, { address, point }: OpenPlace): Json | undefined {
  if (address === undefined && point === undefined) return undefined;
  const words = [address?.street, address?.city, point?.latitude, point?.longitude].join(' ');
  const id = uuidOf('location', providerId, words);
  return {
    id,
    location_type: 'physical',
    ...(point !== undefined && { latitude: point.latitude, longitude: point.longitude }),
    ...(address !== undefined && {
      addresses: [
        {
          id: uuidOf('address', id),
          address_1: address.street,
          city: address.city,
          state_province: 'CA',
          postal_code: address.zip ?? '',
          country: 'US',
          address_type: 'physical',
        },
      ],
    }),
  };
}

function countyName(contracts: Contracts, code: string): string {
  return listNamed(contracts, 'ca_counties').codes.find((one) => one.code === code)?.label ?? code;
}
