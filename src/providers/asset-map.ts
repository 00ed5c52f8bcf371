import type { Contracts } from '../contracts/contracts.ts';
import { listNamed } from '../contracts/lookup.ts';
import { type Supply, supplyOf } from './gaps/gap-matrix.ts';
import { type County, countiesOf, type Program } from './program.ts';
import { answers } from './search.ts';

export interface CountySupply extends Supply {
  readonly county: County;
  readonly name: string;
}

export interface AssetMap {
  readonly programs: number;
  readonly confidential: number;
  readonly counties: CountySupply[];
}

/** What each county has, its share of regional programs included: a program is counted in every county that it serves. */
export function assetMap(
  contracts: Contracts,
  programs: readonly Program[],
  need: string | undefined,
): AssetMap {
  const answering = need === undefined ? programs : programs.filter(({ needs }) => answers(needs, [need]));
  const byCounty = new Map<County, Program[]>();
  for (const program of answering)
    for (const county of countiesOf(program.place)) {
      const list = byCounty.get(county);
      if (list === undefined) byCounty.set(county, [program]);
      else list.push(program);
    }
  return {
    programs: answering.length,
    confidential: answering.filter(({ place }) => place.kind === 'confidential').length,
    counties: countiesIn(contracts).map(({ code, label }) => ({
      county: code,
      name: label,
      ...supplyOf(byCounty.get(code) ?? []),
    })),
  };
}

/** The counties of the code list, without what else it names. */
export function countiesIn(
  contracts: Contracts,
): readonly { readonly code: County; readonly label: string }[] {
  return listNamed(contracts, 'ca_counties').codes.filter(({ code }) => /^06\d{3}$/.test(code));
}
