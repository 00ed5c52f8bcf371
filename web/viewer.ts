import type { Language } from './messages/messages.ts';

/** What somebody may see. `public` is everybody who has not signed in. */
export const ROLES = ['public', 'committee', 'analyst', 'researcher', 'operator', 'steward'] as const;
export type Role = (typeof ROLES)[number];

export interface Viewer {
  readonly role: Role;
  /** The county whose own figures they may see, by its five digits. */
  readonly county: string | undefined;
  readonly name: string | undefined;
  readonly language: Language;
}
