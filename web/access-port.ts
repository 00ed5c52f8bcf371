import type { NewPerson, NewRole, Person, RoleHeld } from '../src/access/people.ts';
import type { NewToken, TokenLine } from '../src/access/tokens.ts';

/** A form that was sent twice makes nothing twice. */
export interface By {
  readonly person: string;
  readonly key: string;
}

/** People, the roles that they hold, and their tokens. */
export interface AccessPort {
  readonly people: () => Promise<readonly (Person & { readonly roles: readonly RoleHeld[] })[]>;
  /** Of one person, or of everybody. */
  readonly tokens: (person: string | undefined) => Promise<readonly TokenLine[]>;
  readonly addPerson: (person: Omit<NewPerson, 'id'>, by: By) => Promise<unknown>;
  readonly giveRole: (role: Omit<NewRole, 'id' | 'givenBy'>, by: By) => Promise<unknown>;
  /** Each answers whether there was one to end. */
  readonly endPerson: (id: string) => Promise<boolean>;
  readonly endRole: (id: string) => Promise<boolean>;
  /** Its text, the first time. */
  readonly makeToken: (
    token: Pick<NewToken, 'held' | 'name' | 'days' | 'factors'>,
    by: By,
  ) => Promise<string | null>;
  /** Of one person, or anybody's. */
  readonly revokeToken: (id: string, person: string | undefined) => Promise<boolean>;
}
