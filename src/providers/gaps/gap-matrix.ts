/** Demand beside supply beside what the committee aspires to, need by need. Pure: what is asked again with "if" is the same. */
import type { Contracts } from '../../contracts/contracts.ts';
import { centerOf, milesBetween } from '../distance.ts';
import { type County, countiesOf, type Program } from '../program.ts';
import { answers, freeOf, type Situation, takes } from '../search.ts';
import { areasOf } from './areas.ts';
import type { Demand, NeedDemand, StandIns } from './demand.ts';
import type { Target } from './targets.ts';
import { valueOf } from './told.ts';

export interface Supply {
  /** That answer the need, or part of it. */
  readonly programs: number;
  readonly places: number;
  readonly free: number;
  readonly waiting: number;
  /** Of which most or all staff are trained on exploitation. */
  readonly trained: number;
}

export interface NeedGap {
  readonly need: string;
  readonly label: string;
  readonly demand: NeedDemand | undefined;
  /** What a wider place shows where this one does not. */
  readonly beside: StandIns;
  /** No table by county tells of it: a minor may consent to it alone. */
  readonly notByCounty: boolean;
  readonly supply: Supply;
  readonly target: Target | undefined;
  /** Programs short of the target; undefined without a target. */
  readonly short: number | undefined;
  /** From 0 to 1: how much of the target is there, in programs and, where it names them, in places. */
  readonly sufficiency: number | undefined;
  /** Needs of this branch that no program answers, out of how many. */
  readonly unanswered: number;
  readonly needs: number;
  /** Of a county: how many miles the nearest open place is that would take somebody from there. */
  readonly nearest: number | undefined;
}

/** Programs and places that are thought of as being there. */
export interface WhatIf {
  readonly need: string;
  readonly programs: number;
  readonly places: number;
}

export interface Asked {
  readonly county?: County | undefined;
  /** From the county's own twin; who asks must have been permitted to. */
  readonly twin?: boolean | undefined;
  /** Only programs that would take such young people. */
  readonly for?: Pick<Situation, 'age' | 'gender' | 'system' | 'language'> | undefined;
  readonly whatIf?: WhatIf | undefined;
}

export function gapMatrix(
  contracts: Contracts,
  programs: readonly Program[],
  targets: readonly Target[],
  demand: Demand,
  asked: Asked,
): readonly NeedGap[] {
  const { county, whatIf } = asked;
  const able = programs.filter(
    (program) =>
      (county === undefined || countiesOf(program.place).includes(county)) && takes(program, asked.for ?? {}),
  );
  const gaps = areasOf(contracts).map((need): NeedGap => {
    const there = supplyOf(able.filter((program) => answers(program.needs, [need])));
    const supply =
      whatIf === undefined || whatIf.need !== need
        ? there
        : {
            ...there,
            programs: there.programs + whatIf.programs,
            places: there.places + whatIf.places,
            free: there.free + whatIf.places,
          };
    const target = targetOf(targets, county, need);
    const below = needsBelow(contracts, need);
    return {
      need,
      label: contracts.needs.nodes.get(need)?.label ?? need,
      demand: demand.byArea.get(need),
      beside: demand.beside.get(need) ?? {},
      notByCounty: demand.notByCounty.has(need),
      supply,
      target,
      short: target === undefined ? undefined : Math.max(0, target.programs - supply.programs),
      sufficiency: sufficiencyOf(supply, target),
      unanswered: below.filter((code) => !able.some(({ needs }) => answers(needs, [code]))).length,
      needs: below.length,
      nearest: county === undefined ? undefined : nearestMiles(programs, need, county, asked.for),
    };
  });
  return gaps.toSorted(byUnmetNeed(demand));
}

function nearestMiles(
  programs: readonly Program[],
  need: string,
  county: County,
  asked: Situation = {},
): number | undefined {
  const from = centerOf(county);
  const miles = programs.flatMap((program) => {
    const point = program.place.kind === 'open' ? program.place.point : undefined;
    const barred = program.eligibility.residentsOnly && !countiesOf(program.place).includes(county);
    if (from === undefined || point === undefined || barred) return [];
    return answers(program.needs, [need]) && takes(program, asked) ? [milesBetween(from, point)] : [];
  });
  return miles.length === 0 ? undefined : Math.min(...miles);
}

