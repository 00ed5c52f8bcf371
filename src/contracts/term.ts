import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';
import { type Rule, readRule } from './term-rule.ts';

export interface Authority {
  readonly citation: string;
  /** A statute or regulation binds; guidance and recommendations do not; a project definition is ours. */
  readonly kind: AuthorityKind;
  readonly checked: 'read' | 'partly' | 'not_read';
}

export const AUTHORITY_KINDS = ['statute', 'regulation', 'guidance', 'recommendation', 'project'] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

export interface TermVersion {
  readonly version: number;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | undefined;
  readonly words: string;
  readonly rule: Rule | undefined;
  /** Why no rule over records can be given, where there is none. */
  readonly noRule: string | undefined;
  readonly authority: Authority;
  readonly what: string;
  readonly why: string;
  readonly place: Place;
}

/** The words and rule that one county's protocol puts in the place of the shared ones. */
export interface LocalTerm extends TermVersion {
  readonly county: string;
}

export interface Term {
  readonly name: string;
  readonly title: string;
  /** Ids under which earlier lists of definitions carry it. */
  readonly alsoKnownAs: readonly string[];
  readonly versions: readonly TermVersion[];
  readonly local: readonly LocalTerm[];
  readonly place: Place;
}

export function readTerms(file: Entry): Term[] {
  file.only('about', 'terms');
  return file.list('terms').map((entry) => {
    entry.only('term', 'title', 'also_known_as', 'versions', 'local');
    return {
      name: entry.text('term'),
      title: entry.text('title'),
      alsoKnownAs: entry.texts('also_known_as'),
      versions: entry.list('versions').map((version) => readVersion(version)),
      local: entry.list('local').map(readLocal),
      place: entry.place,
    };
  });
}

function readLocal(entry: Entry): LocalTerm {
  return { county: entry.text('county'), ...readVersion(entry, 'county') };
}

function readVersion(entry: Entry, ...besides: readonly string[]): TermVersion {
  entry.only(
    'version',
    'effective_from',
    'effective_to',
    'words',
    'rule',
    'no_rule',
    'authority',
    'what',
    'why',
    ...besides,
  );
  if (!entry.has('why')) entry.report('UNREASONED_CHANGE', 'every version says what changed and why');
  const effectiveTo = entry.optionalDate('effective_to');
  const noRule = entry.optionalText('no_rule');
  if (entry.has('rule') === (noRule !== undefined))
    entry.report('SHAPE', 'has either a rule, or no_rule with the reason');
  return {
    version: entry.number('version'),
    effectiveFrom: entry.date('effective_from'),
    effectiveTo,
    words: entry.text('words'),
    rule: entry.has('rule') ? readRule(entry.at('rule')) : undefined,
    noRule,
    authority: readAuthority(entry.at('authority')),
    what: entry.text('what'),
    why: entry.optionalText('why') ?? '',
    place: entry.place,
  };
}

export function readAuthority(entry: Entry): Authority {
  entry.only('citation', 'kind', 'checked');
  return {
    citation: entry.text('citation'),
    kind: entry.choice('kind', AUTHORITY_KINDS),
    checked: entry.choice('checked', ['read', 'partly', 'not_read'] as const),
  };
}
