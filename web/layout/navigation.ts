import type { MessageKey } from '../messages/messages.ts';
import { ROLES, type Role } from '../viewer.ts';

export interface Entry {
  readonly path: string;
  readonly label: MessageKey;
  readonly roles: readonly Role[];
}

const staff: readonly Role[] = ['operator', 'steward'];

/** What everybody reads, in the order in which people meet it. */
export const reading: readonly Entry[] = [
  { path: '/', label: 'nav.overview', roles: ROLES },
  { path: '/tables', label: 'nav.tables', roles: ROLES },
  { path: '/crossover', label: 'nav.crossover', roles: ROLES },
  { path: '/prevalence', label: 'nav.prevalence', roles: ROLES },
  { path: '/cascade', label: 'nav.cascade', roles: ROLES },
  { path: '/clocks', label: 'nav.clocks', roles: ROLES },
  { path: '/gaps', label: 'nav.gaps', roles: ROLES },
  { path: '/definitions', label: 'nav.definitions', roles: ROLES },
  { path: '/program', label: 'nav.program', roles: ROLES },
  { path: '/help', label: 'nav.help', roles: ROLES },
];

/** What those who run the hub work with. */
export const working: readonly Entry[] = [{ path: '/runs', label: 'nav.runs', roles: staff }];

export function openTo(entries: readonly Entry[], role: Role): readonly Entry[] {
  return entries.filter((entry) => entry.roles.includes(role));
}

/** The entry under which a page stands. */
export function isAt(entry: Entry, path: string): boolean {
  return entry.path === '/' ? path === '/' : path === entry.path || path.startsWith(`${entry.path}/`);
}
