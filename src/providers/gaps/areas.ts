import type { Contracts } from '../../contracts/contracts.ts';

/** The branches of the tree, by which needs are told. */
export function areasOf(contracts: Contracts): readonly string[] {
  return [...contracts.needs.nodes.values()].filter(({ depth }) => depth === 1).map(({ code }) => code);
}

/** Those of which no table by county tells, whatever the place: a minor may consent to them alone, or they are never held. */
export function areasNotByCounty(contracts: Contracts): ReadonlySet<string> {
  const { nodes } = contracts.needs;
  const kept = (code: string): boolean =>
    nodes.get(code)?.minorConsent === true || nodes.get(code)?.never !== undefined;
  return new Set(areasOf(contracts).filter(kept));
}
