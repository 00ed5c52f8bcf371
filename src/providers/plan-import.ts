/** What an import would do, before anything is done: pure, so that a dry run and the real one say the same. */
import type { Contracts } from '../contracts/contracts.ts';
import { differences, fieldTexts, type Texts } from './as-texts.ts';
import { checkedProgram } from './checked-program.ts';
import { type Directory, severalOf } from './directory.ts';
import { type Carried, programIdOf, providerIdOf, type ToKeep } from './keep.ts';
import { keeps } from './keeps.ts';
import { openLookout } from './lookalikes.ts';
import { plainName } from './names.ts';
import type { Program } from './program.ts';

/** One row of a file, or one entry of another directory. */
export interface Came {
  readonly line: number;
  readonly texts: Texts;
  readonly carried?: Carried;
  /** Another directory's entry as it was: where it cannot be an entry of ours yet, it waits whole. */
  readonly document?: object;
  /** Why somebody should look at it even if it is complete. */
  readonly doubts?: readonly string[];
}

export interface ProblemFound {
  readonly line: number;
  /** Empty where the row as a whole is meant. */
  readonly field: string;
  readonly words: string;
}

export interface ToWait {
  readonly line: number;
  readonly texts: Texts;
  readonly document: object | undefined;
  readonly reasons: readonly string[];
  readonly looksLike: Program | undefined;
}

export interface Changed extends ToKeep {
  readonly line: number;
  readonly was: Program;
  readonly fields: readonly string[];
}

export interface ImportPlan {
  readonly rows: number;
  readonly fresh: readonly (ToKeep & { readonly line: number })[];
  readonly changed: readonly Changed[];
  readonly unchanged: number;
  readonly waiting: readonly ToWait[];
  readonly refused: readonly ProblemFound[];
  readonly refusedRows: number;
}

export function planImport(
  contracts: Contracts,
  { programs: standing, byId, versions }: Pick<Directory, 'programs' | 'byId' | 'versions'>,
  rows: readonly Came[],
  /** The county that the rows come from may change only what it keeps; * keeps all. */
  claimed = '*',
): ImportPlan {
  const several = severalOf(contracts);
  const providers = new Map(standing.map((program) => [plainName(program.provider), program.providerId]));
  const lookout = openLookout(standing);
  const taken = new Map<string, number>();
  const fresh: (ToKeep & { line: number })[] = [];
  const changed: Changed[] = [];
  const waiting: ToWait[] = [];
  const refused: ProblemFound[] = [];
  let unchanged = 0;
  let refusedRows = 0;

  for (const came of rows) {
    const { line, texts, carried, document } = came;
    const refuse = (field: string, words: string): void => {
      refusedRows++;
      refused.push({ line, field, words });
    };
    const wait = (reasons: readonly string[], looksLike?: Program): void => {
      const seen = claimed === '*' || (texts['counties'] ?? '').split(';').includes(claimed);
      if (seen) waiting.push({ line, texts, document, reasons, looksLike });
      else refuse('counties', `is not yours, and the row would have to wait: ${reasons.join('; ')}`);
    };
    const { said, complaints } = checkedProgram(contracts, fieldTexts(texts, several));
    if (said === undefined) {
      const named = complaints.map(({ field, words }) => `${field} ${words}`.trim());
      if (document !== undefined && !aboutConfidential(texts)) wait([...(came.doubts ?? []), ...named]);
      else {
        refusedRows++;
        for (const { field, words } of complaints) refused.push({ line, field, words });
      }
      continue;
    }
    const id = programIdOf(said);
    const earlier = taken.get(id);
    if (earlier !== undefined) {
      refuse('', `is the program of line ${earlier} again`);
      continue;
    }
    taken.set(id, line);
    const before = byId.get(id);
    const fields = before === undefined ? [] : differences(before, said);
    if (before !== undefined && fields.length === 0) {
      unchanged++;
      continue;
    }
    if (![said, ...(before === undefined ? [] : [before])].every(({ place }) => keeps(claimed, place))) {
      refuse('kept_by', 'is another county, which alone changes the entry');
      continue;
    }
    const providerId =
      before?.providerId ?? providers.get(plainName(said.provider)) ?? providerIdOf(said.provider);
    const kept: ToKeep = { id, providerId, seen: versions.get(id) ?? 0, said, ...(carried && { carried }) };
    if (before !== undefined) {
      changed.push({ ...kept, line, was: before, fields });
      continue;
    }
    if (came.doubts !== undefined && came.doubts.length > 0) {
      wait(came.doubts);
      continue;
    }
    const found = lookout.find(said);
    if (found !== undefined) {
      wait([`looks like an entry by ${found.because.join(' and ')}`], found.entry);
      continue;
    }
    providers.set(plainName(said.provider), providerId);
    lookout.add({ ...said, id, providerId, version: 0 });
    fresh.push({ ...kept, line });
  }
  return { rows: rows.length, fresh, changed, unchanged, waiting, refused, refusedRows };
}

/** What is said of a confidential place waits nowhere: it could hold what may not be held. */
function aboutConfidential(texts: Texts): boolean {
  return texts['confidential'] !== undefined && texts['confidential'] !== 'false';
}
