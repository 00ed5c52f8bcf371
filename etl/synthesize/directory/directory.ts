/**
 * A made-up asset map: about 600 programs over all counties. Every organization, street and number is invented; telephone
 * numbers are of the block that is kept for fiction, mail goes to a domain that is nobody's.
 */
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Texts } from '../../../src/providers/as-texts.ts';
import { centerOf, nearestCounties } from '../../../src/providers/distance.ts';
import { type Day, dayText } from '../day.ts';
import { type Place, placesOf, share } from '../places.ts';
import { Stream, weighted } from '../stream.ts';
import { type ProgramKind, programKinds } from './kinds.ts';

const PROGRAMS = 600;
/** However small a county is, and then the rest by how many people live there. */
const AT_LEAST = 2;

// Two halves of words that mean nothing, so that no organization that there is bears the name.
const FIRST = 'Vel Tano Oro Marq Sorv Kiri Ala Bren Cori Dua Ester Fio Ilma Nuva Ruse Pell Wendo Yaru'.split(
  ' ',
);
const SECOND =
  'mora siri vanta lindo quara brisa ketta zaro phine delle rasca tova gwynn hollo jubra nessel pavi uthra'.split(
    ' ',
  );
const LAST = ['Youth Alliance', 'Family Center', 'Collaborative', 'Community Services', 'House', 'Project'];
const STREETS = ['Ambrel', 'Cassowin', 'Dorvale', 'Elmquist', 'Fennimar', 'Gavrilla', 'Hollowin', 'Istrella'];
const AREAS = ['209', '310', '408', '510', '530', '559', '619', '661', '707', '805', '916', '951'];
const WAYS = ['Street', 'Avenue', 'Road', 'Way'];
const kinds = weighted(programKinds.map((kind) => [kind, kind.share] as const));

export function madeUpDirectory(contracts: Contracts, seed: number, asOf: Day): readonly Texts[] {
  const places = placesOf(contracts).filter(({ fips }) => /^06\d{3}$/.test(fips));
  const counts = share(places, PROGRAMS - AT_LEAST * places.length);
  let before = 0;
  return places.flatMap((place, at) => {
    const programs = AT_LEAST + (counts[at] ?? 0);
    // A provider has two or three programs, each of a kind of its own.
    const providers = Math.ceil(programs / 2.5);
    const own = Array.from({ length: providers }, (_, number) => providerOf(place, before + number, seed));
    before += providers;
    return Array.from({ length: programs }, (_, number) =>
      programTexts(place, number, own[number % providers] as MadeUpProvider, seed, asOf),
    );
  });
}

function programTexts(
  place: Place,
  number: number,
  provider: MadeUpProvider,
  seed: number,
  asOf: Day,
): Texts {
  const stream = new Stream(seed, 'program', place.fips, number);
  const kind = kindFor(provider, stream);
  const house = kind.placement !== undefined;
  const girls = stream.perMille(kind.girlsOnly ?? 0);
  const boys = !girls && house && stream.perMille(90);
  const program = `${girls ? 'Girls’ ' : boys ? 'Boys’ ' : ''}${kind.title}`;
  return {
    provider: provider.name,
    program,
    kind: house ? 'placement' : 'service',
    ...(kind.placement !== undefined && { placement_type: kind.placement }),
    licence: kind.licence,
    needs: kind.needs.filter((_, at) => at === 0 || stream.perMille(800)).join(';'),
    phases: kind.phases,
    csec_specific: String(stream.perMille(400)),
    ...whereTexts(place, kind, provider, stream),
    contact: stream.pick(['Intake desk', 'Referral line', 'Intake coordinator']),
    phone: provider.phone,
    email: `intake@${provider.domain}`,
    hours: kind.hours,
    ...takenTexts(kind, girls, boys, stream),
    ...qualityTexts(stream),
    // What is taken has a stream of its own: it is another number in another month.
    ...capacityTexts(
      kind,
      stream.between(...kind.places),
      new Stream(seed, 'taken', place.fips, number, dayText(asOf).slice(0, 7)),
      asOf,
    ),
    source: 'made_up',
    // Most are fresh; one in six was not looked at for more than half a year.
    verified_on: dayText(asOf - (stream.perMille(170) ? stream.between(190, 420) : stream.between(3, 170))),
    verified_by: stream.pick(['County program office', 'The provider', 'Committee staff']),
  };
}

/** One of each kind is enough for a provider. */
function kindFor({ has }: MadeUpProvider, stream: Stream): ProgramKind {
  let kind = stream.weighted(kinds);
  while (has.has(kind)) kind = stream.weighted(kinds);
  has.add(kind);
  return kind;
}

