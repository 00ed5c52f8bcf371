import { type Duty, roleName, rolePassword } from './roles.ts';

/** A database that the hub may open, once for each duty. */
export interface DatabaseTarget {
  /** How it is named to people: never with a password. */
  readonly label: string;
  readonly embedded: boolean;
  readonly roleSecret: string;
  urlFor(duty: Duty): string;
}

export function databaseTarget(ownerUrl: string, roleSecret: string, embedded: boolean): DatabaseTarget {
  const owner = new URL(ownerUrl);
  return {
    label: `${owner.hostname}:${owner.port || '5432'}${owner.pathname}`,
    embedded,
    roleSecret,
    urlFor(duty) {
      if (duty === 'owner') return ownerUrl;
      const url = new URL(ownerUrl);
      url.username = roleName(duty);
      url.password = rolePassword(roleSecret, duty);
      return url.href;
    },
  };
}
