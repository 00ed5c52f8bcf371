import { createHmac } from 'node:crypto';

/**
 * What a connection is for. Each duty is a database role of its own, and no role reads both content and
 * tokens (schema/database-access.yaml says what each may do, and a test holds the database to it).
 */
export type Duty =
  | 'owner'
  | 'loader'
  | 'linker'
  | 'measurer'
  | 'publisher'
  | 'api'
  | 'gatekeeper'
  | 'recorder'
  | 'researcher';

/** The duties that the hub creates roles for; the owner is whoever the database was handed to. */
export const createdDuties = [
  'loader',
  'linker',
  'measurer',
  'publisher',
  'api',
  'gatekeeper',
  'recorder',
  'researcher',
] as const satisfies readonly Duty[];

export function roleName(duty: Duty): string {
  return `tessera_${duty}`;
}

/** One secret gives every role its own password, so that there is one thing to keep and nothing to look up. */
export function rolePassword(roleSecret: string, duty: Duty): string {
  return createHmac('sha256', roleSecret).update(`tessera database role ${duty}`).digest('base64url');
}
