import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

export const boundTo = ['nothing', 'county', 'agency'] as const;
export const reaches = ['all', 'own', 'agency', 'self'] as const;
export const channels = ['anybody', 'session', 'token', 'bearer'] as const;
const kinds = ['query', 'mutation', 'subscription', 'route'] as const;
const dataKinds = [
  'contracts',
  'protected',
  'secure_twin',
  'governance',
  'operational',
  'access',
  'audit',
] as const;
const outputs = ['words', 'protected', 'counts'] as const;

export type Reach = (typeof reaches)[number];
export type Channel = (typeof channels)[number];

export interface Role {
  readonly name: string;
  readonly words: string;
  readonly boundTo: (typeof boundTo)[number];
  readonly secondFactor: boolean;
  readonly purposes: readonly string[];
  readonly place: Place;
}

/** One thing that a reader may ask of the hub, and who may. */
export interface Operation {
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly words: string;
  readonly data: (typeof dataKinds)[number];
  readonly output: (typeof outputs)[number];
  /** Any of these will do; all purposes of the role, when none is named. */
  readonly purposes: readonly string[];
  readonly reach: ReadonlyMap<string, Reach>;
  readonly exact: readonly string[];
  readonly agreement: 'none' | 'held' | 'county';
  readonly channels: readonly Channel[];
  /** May be asked before the second factor that the role calls for was shown. */
  readonly oneFactor: boolean;
  readonly tables: readonly string[];
  readonly place: Place;
}

export interface AccessPolicy {
  readonly ownPurposes: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly operations: ReadonlyMap<string, Operation>;
}

export function readAccessPolicy(file: Entry): AccessPolicy {
  file.only('about', 'own_purposes', 'roles', 'operations');
  return {
    ownPurposes: new Map(
      file.list('own_purposes').map((entry) => {
        entry.only('purpose', 'words');
        return [entry.text('purpose'), entry.text('words')];
      }),
    ),
    roles: named(file.list('roles'), readRole),
    operations: named(file.list('operations'), readOperation),
  };
}

function readRole(entry: Entry): Role {
  entry.only('role', 'words', 'bound_to', 'second_factor', 'purposes');
  return {
    name: entry.text('role'),
    words: entry.text('words'),
    boundTo: entry.choice('bound_to', boundTo),
    secondFactor: entry.flag('second_factor'),
    purposes: entry.texts('purposes'),
    place: entry.place,
  };
}

function readOperation(entry: Entry): Operation {
  entry.only(
    'operation',
    'kind',
    'words',
    'data',
    'output',
    'purposes',
    'reach',
    'exact',
    'agreement',
    'channels',
    'one_factor',
    'tables',
  );
  const reach = entry.at('reach');
  return {
    name: entry.text('operation'),
    kind: entry.choice('kind', kinds),
    words: entry.text('words'),
    data: entry.choice('data', dataKinds),
    output: entry.choice('output', outputs),
    purposes: entry.texts('purposes'),
    reach: new Map(reach.keys().map((role) => [role, reach.choice(role, reaches)])),
    exact: entry.texts('exact'),
    agreement: entry.choice('agreement', ['none', 'held', 'county'] as const, 'none'),
    channels: entry.has('channels')
      ? entry.list('channels').map((_, i) => entry.at('channels').choice(String(i), channels))
      : channels,
    oneFactor: entry.flag('one_factor'),
    tables: entry.texts('tables'),
    place: entry.place,
  };
}

function named<T extends { readonly name: string; readonly place: Place }>(
  entries: readonly Entry[],
  read: (entry: Entry) => T,
): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const entry of entries) {
    const item = read(entry);
    if (map.has(item.name)) entry.report('DUPLICATE', `${item.name} is written twice`);
    else map.set(item.name, item);
  }
  return map;
}
