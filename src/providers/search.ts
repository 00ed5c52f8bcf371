/**
 * Which programs would take somebody in a situation, nearest and freest first. Everything is in memory, and nothing of the
 * question is kept: it is no argument of a statement, and no key of a cache.
 */
import { centerOf, milesBetween } from './distance.ts';
import { plainName } from './names.ts';
import { type County, countiesOf, type Program } from './program.ts';
import { freshSince } from './stale.ts';

/** What is asked; whatever is left out is not asked. */
export interface Situation {
  /** Where the young person is, or belongs. */
  readonly county?: County | undefined;
  /** Any of these nodes of the tree, or what lies below them. */
  readonly needs?: readonly string[] | undefined;
  readonly age?: number | undefined;
  readonly gender?: string | undefined;
  readonly system?: string | undefined;
  readonly language?: string | undefined;
  readonly pregnantParenting?: boolean | undefined;
  readonly kind?: string | undefined;
  readonly placementType?: string | undefined;
  /** Only where a place is free, as far as is known. */
  readonly free?: boolean | undefined;
  /** Words of the program's or the organization's name. */
  readonly words?: string | undefined;
}

export interface Match {
  readonly program: Program;
  /** From the middle of the county that was asked about; none of a confidential place. */
  readonly miles: number | undefined;
  /** It serves the county that was asked about. */
  readonly serves: boolean;
  /** Places that are free; undefined where nobody said. */
  readonly free: number | undefined;
  readonly stale: boolean;
}

export function search(programs: readonly Program[], asked: Situation, today: string): readonly Match[] {
  const words = plainName(asked.words ?? '')
    .split(' ')
    .filter(Boolean);
  const fresh = freshSince(today);
  const from = asked.county === undefined ? undefined : centerOf(asked.county);
  const found: Match[] = [];
  for (const program of programs) {
    const serves = asked.county === undefined || countiesOf(program.place).includes(asked.county);
    if (!serves && program.eligibility.residentsOnly) continue;
    if (!takes(program, asked)) continue;
    if (words.length > 0 && !words.every((word) => namesOf(program).includes(word))) continue;
    const free = freeOf(program);
    if (asked.free === true && (free ?? 0) <= 0) continue;
    const point = program.place.kind === 'open' ? program.place.point : undefined;
    found.push({
      program,
      serves,
      free,
      miles: from !== undefined && point !== undefined ? milesBetween(from, point) : undefined,
      stale: (program.verification.on ?? '') < fresh,
    });
  }
  return found.sort(byUse);
}

/** Whether it says that it takes such a young person; who says nothing of a condition has none. */
export function takes(
  { needs, eligibility, qualities, kind, placementType }: Program,
  asked: Situation,
): boolean {
  const { minAge, maxAge, genders, systems, pregnantParenting } = eligibility;
  if (asked.needs !== undefined && asked.needs.length > 0 && !answers(needs, asked.needs)) return false;
  if (asked.age !== undefined && (asked.age < (minAge ?? 0) || asked.age > (maxAge ?? 99))) return false;
  if (asked.gender !== undefined && genders.length > 0 && !genders.includes(asked.gender)) return false;
  if (asked.system !== undefined && systems.length > 0 && !systems.includes(asked.system)) return false;
  if (asked.language !== undefined && !qualities.languages.includes(asked.language)) return false;
  if (asked.pregnantParenting === true && pregnantParenting === false) return false;
  if (asked.kind !== undefined && kind !== asked.kind && kind !== 'both') return false;
  return asked.placementType === undefined || placementType === asked.placementType;
}

/** A program that answers a branch answers what is below it, and one that answers a leaf answers part of its branch. */
export function answers(offered: readonly string[], asked: readonly string[]): boolean {
  const reach = reaches.get(offered) ?? reachOf(offered);
  reaches.set(offered, reach);
  const above = aboves.get(asked) ?? new Set(asked.flatMap(branchesOf));
  aboves.set(asked, above);
  return asked.some((need) => reach.branches.has(need)) || reach.someOf(above);
}

interface Reach {
  /** What is offered, and every branch above it. */
  readonly branches: ReadonlySet<string>;
  readonly someOf: (codes: ReadonlySet<string>) => boolean;
}

// Both end with the lists that they are of: what was asked goes with its request.
const reaches = new WeakMap<readonly string[], Reach>();
const aboves = new WeakMap<readonly string[], ReadonlySet<string>>();

function reachOf(offered: readonly string[]): Reach {
  return {
    branches: new Set(offered.flatMap(branchesOf)),
    someOf: (codes) => offered.some((code) => codes.has(code)),
  };
}

/** A code and all that it lies below: HN.MEN.INT is below HN.MEN. */
function branchesOf(code: string): readonly string[] {
  const parts = code.split('.');
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'));
}

export function freeOf({ capacity }: Program): number | undefined {
  return capacity?.occupied === undefined ? undefined : capacity.places - capacity.occupied;
}

const names = new WeakMap<Program, string>();

function namesOf(program: Program): string {
  const known = names.get(program) ?? plainName(`${program.provider} ${program.name}`);
  names.set(program, known);
  return known;
}

/** Who serves the county, then where a place is free, then what is near, then what was verified last. */
function byUse(a: Match, b: Match): number {
  return (
    Number(b.serves) - Number(a.serves) ||
    Number((b.free ?? 0) > 0) - Number((a.free ?? 0) > 0) ||
    Number(a.stale) - Number(b.stale) ||
    (a.miles ?? 60) - (b.miles ?? 60) ||
    (a.program.name < b.program.name ? -1 : 1)
  );
}
