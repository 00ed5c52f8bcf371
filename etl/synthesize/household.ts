import { type Day, dayOf } from './day.ts';
import { traditions } from './names/lists.ts';
import type { Sex, Tradition } from './names/tradition.ts';
import type { Home, Person } from './person.ts';
import type { Place } from './places.ts';
import { Stream, type Weighted, weighted } from './stream.ts';

/** How many young people of 0 to 24 a household has. */
const CHILDREN = weighted([
  [1, 380],
  [2, 380],
  [3, 160],
  [4, 60],
  [5, 20],
]);
const HARDSHIP = weighted([
  [0, 550],
  [1, 300],
  [2, 150],
]);
const STREETS = (
  'Acorn Alder Aster Birch Canyon Cedar Clover Cypress Dogwood Elder Fern Fig Hazel Juniper Laurel Lupine Madrone ' +
  'Maple Manzanita Mesa Mission Oak Olive Orchard Palm Pepper Pine Poppy Quail Redwood Ridge Sage Sequoia Sierra ' +
  'Spruce Sycamore Valley Willow Yarrow Yucca'
).split(' ');
const KINDS = weighted([
  ['St', 450],
  ['Ave', 300],
  ['Rd', 80],
  ['Dr', 90],
  ['Ln', 50],
  ['Way', 30],
]);
const ORIENTATION = weighted([
  ['straight_or_heterosexual', 840],
  ['bisexual', 75],
  ['gay', 18],
  ['lesbian', 18],
  ['asexual', 8],
  ['another', 15],
  ['unsure', 26],
]);
const IDENTITY: Readonly<Record<Sex, Weighted<string>>> = {
  female: weighted([
    ['female', 972],
    ['transgender_male', 8],
    ['nonbinary_or_genderqueer', 14],
    ['another', 6],
  ]),
  male: weighted([
    ['male', 978],
    ['transgender_female', 8],
    ['nonbinary_or_genderqueer', 9],
    ['another', 5],
  ]),
};

/** What every household of one made-up state shares. */
export interface World {
  readonly seed: number;
  /** The day of the full deliveries. */
  readonly asOf: Day;
  /** The first day of the years that histories are told for. */
  readonly from: Day;
  readonly places: readonly Place[];
  /** Who must sit in a team meeting on a day. */
  readonly requiredInTeams: (day: Day) => readonly string[];
}

/** The young people of one household. A household depends on nothing but the seed, its county and its number. */
export function household(world: World, place: Place, number: number): readonly Person[] {
  const stream = new Stream(world.seed, 'household', place.fips, number);
  const id = `${place.fips}-${number}`;
  const tradition = stream.weighted(traditions);
  const mother = stream.perMille(850) ? tradition : stream.weighted(traditions);
  const hardship = stream.weighted(HARDSHIP);
  const homes = homesOf(world, place, stream, hardship);
  const surnames = [surname(tradition, mother, stream), surname(tradition, mother, stream)] as const;
  const phone = phoneOf(stream);
  const size = stream.weighted(CHILDREN);
  const people: Person[] = [];
  let born = 0;
  for (let i = 0; i < size; i++) {
    const own = new Stream(world.seed, 'person', place.fips, number, i);
    const twin = i > 0 && own.perMille(16);
    if (!twin) born = birthDay(world, own);
    const before = people[i - 1];
    const sex: Sex =
      twin && before !== undefined && own.perMille(650) ? before.sex : own.below(2) === 0 ? 'female' : 'male';
    const first = twinGiven(own, tradition, sex, twin ? before?.given : undefined);
    // Half of the blended families have children of two surnames under one roof.
    const mine = surnames[i > 1 && own.perMille(180) ? 1 : 0];
    people.push({
      id: `${id}-${i}`,
      household: id,
      place,
      tradition,
      born,
      sex,
      given: distinct(first, people, own, tradition, sex),
      surname: mine,
      formerly: formerSurname(world, tradition, mother, mine, own),
      twin,
      ssn: own.perMille(930) ? ssnOf(own) : undefined,
      phone: own.perMille(300) ? phoneOf(own) : phone,
      homes,
      race: own.weighted(own.perMille(500) ? tradition.race : mother.race),
      language: own.weighted(tradition.language),
      orientation: own.weighted(ORIENTATION),
      genderIdentity: own.weighted(IDENTITY[sex]),
      hardship,
    });
  }
  if (people.length > 1 && people.some((person) => person.twin)) markTwins(people);
  return people;
}

