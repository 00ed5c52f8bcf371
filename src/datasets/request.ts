/** A request for a dataset: what was asked, by the five safes, and where it stands. */
import type { Content } from '../register/content.ts';

export const REQUEST_STATES = [
  'draft',
  'submitted',
  'in_review',
  'returned',
  'approved',
  'rejected',
  'withdrawn',
  'released',
  'expired',
  'destroyed',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const STEPS = [
  'opened',
  'changed',
  'submitted',
  'begun',
  'commented',
  'returned',
  'approved',
  'rejected',
  'withdrawn',
  'released',
  'linked',
  'revoked',
  'destroyed',
] as const;

export interface Step {
  readonly step: (typeof STEPS)[number];
  /** Null for what the hub did by itself. */
  readonly person: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly words: string | null;
  readonly at: Date;
}

export interface DatasetRequest {
  readonly id: string;
  /** Whose counsel reviews it: a FIPS code, or `state`. */
  readonly county: string;
  readonly author: string;
  readonly authorName: string | null;
  readonly content: Content;
  /** Declared tables, as metric/table. */
  readonly tables: readonly string[];
  /** Tables that the catalogue does not have yet, written alike. */
  readonly proposals: readonly string[];
  readonly state: RequestState;
  readonly version: number;
  readonly dueOn: string | null;
  readonly openedAt: Date;
}

/** Whoever does something to a request, in the role in which they do it. */
export interface Actor {
  readonly person: string;
  readonly name: string | null;
  readonly role: string;
}

export interface Bundle {
  readonly id: string;
  readonly request: string;
  readonly number: number;
  readonly release: number;
  readonly cells: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly fingerprint: string;
  readonly madeAt: Date;
}

/** An approval holds until the day that the request names; after it nothing is given any more. */
export function stateOn(request: Pick<DatasetRequest, 'state' | 'content'>, today: string): RequestState {
  const until = request.content['until'];
  const over = typeof until === 'string' && until < today;
  return request.state === 'released' && over ? 'expired' : request.state;
}

export function textOf({ content }: Pick<DatasetRequest, 'content'>, field: string): string {
  return String(content[field] ?? '');
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
