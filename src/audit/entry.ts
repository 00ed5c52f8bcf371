/** What is remembered of a question: who, as what, why, which one, and how it ended. Never a value, never a count. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../disclosure/release/canonical-json.ts';
import { TesseraError } from '../errors.ts';

export interface AuditEntry {
  readonly at: string;
  readonly request: string;
  /** Null for the public and for what the hub's own host does. */
  readonly person: string | null;
  readonly role: string;
  readonly county: string | null;
  readonly agency: string | null;
  readonly purpose: string | null;
  readonly channel: string;
  /** The operations that were asked, by the names of the policy. */
  readonly operations: readonly string[];
  /** The hash of the document without its variables, or of a route's name. */
  readonly document: string;
  readonly tables: readonly string[];
  readonly release: number | null;
  readonly outcome: string;
}

export function bodyOf(entry: AuditEntry): string {
  return canonicalJson(entry);
}

/** The first link hangs on a fixed word. */
export const firstHash: Buffer = createHash('sha256').update('tessera audit').digest();

/** As the database makes it (migration 0008): the one before, the number, the body. */
export function chainHash(previous: Uint8Array, number: bigint, body: string): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(number);
  return createHash('sha256').update(previous).update(place).update(body, 'utf8').digest();
}

/** As who somebody asked. */
export type AskedBy = Pick<AuditEntry, 'person' | 'role' | 'county' | 'agency' | 'channel'>;

/** What was asked, as far as it is known; what is left out was not. */
type Question = Partial<Pick<AuditEntry, 'purpose' | 'operations' | 'document' | 'tables' | 'release'>> &
  Pick<AuditEntry, 'outcome'>;

export function auditEntry(request: string, by: AskedBy, question: Question): AuditEntry {
  const { person, role, county, agency, channel } = by;
  return {
    at: new Date().toISOString(),
    request,
    person,
    role,
    county,
    agency,
    channel,
    purpose: null,
    operations: [],
    document: '',
    tables: [],
    release: null,
    ...question,
  };
}

/** By its code; a defect has none. */
export function outcomeOf(error: unknown): string {
  return error instanceof TesseraError ? error.code : 'INTERNAL_SERVER_ERROR';
}