/** Both of a pair are twins, not only the one who was written second. */
function markTwins(people: Person[]): void {
  people.forEach((person, i) => {
    if (people[i + 1]?.twin === true) people[i] = { ...person, twin: true };
  });
}

function birthDay(world: World, stream: Stream): Day {
  const age = stream.below(25 * 365);
  return world.asOf - 1 - age;
}

/** Twins are often given names that begin alike. */
function twinGiven(stream: Stream, tradition: Tradition, sex: Sex, other: string | undefined): string {
  for (let tries = 0; tries < 6; tries++) {
    const name = stream.weighted(tradition.given[sex]);
    if (other === undefined || (name !== other && (name[0] === other[0] || tries === 5))) return name;
  }
  return stream.pick(tradition.given[sex].items);
}

function distinct(
  name: string,
  before: readonly Person[],
  stream: Stream,
  tradition: Tradition,
  sex: Sex,
): string {
  let found = name;
  for (let tries = 0; tries < 20 && before.some((person) => person.given === found); tries++)
    found = stream.pick(tradition.given[sex].items);
  return found;
}

function surname(father: Tradition, mother: Tradition, stream: Stream): string {
  const first = stream.weighted(father.surnames);
  if (!stream.perMille(father.twoSurnames)) return first;
  return `${first}${stream.perMille(father.hyphen) ? '-' : ' '}${stream.weighted(mother.surnames)}`;
}

function formerSurname(
  world: World,
  tradition: Tradition,
  mother: Tradition,
  now: string,
  stream: Stream,
): Person['formerly'] {
  if (!stream.perMille(35)) return undefined;
  const former = stream.weighted(stream.perMille(500) ? mother.surnames : tradition.surnames);
  return former === now
    ? undefined
    : { surname: former, until: world.from + stream.below(world.asOf - world.from) };
}

/** Numbers that begin with 9 were never given out, so that no made-up person has a real person's number. */
function ssnOf(stream: Stream): string {
  const area = 900 + stream.below(100);
  return `${area}-${String(1 + stream.below(99)).padStart(2, '0')}-${String(1 + stream.below(9999)).padStart(4, '0')}`;
}

/** The exchange 555 is kept for invented numbers. */
function phoneOf(stream: Stream): string | undefined {
  if (stream.perMille(120)) return undefined;
  const area = 200 + stream.below(800);
  return `${area}-555-${String(stream.below(10000)).padStart(4, '0')}`;
}

function homesOf(world: World, place: Place, stream: Stream, hardship: number): readonly Home[] {
  const homes = [homeIn(place, dayOf(1990, 1, 1), stream)];
  let day = world.from;
  for (let i = 0; i < 4; i++) {
    day += 120 + stream.waiting(hardship === 2 ? 700 : 2000);
    if (day >= world.asOf) break;
    const next = stream.perMille(250) ? nearby(world, place, stream) : place;
    homes.push(homeIn(next, day, stream));
  }
  return homes;
}

function nearby(world: World, place: Place, stream: Stream): Place {
  const at = world.places.indexOf(place);
  const step = stream.between(1, 3) * (stream.below(2) === 0 ? 1 : -1);
  return world.places[(at + step + world.places.length * 3) % world.places.length] ?? place;
}

/** Large buildings shelter many families under one address. */
function homeIn(place: Place, from: Day, stream: Stream): Home {
  const zip = `${place.zip3}${String(stream.below(Math.min(99, 1 + Math.floor(place.weight / 25)))).padStart(2, '0')}`;
  const shared = stream.perMille(60);
  const number = shared ? 100 * stream.between(1, 9) : stream.between(1, 9999);
  const street = shared ? (STREETS[stream.below(8)] as string) : stream.pick(STREETS);
  return { from, place, street: `${number} ${street} ${stream.weighted(KINDS)}`, zip };
}
