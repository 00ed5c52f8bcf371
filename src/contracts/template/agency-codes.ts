import type { Code, CodeList } from '../code-list.ts';
import type { Contracts } from '../contracts.ts';
import { codesAsOf, listNamed } from '../lookup.ts';
import type { RecordType } from '../record.ts';

/** The day whose codes a starter kit shows. */
export const SHOWN_ON = '2026-01-15';

/** A shared code in force, and what one agency may write for it. */
export interface AgencyCode {
  readonly code: Code;
  readonly yours: readonly string[];
}

export function listsOf(contracts: Contracts, records: readonly RecordType[]): readonly CodeList[] {
  const names = new Set(records.flatMap((record) => record.fields.flatMap((field) => field.codes ?? [])));
  return [...names].toSorted().map((name) => listNamed(contracts, name));
}

export function agencyCodes(contracts: Contracts, list: CodeList, agency: string): readonly AgencyCode[] {
  const own = new Map<string, string[]>();
  for (const field of contracts.mappings.get(agency)?.fields ?? []) {
    if (field.list !== list.name) continue;
    for (const map of field.codes) {
      if (map.validTo === undefined) own.set(map.to, [...(own.get(map.to) ?? []), map.from]);
    }
  }
  return [...codesAsOf(list, SHOWN_ON).values()].map((code) => ({ code, yours: own.get(code.code) ?? [] }));
}
