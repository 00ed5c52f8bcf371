/**
 * Young people who do not exist, for writing code against: from the figures of one release, as everybody may read them, and
 * from nothing else. Whoever has the release could make the same file; so it tells nothing that the release does not.
 */
import type { Contracts } from '../../contracts/contracts.ts';
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import { attributesOf } from './attributes.ts';
import { type Fidelity, fidelityOf } from './fidelity.ts';
import { type Dimension, fitJoint } from './fit-joint.ts';
import { groupsOf } from './groups.ts';
import { type AgeBands, agesOf, FITTED, type PersonRow, type Said } from './person-row.ts';
import { type ReleasedCounts, releasedCounts } from './released-counts.ts';
import { seededStream } from './seeded-stream.ts';
import { spanOf } from './span.ts';

/** The metrics whose tables are read. */
export const MADE_FROM = [
  'identified',
  'newly_identified',
  'identified_and_care',
  'identified_by_source',
  'agencies_differ',
] as const;

export interface SyntheticOrder {
  readonly figures: readonly ReleaseFigure[];
  /** Of the release: the same release gives the same rows. */
  readonly seed: string;
  readonly ageBands: AgeBands;
}

export interface SyntheticPeople {
  readonly rows: readonly PersonRow[];
  readonly fidelity: Fidelity;
  /** Periods of which the release does not show how many there were. */
  readonly leftOut: readonly string[];
}

export function syntheticPeople({ figures, seed, ageBands }: SyntheticOrder): SyntheticPeople {
  const rows: PersonRow[] = [];
  const leftOut: string[] = [];
  const compared: { period: string; tables: readonly ReleasedCounts[] }[] = [];
  for (const period of periodsOf(figures)) {
    const tables = releasedCounts(figures, 'identified', period);
    const total = tables.find(({ dimensions }) => dimensions.length === 0)?.cells.get('')?.count ?? null;
    if (total === null) {
      leftOut.push(period);
      continue;
    }
    const known = tables.filter(({ dimensions }) => dimensions.every((name) => isFitted(name)));
    const groups = groupsOf(total, fitJoint(total, dimensionsOf(known), known), known);
    const attributes = attributesOf(figures, period);
    const draw = seededStream(`${seed} ${period}`);
    const names = dimensionsOf(known).map(({ name }) => name);
    let n = 0;
    for (const { members, size } of groups) {
      const said = saidOf(names, members);
      for (let i = 0; i < size; i++)
        rows.push(rowOf(`made-up-${period}-${++n}`, period, said, attributes(draw), ageBands));
    }
    compared.push({ period, tables: known });
  }
  return { rows, fidelity: fidelityOf(rows, compared), leftOut };
}

/** Of each period anew: no two rows are of one young person, and nobody is followed over time. */
function periodsOf(figures: readonly ReleaseFigure[]): string[] {
  const periods = figures.filter(({ metric }) => metric === 'identified').map(({ period }) => period);
  return [...new Set(periods)].toSorted();
}

function isFitted(name: string): name is keyof Said {
  return (FITTED as readonly string[]).includes(name);
}

/** What is known to have nobody in it needs no place. */
function dimensionsOf(tables: readonly ReleasedCounts[]): Dimension[] {
  return FITTED.flatMap((name) => {
    const table = tables.find(({ dimensions }) => dimensions.length === 1 && dimensions[0] === name);
    const members = [...(table?.cells.values() ?? [])]
      .filter(({ count }) => count !== 0)
      .map(({ members: [member = ''] }) => member)
      .toSorted();
    return members.length === 0 ? [] : [{ name, members }];
  });
}

function saidOf(names: readonly string[], members: readonly (string | null)[]): Said {
  const of = (name: keyof Said): string | null => members[names.indexOf(name)] ?? null;
  return {
    county: of('county'),
    status: of('status'),
    age_band: of('age_band'),
    sex: of('sex'),
    race_ethnicity: of('race_ethnicity'),
  };
}

function rowOf(
  id: string,
  period: string,
  said: Said,
  { newness, care_timing, sources, agree }: ReturnType<ReturnType<typeof attributesOf>>,
  ageBands: AgeBands,
): PersonRow {
  return {
    person_id: id,
    period,
    ...spanOf(period),
    status: said.status,
    identified: true,
    ...agesOf(said.age_band, ageBands),
    sources,
    agree,
    newness,
    care_timing,
    sex: said.sex,
    // No table by county of these is for everybody, and their code for it says so.
    gender_identity: 'unknown',
    sexual_orientation: 'unknown',
    lgbtq: 'unknown',
    race_ethnicity: said.race_ethnicity,
    county: said.county,
    responsible_county: said.county,
    exploitation_county: said.county,
  };
}

/** The oldest of each band, as the code lists have it. */
export function ageBandsOf(contracts: Contracts): AgeBands {
  const bands = (list: string): AgeBands['own'] =>
    (contracts.codeLists.get(list)?.codes ?? []).map(({ code, attributes }) => ({
      code,
      min: Number(attributes['min']),
      max: Number(attributes['max']),
    }));
  return { open: bands('age_band_public'), own: bands('age_band') };
}