/** By how much is unmet, as far as the release says; never by how many programs are there to be seen. */
function byUnmetNeed({ weight }: Demand): (a: NeedGap, b: NeedGap) => number {
  return (a, b) =>
    (weight.get(b.need) ?? -1) - (weight.get(a.need) ?? -1) ||
    (a.sufficiency ?? 1) - (b.sufficiency ?? 1) ||
    b.unanswered / b.needs - a.unanswered / a.needs ||
    (a.need < b.need ? -1 : 1);
}

export function supplyOf(programs: readonly Program[]): Supply {
  const sum = (of: (program: Program) => number): number =>
    programs.reduce((total, program) => total + of(program), 0);
  return {
    programs: programs.length,
    places: sum(({ capacity }) => capacity?.places ?? 0),
    free: sum((program) => Math.max(0, freeOf(program) ?? 0)),
    waiting: sum(({ capacity }) => capacity?.waiting ?? 0),
    trained: programs.filter(({ qualities }) => qualities.training === 'most' || qualities.training === 'all')
      .length,
  };
}

/** The state's target is what its counties aspire to together. */
function targetOf(targets: readonly Target[], county: County | undefined, need: string): Target | undefined {
  const mine = targets.filter(
    (target) => target.need === need && (county === undefined || target.county === county),
  );
  if (mine.length === 0) return undefined;
  const places = mine.flatMap((target) => target.places ?? []);
  return {
    county: county ?? 'state',
    need,
    programs: mine.reduce((sum, target) => sum + target.programs, 0),
    places: places.length === 0 ? undefined : places.reduce((sum, one) => sum + one, 0),
  };
}

function sufficiencyOf({ programs, places }: Supply, target: Target | undefined): number | undefined {
  if (target === undefined) return undefined;
  const of = (there: number, wanted: number): number => (wanted === 0 ? 1 : Math.min(1, there / wanted));
  return Math.min(of(programs, target.programs), target.places === undefined ? 1 : of(places, target.places));
}

/** The needs right below a branch; the branch itself where it has none. */
function needsBelow(contracts: Contracts, need: string): readonly string[] {
  const children = contracts.needs.nodes.get(need)?.children ?? [];
  return children.length === 0 ? [need] : children;
}

export interface CountyShort {
  readonly county: County;
  /** Of all branches that are told by county; undefined where the release has no such table. */
  readonly demand: NeedDemand | undefined;
  /** Programs short of its targets, need by need, added up. */
  readonly short: number;
  /** Branches of the tree for which no program serves it. */
  readonly without: readonly string[];
  /** Whether its committee set a target at all. */
  readonly aimed: boolean;
}

/** Where most is unmet, as far as the release shows it, then where most is missing. */
export function shortByCounty(
  contracts: Contracts,
  programs: readonly Program[],
  targets: readonly Target[],
  counties: readonly County[],
  demand: ReadonlyMap<County, NeedDemand> = new Map(),
): readonly CountyShort[] {
  const there = new Map<string, number>();
  for (const program of programs)
    for (const need of areasOf(contracts))
      if (answers(program.needs, [need]))
        for (const county of countiesOf(program.place)) {
          const key = `${county} ${need}`;
          there.set(key, (there.get(key) ?? 0) + 1);
        }
  const has = (county: County, need: string): number => there.get(`${county} ${need}`) ?? 0;
  return counties
    .map((county) => {
      const own = targets.filter((target) => target.county === county);
      return {
        county,
        demand: demand.get(county),
        short: own.reduce(
          (sum, { need, programs: wanted }) => sum + Math.max(0, wanted - has(county, need)),
          0,
        ),
        without: areasOf(contracts).filter((need) => has(county, need) === 0),
        aimed: own.length > 0,
      };
    })
    .toSorted(
      (a, b) =>
        unmetIn(b) - unmetIn(a) ||
        b.short - a.short ||
        b.without.length - a.without.length ||
        (a.county < b.county ? -1 : 1),
    );
}

function unmetIn({ demand }: CountyShort): number {
  return (demand && valueOf(demand.unmet)) ?? -1;
}
