/** The policy: role × county × purpose × agreement, and nothing that it does not name. Pure, so that it can be asked anything. */
import type { AccessPolicy, Operation } from '../contracts/access-policy.ts';
import type { Claims } from '../db/transaction.ts';
import { NotFound } from '../errors.ts';
import type { Reader } from './reader.ts';

/** What a request is about, where it says so. */
export interface Target {
  readonly county?: string | null | undefined;
  readonly agency?: string | null | undefined;
}

export interface Permission {
  readonly operation: Operation;
  readonly purpose: string;
  /** What the database is told of the reader; its row-level rules hold even where the policy should err. */
  readonly claims: Claims;
  /** Operational counts are told as they are, not in bands. */
  readonly exact: boolean;
}

/** Why a reader was refused: for the audit trail, never for the reader. */
export type Refusal =
  | 'no_such_operation'
  | 'role'
  | 'scope'
  | 'channel'
  | 'second_factor'
  | 'purpose'
  | 'agreement'
  | 'county'
  | 'agency';

export type Verdict = { readonly permission: Permission } | { readonly refusal: Refusal };

export function judge(
  policy: AccessPolicy,
  reader: Reader,
  name: string,
  target: Target = {},
  wantedPurpose?: string,
): Verdict {
  const operation = policy.operations.get(name);
  const role = policy.roles.get(reader.role);
  if (operation === undefined) return { refusal: 'no_such_operation' };
  const reach = operation.reach.get(reader.role);
  if (role === undefined || reach === undefined) return { refusal: 'role' };
  if (!reader.scopes.includes('*') && !reader.scopes.includes(name)) return { refusal: 'scope' };
  if (!operation.channels.includes(reader.channel)) return { refusal: 'channel' };
  if (role.secondFactor && reader.factors < 2 && !operation.oneFactor) return { refusal: 'second_factor' };
  const purpose = purposeOf(operation, role.purposes, reader, wantedPurpose);
  if (purpose === undefined) return { refusal: 'purpose' };
  if (!agreed(operation, reader, purpose)) return { refusal: 'agreement' };
  if (reach === 'own' && (reader.county === null || (target.county ?? reader.county) !== reader.county))
    return { refusal: 'county' };
  if (reach === 'agency' && (reader.agency === null || (target.agency ?? reader.agency) !== reader.agency))
    return { refusal: 'agency' };
  return {
    permission: {
      operation,
      purpose,
      claims: claimsOf(reach, reader, operation),
      exact: operation.exact.includes(reader.role),
    },
  };
}

/** The same words for what is forbidden and for what is not there. */
export function nothingHere(): NotFound {
  return new NotFound('NOT_FOUND', 'There is nothing here, or not for you.', {
    remedy: 'Ask `me` who the hub takes you for; the hub’s steward gives roles.',
  });
}

function purposeOf(
  operation: Operation,
  ofRole: readonly string[],
  reader: Reader,
  wanted: string | undefined,
): string | undefined {
  const usable = reader.purposes.filter(
    (purpose) =>
      ofRole.includes(purpose) && (operation.purposes.length === 0 || operation.purposes.includes(purpose)),
  );
  return wanted === undefined ? usable[0] : usable.find((purpose) => purpose === wanted);
}

function agreed(operation: Operation, reader: Reader, purpose: string): boolean {
  if (operation.agreement === 'none') return true;
  if (reader.agreed.held.includes(purpose)) return true;
  return operation.agreement === 'county' && reader.agreed.county.includes(purpose);
}

function claimsOf(reach: string, reader: Reader, operation: Operation): Claims {
  const person = reader.person === null ? {} : { person: reader.person };
  const all = operation.data === 'audit' ? { audit: 'all' as const } : {};
  if (reach === 'all') return { ...person, ...all, county: '*' };
  if (reach === 'own' && reader.county !== null) return { ...person, county: reader.county };
  if (reach === 'agency' && reader.agency !== null) return { ...person, agency: reader.agency };
  return person;
}
