import type { Contracts } from '../../src/contracts/contracts.ts';
import { mappingAsOf } from '../../src/contracts/lookup.ts';
import type { Field } from '../../src/contracts/record.ts';

/**
 * Says in an agency's own codes what is known in shared ones: the mapping read backwards. Where several of its
 * codes mean the same, the row decides which, so that all of them occur.
 */
export class LocalCodes {
  readonly #contracts: Contracts;
  readonly #day: string;
  readonly #known = new Map<string, ReadonlyMap<string, readonly string[]>>();

  constructor(contracts: Contracts, day: string) {
    this.#contracts = contracts;
    this.#day = day;
  }

  /** Undefined where the agency has no word for the shared code. */
  say(agency: string, record: string, field: Field, shared: string, variety: number): string | undefined {
    if (field.codes === undefined || shared === '') return shared;
    if (!field.several || !shared.includes(';')) return this.#one(agency, record, field, shared, variety);
    const parts = shared.split(';').flatMap((code) => this.#one(agency, record, field, code, variety) ?? []);
    return parts.length === 0 ? undefined : parts.join(';');
  }

  #one(agency: string, record: string, field: Field, shared: string, variety: number): string | undefined {
    const local = this.#backwards(agency, record, field).get(shared);
    return local?.[variety % local.length];
  }

  #backwards(agency: string, record: string, field: Field): ReadonlyMap<string, readonly string[]> {
    const at = `${agency} ${record} ${field.name}`;
    const known = this.#known.get(at);
    if (known !== undefined) return known;
    const codes = field.codes ?? '';
    const forwards = mappingAsOf(this.#contracts, agency, { record, name: field.name, codes }, this.#day);
    const own = new Map<string, string[]>();
    const passing = new Map<string, string[]>();
    for (const [from, to] of forwards) {
      const into = from === to ? passing : own;
      into.set(to, [...(into.get(to) ?? []), from]);
    }
    const backwards = new Map([...passing, ...own]);
    this.#known.set(at, backwards);
    return backwards;
  }
}
