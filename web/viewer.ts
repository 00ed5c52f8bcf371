import type { Language } from './messages/messages.ts';

/** The roles of schema/access-policy.yaml, to which a test holds them; what each may see, only the policy says. */
export const ROLES = [
  'public',
  'committee-member',
  'party-author',
  'survivor-advisor',
  'county-analyst',
  'state-analyst',
  'researcher',
  'agency-submitter',
  'directory-editor',
  'county-counsel',
  'operator',
  'auditor',
  'steward',
] as const;
export type Role = (typeof ROLES)[number];

export interface Viewer {
  readonly role: Role;
  /** The county whose own figures they may see, by its five digits. */
  readonly county: string | undefined;
  readonly agency: string | undefined;
  readonly person: string | undefined;
  readonly name: string | undefined;
  /** The role as it is held, and how many factors were shown for it. */
  readonly held: { readonly id: string; readonly factors: 1 | 2 } | undefined;
  readonly language: Language;
}