interface MadeUpProvider {
  readonly has: Set<ProgramKind>;
  readonly name: string;
  readonly domain: string;
  readonly phone: string;
  readonly street: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** No two have one word: each takes the next of all that there are, in an order that looks like none. */
function providerOf({ fips }: Place, number: number, seed: number): MadeUpProvider {
  const stream = new Stream(seed, 'provider', fips, number);
  const turn = (number * 131 + seed) % (FIRST.length * SECOND.length);
  const word = `${FIRST[turn % FIRST.length]}${SECOND[Math.floor(turn / FIRST.length)]}`;
  const center = centerOf(fips) ?? { latitude: 37, longitude: -120 };
  // Whole numbers until the last step, so that every machine writes the same digits.
  const near = (degrees: number): number => Math.round(degrees * 1000) + stream.between(-60, 60);
  return {
    has: new Set(),
    name: `${word} ${stream.pick(LAST)} (made up)`,
    domain: `${word.toLowerCase()}.example.org`,
    phone: `(${AREAS[turn % AREAS.length]}) 555-01${String(Math.floor(turn / AREAS.length)).padStart(2, '0')}`,
    street: `${stream.between(100, 9900)} ${stream.pick(STREETS)} ${stream.pick(WAYS)}`,
    latitude: near(center.latitude) / 1000,
    longitude: near(center.longitude) / 1000,
  };
}

function whereTexts(
  { fips, name, zip3 }: Place,
  kind: ProgramKind,
  provider: MadeUpProvider,
  stream: Stream,
): Texts {
  const nearby = nearestCounties(fips, 6);
  if (stream.perMille(kind.confidential ?? 0))
    return { confidential: 'true', counties: nearby.slice(0, stream.between(3, 6)).toSorted().join(';') };
  const served = stream.perMille(650) ? [fips] : nearby.slice(0, stream.between(2, 4));
  return {
    confidential: 'false',
    counties: served.toSorted().join(';'),
    kept_by: fips,
    street: provider.street,
    city: `Made-up ${name}`,
    zip: `${zip3}00`,
    latitude: String(provider.latitude),
    longitude: String(provider.longitude),
    ...(stream.perMille(300) && { residents_only: 'true' }),
  };
}

function takenTexts(
  { ages: [least, most] }: ProgramKind,
  girls: boolean,
  boys: boolean,
  stream: Stream,
): Texts {
  const systems = stream.perMille(500)
    ? ''
    : stream.pick(['dependents;dual', 'wards;dual', 'dependents;wards;dual', 'no_system', 'dependents']);
  return {
    min_age: String(least),
    // Few places take young people of 16 and 17 together with younger ones.
    max_age: String(most === 17 && stream.perMille(300) ? 15 : most),
    ...(girls && { genders: stream.perMille(400) ? 'girls;transgender' : 'girls' }),
    ...(boys && { genders: 'boys' }),
    ...(systems !== '' && { systems }),
    pregnant_parenting: String(stream.perMille(350)),
    ...(stream.perMille(450) && {
      funding_limits: stream.pick([
        'county_residents',
        'dependents_only',
        'medi_cal_only',
        'time_limited',
        'voca_rules',
      ]),
    }),
  };
}

function qualityTexts(stream: Stream): Texts {
  const some = (codes: readonly string[], perMille: number): string =>
    codes.filter(() => stream.perMille(perMille)).join(';');
  const texts: Texts = {
    languages: ['eng', some(['spa'], 620), some(['vie', 'tgl', 'kor', 'hmn', 'yue', 'hye'], 90)]
      .filter(Boolean)
      .join(';'),
    cultures: some(['african_american', 'latino', 'native', 'asian', 'pacific', 'immigrant'], 150),
    lgbtq: stream.pick(['affirming', 'affirming', 'trained', 'unknown']),
    security: some(
      ['staff_secure', 'alarm', 'visitor_screening', 'device_policy', 'protocol_with_police'],
      300,
    ),
    training: stream.pick(['none', 'some', 'some', 'most', 'all']),
    lived_experience: stream.pick(['lead', 'staff', 'advise', 'none', 'none']),
    components: some(
      [
        'safety_planning',
        'collaboration',
        'trust',
        'cultural_competence',
        'trauma_informed',
        'lived_experience',
      ],
      480,
    ),
    strengths: some(
      ['trauma_informed', 'languages', 'rapid_response', 'stays_through_absence', 'lived_experience'],
      250,
    ),
    barriers: some(['capacity', 'funding', 'staff_turnover', 'distance', 'training'], 250),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

function capacityTexts({ unit }: ProgramKind, capacity: number, stream: Stream, asOf: Day): Texts {
  const full = stream.perMille(420);
  const occupied = full ? capacity : Math.floor((capacity * stream.between(500, 980)) / 1000);
  const waiting = occupied === capacity ? stream.between(1, 14) : 0;
  return {
    capacity_month: dayText(asOf).slice(0, 7),
    capacity_unit: unit,
    capacity: String(capacity),
    occupied: String(occupied),
    waiting: String(waiting),
    waiting_days: String(waiting * stream.between(2, 9)),
  };
}
