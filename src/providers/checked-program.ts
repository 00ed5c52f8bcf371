/** From texts to a program, or to every reason why they say none: one check for form, file, API and other directories. */
import type { Contracts } from '../contracts/contracts.ts';
import type { RegisterField } from '../contracts/register.ts';
import { type Complaint, type Content, type FieldText, readContent } from '../register/content.ts';
import type { Capacity, Place, ProgramSaid } from './program.ts';

export type Checked =
  | { readonly said: ProgramSaid; readonly complaints?: undefined }
  | { readonly said?: undefined; readonly complaints: readonly Complaint[] };

/** The fields of the asset map in the order of a file's columns. */
export function directoryFields(contracts: Contracts): readonly RegisterField[] {
  return contracts.directory.flatMap(({ fields }) => fields);
}

export function checkedProgram(contracts: Contracts, given: readonly FieldText[]): Checked {
  const { content, complaints } = readContent(contracts, directoryFields(contracts), given);
  const named = new Set(complaints.map(({ field }) => field));
  const all = [...complaints, ...together(content).filter(({ field }) => !named.has(field))];
  if (all.length > 0) return { complaints: all };
  return { said: programOf(content) };
}

/** An entry that stands, as it was checked when it came: a contract that has changed since does not unmake it. */
export function standingProgram(contracts: Contracts, given: readonly FieldText[]): ProgramSaid {
  return programOf(readContent(contracts, directoryFields(contracts), given).content);
}

const WHERE = ['street', 'city', 'zip', 'latitude', 'longitude'] as const;
const WORDS = ['provider', 'program', 'contact', 'verified_by'] as const;
/** A number and, a few words on, what a street is called. */
const ADDRESS =
  /\d+\s+(?:[\p{L}.'-]+\s+){1,4}(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|hwy|highway)\b|\bp\.?\s?o\.?\s?box\b/iu;

/** What no field can know alone. What is missing or malformed is named already, and not named twice. */
function together(content: Content): Complaint[] {
  const found: Complaint[] = [];
  const wrong = (field: string, words: string): void => void found.push({ field, words });
  const has = (name: string): boolean => content[name] !== undefined;
  const below = (a: string, b: string): boolean =>
    has(a) && has(b) && (content[a] as number) < (content[b] as number);
  for (const name of [...WORDS, 'street', 'city'])
    if (/^[=+@-]/.test(String(content[name] ?? ''))) wrong(name, 'begins as a formula of a spreadsheet does');
  if (content['confidential'] === true) {
    for (const name of WHERE) if (has(name)) wrong(name, 'is of a confidential place, and never held');
    for (const name of WORDS)
      if (ADDRESS.test(String(content[name] ?? '')))
        wrong(name, 'has an address in it, and the place is confidential');
    if (has('kept_by')) wrong('kept_by', 'is of a confidential place: the counties of its region keep it');
    if (has('counties') && (content['counties'] as readonly string[]).length < 2)
      wrong('counties', 'is one county; a confidential place has a region of two or more');
  } else {
    if (has('confidential') && !has('kept_by')) wrong('kept_by', 'is missing');
    if (has('latitude') !== has('longitude'))
      wrong(has('latitude') ? 'longitude' : 'latitude', 'is missing: a point has both');
    if (has('street') !== has('city'))
      wrong(has('street') ? 'city' : 'street', 'is missing: an address has both');
    if (Number(content['latitude'] ?? 37) < 32 || Number(content['latitude'] ?? 37) > 42.1)
      wrong('latitude', 'lies outside California');
    if (Number(content['longitude'] ?? -120) < -124.6 || Number(content['longitude'] ?? -120) > -114)
      wrong('longitude', 'lies outside California');
  }
  if (!has('phone') && !has('email'))
    wrong('phone', 'is missing: somebody must be there to call or to write to');
  if (below('max_age', 'min_age')) wrong('max_age', 'is below min_age');
  if (below('capacity', 'occupied')) wrong('occupied', 'is more than capacity');
  if (has('capacity')) {
    for (const name of ['capacity_month', 'capacity_unit'])
      if (!has(name)) wrong(name, 'is missing beside capacity');
  } else if (['occupied', 'waiting', 'waiting_days'].some(has))
    wrong('capacity', 'is missing beside what is taken');
  if (content['kind'] === 'placement' && !has('placement_type'))
    wrong('placement_type', 'is missing of a placement');
  return found;
}

function programOf(content: Content): ProgramSaid {
  const text = (name: string): string | undefined => content[name] as string | undefined;
  const number = (name: string): number | undefined => content[name] as number | undefined;
  const flag = (name: string): boolean | undefined => content[name] as boolean | undefined;
  const several = (name: string): readonly string[] => (content[name] as readonly string[] | undefined) ?? [];
  return {
    id: text('id'),
    provider: text('provider') ?? '',
    name: text('program') ?? '',
    kind: text('kind') ?? '',
    placementType: text('placement_type'),
    licence: text('licence'),
    needs: several('needs'),
    place: placeOf(content),
    contact: {
      name: text('contact'),
      phone: text('phone'),
      email: text('email')?.toLowerCase(),
      website: text('website'),
      hours: text('hours'),
    },
    eligibility: {
      minAge: number('min_age'),
      maxAge: number('max_age'),
      genders: several('genders'),
      systems: several('systems'),
      pregnantParenting: flag('pregnant_parenting'),
      residentsOnly: flag('residents_only') ?? false,
      fundingLimits: several('funding_limits'),
    },
    qualities: {
      phases: several('phases'),
      csecSpecific: flag('csec_specific'),
      languages: several('languages'),
      cultures: several('cultures'),
      lgbtq: text('lgbtq'),
      security: several('security'),
      training: text('training'),
      livedExperience: text('lived_experience'),
      components: several('components'),
      strengths: several('strengths'),
      barriers: several('barriers'),
    },
    capacity: capacityOf(content),
    verification: { source: text('source') ?? '', on: text('verified_on'), by: text('verified_by') },
  };
}

function placeOf(content: Content): Place {
  const counties = (content['counties'] ?? []) as readonly string[];
  if (content['confidential'] === true) {
    const [first = '', second = '', ...others] = counties;
    return { kind: 'confidential', region: [first, second, ...others] };
  }
  const { street, city, zip, latitude, longitude, kept_by: keptBy } = content;
  return {
    kind: 'open',
    address:
      street === undefined || city === undefined
        ? undefined
        : { street: String(street), city: String(city), zip: zip === undefined ? undefined : String(zip) },
    point:
      latitude === undefined || longitude === undefined
        ? undefined
        : { latitude: Number(latitude), longitude: Number(longitude) },
    counties,
    keptBy: String(keptBy),
  };
}

function capacityOf(content: Content): Capacity | undefined {
  const {
    capacity,
    capacity_month: month,
    capacity_unit: unit,
    occupied,
    waiting,
    waiting_days: days,
  } = content;
  if (capacity === undefined) return undefined;
  return {
    month: String(month),
    unit: unit as Capacity['unit'],
    places: Number(capacity),
    occupied: occupied as number | undefined,
    waiting: waiting as number | undefined,
    waitingDays: days as number | undefined,
  };
}
