/** One entry as a form or the API says it: checked like a row of a file, and written under its writer's claims. */
import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { NotFound, Refused } from '../errors.ts';
import type { Complaint, FieldText } from '../register/content.ts';
import { differences } from './as-texts.ts';
import { checkedProgram } from './checked-program.ts';
import { directory } from './directory.ts';
import { keepPrograms, programIdOf, providerIdOf } from './keep.ts';
import { keeps } from './keeps.ts';
import { openLookout } from './lookalikes.ts';
import { plainName } from './names.ts';
import type { Program } from './program.ts';

export interface NewProgram {
  readonly fields: readonly FieldText[];
  /** The version that its writer had seen; none for a new entry. */
  readonly version?: number | null | undefined;
  /** It is another program than the one that looks like it. */
  readonly another?: boolean | null | undefined;
  readonly withdrawn?: boolean | null | undefined;
}

/** Why an entry was not written, in words for the form that sent it. */
export class ProgramRefused extends Refused {
  readonly complaints: readonly Complaint[];

  constructor(complaints: readonly Complaint[]) {
    const said = complaints.map(({ field, words }) => `${field} ${words}`.trim()).join('; ');
    super('PROGRAM_REFUSED', `${said}.`, { remedy: '`programFields` lists the fields, with their codes.' });
    this.complaints = complaints;
  }
}

/** Sent again with the same words it answers the entry as it stands. */
export async function recordProgram(
  api: DataSource,
  claims: Claims,
  { fields, version, another, withdrawn }: NewProgram,
  by: string,
): Promise<Program> {
  const { said, complaints } = checkedProgram(loadContracts(), fields);
  if (said === undefined) throw new ProgramRefused(complaints);
  const { programs, byId, versions } = await directory(api);
  const id = programIdOf(said);
  const before = byId.get(id);
  // Who keeps neither what it was nor what it becomes learns nothing of it.
  if (!keeps(claims.county, said.place) || (before !== undefined && !keeps(claims.county, before.place)))
    throw new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
  if (before !== undefined && (version ?? undefined) === undefined && differences(before, said).length === 0)
    return before;
  if (before === undefined && another !== true) {
    const found = openLookout(programs).find(said);
    if (found !== undefined)
      throw new ProgramRefused([
        { field: '', words: `looks like an entry by ${found.because.join(' and ')}: ${found.entry.id}` },
      ]);
  }
  const seen = version ?? (before === undefined ? (versions.get(id) ?? 0) : -1);
  if (before !== undefined && seen !== before.version) throw changedMeanwhile();
  const same = programs.find(({ provider }) => plainName(provider) === plainName(said.provider));
  const providerId = before?.providerId ?? same?.providerId ?? providerIdOf(said.provider);
  await transaction(
    api,
    ({ client }) => keepPrograms(client, [{ id, providerId, seen, said, withdrawn: withdrawn === true }], by),
    claims,
  );
  return { ...said, id, providerId, version: seen + 1 };
}

function changedMeanwhile(): Refused {
  return new Refused('CHANGED_MEANWHILE', 'The entry is not as its writer had seen it.', {
    remedy: 'Read the entry again, and send its newest `version`.',
  });
}
