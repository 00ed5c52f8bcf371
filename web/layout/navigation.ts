import type { MessageKey } from '../messages/messages.ts';
import type { Visit } from '../visit.ts';

export interface Entry {
  readonly path: string;
  readonly label: MessageKey;
  /** As in web/routes.tsx. */
  readonly operation?: string;
}

/** What everybody reads, in the order in which people meet it. */
export const reading: readonly Entry[] = [
  { path: '/', label: 'nav.overview' },
  { path: '/tables', label: 'nav.tables' },
  { path: '/crossover', label: 'nav.crossover' },
  { path: '/prevalence', label: 'nav.prevalence' },
  { path: '/cascade', label: 'nav.cascade' },
  { path: '/clocks', label: 'nav.clocks' },
  { path: '/gaps', label: 'nav.gaps' },
  { path: '/map', label: 'nav.map' },
  { path: '/releases', label: 'nav.releases' },
  { path: '/reports', label: 'nav.reports' },
  { path: '/datasets', label: 'nav.datasets' },
  { path: '/definitions', label: 'nav.definitions' },
  { path: '/program', label: 'nav.program' },
  { path: '/help', label: 'nav.help' },
];

/** What those who run the hub, or look after it, work with. */
export const working: readonly Entry[] = [
  { path: '/runs', label: 'nav.runs', operation: 'runs' },
  { path: '/quality', label: 'nav.quality', operation: 'dataQuality' },
  { path: '/linkage', label: 'nav.linkage', operation: 'linkageQuality' },
  { path: '/requests', label: 'nav.requests', operation: 'requests' },
  { path: '/register', label: 'nav.register', operation: 'register' },
  { path: '/agreements', label: 'nav.agreements', operation: 'agreements' },
  { path: '/people', label: 'nav.people', operation: 'tokens' },
  { path: '/audit', label: 'nav.audit', operation: 'audit' },
];

export function openTo(entries: readonly Entry[], visit: Visit): readonly Entry[] {
  return entries.filter(({ operation }) => operation === undefined || visit.may(operation));
}

/** The entry under which a page stands. */
export function isAt(entry: Entry, path: string): boolean {
  return entry.path === '/' ? path === '/' : path === entry.path || path.startsWith(`${entry.path}/`);
}
