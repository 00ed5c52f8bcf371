/** A request as somebody would fill it in, about made-up figures. */
import type { GivenRequest } from '../../src/datasets/request-content.ts';

export const inAYear = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);

const FIELDS: Readonly<Record<string, string>> = {
  title: 'Identification by county',
  question: 'Where are young people identified, and where not yet?',
  benefit: 'Counties see where looking pays.',
  funding: 'A foundation',
  ethics: 'exempt',
  ethics_reference: 'Board 7, decision 12',
  organization: 'University of Example',
  recipient: 'A. Researcher',
  training: 'Yearly',
  storage: 'An encrypted disk that two people can open',
  destruction: 'delete',
  place: '06001',
  purpose: 'research',
  agreement: 'R-1',
  from_year: '2022',
  to_year: '2024',
  until: inAYear,
  publication: 'A paper, read by the county before',
  linking: 'false',
};

export function givenRequest(
  changes: Readonly<Record<string, string>> = {},
  tables: readonly string[] = ['identified/all', 'identified/county'],
  proposals: readonly string[] = [],
): GivenRequest {
  const fields = Object.entries({ ...FIELDS, ...changes }).map(([name, value]) => ({
    name,
    values: [value],
  }));
  return { fields, tables, proposals };
}

export const AGENCY = {
  id: 'CW-9',
  name: 'An agency (made-up data)',
  system: 'child_welfare',
  countyFips: '06001',
  deduplicated: false,
  vocaFunded: false,
  part2Program: false,
  madeUp: true,
} as const;

export function agreement(
  id: string,
  effectiveFrom: string,
  effectiveTo: string | null,
  purposes = ['research'],
) {
  return {
    id,
    agencies: ['CW-9'],
    recordTypes: [],
    purposes,
    withheldFields: [],
    minorConsentServices: false,
    vocaPersonRows: false,
    contentUpFront: false,
    effectiveFrom,
    effectiveTo,
  };
}
