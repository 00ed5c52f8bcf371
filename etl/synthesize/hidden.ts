import type { Agencies, List } from './agencies.ts';
import { birthday, type Day } from './day.ts';
import type { World } from './household.ts';
import { homeOn, type Person } from './person.ts';
import { Stream, weighted } from './stream.ts';

/** What is true of a young person who experienced exploitation, whoever noticed. It never enters the hub. */
export interface Hidden {
  /** Spells of exploitation: the first begins with the onset, each further one with a return to it. */
  readonly spells: readonly Spell[];
  /** 1 to 5: how much of a young person's week exploitation takes. */
  readonly intensity: number;
  /** How readily systems notice this young person at all, in percent of the ordinary odds. */
  readonly visibility: number;
  readonly form: string;
  readonly exploiter: string;
  /** What agencies noticed, each list at most once, in the order of time. */
  readonly notices: readonly Notice[];
}

export interface Spell {
  readonly from: Day;
  readonly to: Day;
}

export interface Notice {
  readonly list: List;
  readonly on: Day;
  readonly status: 'suspected' | 'confirmed';
}

const ONSET_AGE = weighted([
  [10, 20],
  [11, 50],
  [12, 110],
  [13, 180],
  [14, 220],
  [15, 200],
  [16, 140],
  [17, 80],
]);
const INTENSITY = weighted([
  [1, 300],
  [2, 280],
  [3, 220],
  [4, 130],
  [5, 70],
]);
const VISIBILITY = weighted([
  [25, 250],
  [60, 250],
  [100, 200],
  [180, 200],
  [350, 100],
]);
const RETURNS = weighted([
  [0, 340],
  [1, 260],
  [2, 180],
  [3, 110],
  [5, 70],
  [8, 40],
]);
const FORM = weighted([
  ['FX.TRAF', 360],
  ['FX.SURV', 240],
  ['FX.ONLINE', 120],
  ['FX.CSAM', 90],
  ['FX.INTRA', 80],
  ['FX.GANG', 60],
  ['FX.UNK', 50],
]);
const EXPLOITER = weighted([
  ['partner', 260],
  ['acquaintance', 180],
  ['stranger', 100],
  ['online', 120],
  ['parent_or_guardian', 60],
  ['other_relative', 50],
  ['peer', 70],
  ['gang', 60],
  ['none', 60],
  ['unknown', 40],
]);

/** Yearly odds in a thousand that a list notices exploitation of middling intensity. */
const NOTICE: Readonly<Record<List, number>> = {
  child_welfare: 230,
  probation: 110,
  health: 90,
  mental_health: 90,
  education: 45,
  community: 120,
};
const BY_INTENSITY = [50, 75, 100, 150, 220];

/** `rate` is the chance in ten thousand of a young person without hardship to experience exploitation before 18. */
export function hiddenTruth(
  world: World,
  person: Person,
  agencies: Agencies,
  rate: number,
): Hidden | undefined {
  const stream = new Stream(world.seed, 'hidden', person.id);
  const lgbtq = isLgbtq(person);
  const chance =
    rate * ([1, 2, 4][person.hardship] ?? 1) * (lgbtq ? 2 : 1) * (person.sex === 'female' ? 1.25 : 0.75);
  if (stream.below(10_000) >= chance) return undefined;
  const onset = birthday(person.born, stream.weighted(ONSET_AGE)) + stream.below(365);
  if (onset >= world.asOf) return undefined;
  const intensity = stream.weighted(INTENSITY);
  const spells = spellsFrom(onset, birthday(person.born, 21), stream);
  // The state remembers histories of its years only; who had left exploitation before them is not part of it.
  if ((spells.at(-1) as Spell).to < world.from) return undefined;
  const visibility = stream.weighted(VISIBILITY);
  const truth = {
    spells,
    intensity,
    visibility,
    form: stream.weighted(FORM),
    exploiter: stream.weighted(EXPLOITER),
  };
  return { ...truth, notices: noticesOf(world, person, agencies, truth, stream) };
}

export function isLgbtq(person: Person): boolean {
  return (
    !['straight_or_heterosexual', 'unsure'].includes(person.orientation) ||
    !['female', 'male'].includes(person.genderIdentity)
  );
}

function spellsFrom(onset: Day, until: Day, stream: Stream): readonly Spell[] {
  const spells: Spell[] = [];
  let from = onset;
  const returns = stream.weighted(RETURNS);
  for (let i = 0; i <= returns && from < until; i++) {
    const to = Math.min(until, from + 14 + stream.waiting(i === 0 ? 240 : 120));
    spells.push({ from, to });
    from = to + 10 + stream.waiting(90);
  }
  return spells;
}

type Told = Omit<Hidden, 'notices'>;

/**
 * Month by month while exploitation lasts, each list may notice. The odds differ between young people (intensity,
 * visibility, sex, where they live) and depend on who noticed before, so that the lists are neither independent
 * nor homogeneous, and the main effects alone do not explain their overlaps.
 */
function noticesOf(
  world: World,
  person: Person,
  agencies: Agencies,
  truth: Told,
  stream: Stream,
): readonly Notice[] {
  const found = new Map<List, Notice>();
  const until = world.asOf;
  const eighteen = birthday(person.born, 18);
  for (const { from, to } of truth.spells) {
    for (let day = Math.max(from, world.from); day < Math.min(to, until, eighteen); day += 30) {
      const { place } = homeOn(person, day);
      for (const list of Object.keys(NOTICE) as List[]) {
        if (found.has(list) || agencies.of(list, place) === undefined) continue;
        if (!stream.odds((NOTICE[list] * oddsRatio(list, person, truth, found)) / 8000)) continue;
        const status = stream.perMille(350 + 80 * truth.intensity) ? 'confirmed' : 'suspected';
        found.set(list, { list, on: Math.min(day + stream.below(30), until - 1), status });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.on - b.on);
}

function oddsRatio(list: List, person: Person, truth: Told, found: ReadonlyMap<List, Notice>): number {
  let ratio = ((BY_INTENSITY[truth.intensity - 1] ?? 100) * truth.visibility) / 10_000;
  if (person.sex === 'male') ratio *= list === 'health' || list === 'community' ? 0.7 : 0.45;
  if (isLgbtq(person)) ratio *= list === 'community' ? 1.8 : 0.75;
  if (list === 'child_welfare' && person.hardship > 0) ratio *= 1 + person.hardship * 0.6;
  if (list === 'education' && person.hardship === 2) ratio *= 0.5;
  // Referrals between systems: an arrest is told to the hotline, the hotline sends to clinics.
  if (list === 'child_welfare' && found.has('probation')) ratio *= 5;
  if (list === 'probation' && found.has('child_welfare')) ratio *= 1.6;
  if ((list === 'health' || list === 'mental_health') && found.has('child_welfare')) ratio *= 4;
  if (list === 'health' && found.has('probation')) ratio *= 1.8;
  // Who is known to the courts stays away from drop-in places, and the other way round.
  if (list === 'community' && found.has('probation')) ratio *= 0.4;
  if (list === 'probation' && found.has('community')) ratio *= 0.6;
  return ratio;
}
