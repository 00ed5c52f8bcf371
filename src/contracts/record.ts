import type { Change } from './change.ts';
import { readChanges } from './change.ts';
import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

export const SYSTEMS = [
  'child_welfare',
  'probation',
  'health',
  'education',
  'cross_system',
  'governance',
  'all',
] as const;
export type System = (typeof SYSTEMS)[number];

/** What one row is about. Only `person` rows carry a young person's pseudonym as content. */
export const SUBJECTS = [
  'person',
  'linkage',
  'aggregate',
  'provider',
  'staff',
  'governance',
  'delivery',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** `first`: sent for the whole caseload; `content`: only for the young people in scope; `any`: no person in it. */
export const PHASES = ['first', 'content', 'any'] as const;
export type Phase = (typeof PHASES)[number];

export const FIELD_TYPES = ['string', 'integer', 'number', 'boolean', 'date', 'datetime', 'array'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What a pseudonymous reference points at. It is comparable only inside the agency that sent it. */
export const TOKENS = ['person', 'record', 'provider', 'staff', 'linkage', 'delivery'] as const;
export type Token = (typeof TOKENS)[number];

/** `start` and `end` bound a span, `at` is the moment of an event, `recorded` is when it was written down. */
export const MOMENTS = ['start', 'end', 'at', 'recorded'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Constraints {
  readonly required: boolean;
  readonly unique: boolean;
  readonly minimum: number | string | undefined;
  readonly maximum: number | string | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
}

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly description: string;
  /** A made-up value, for the dictionary and the starter kit. */
  readonly example: string | undefined;
  readonly constraints: Constraints;
  /** The code list that its values come from. */
  readonly codes: string | undefined;
  /** Several codes in one cell, separated by semicolons. */
  readonly several: boolean;
  readonly token: Token | undefined;
  readonly unit: string | undefined;
  readonly moment: Moment | undefined;
  readonly sensitivity: string;
  /** Legal bases that let it leave the agency; never empty for a field that leaves. */
  readonly basis: readonly string[];
  /** False for a field that is declared only so that a delivery which carries it is refused. */
  readonly leaves: boolean;
  /** The topic of never-held.yaml that keeps it at the agency. */
  readonly never: string | undefined;
  readonly readers: readonly string[];
  /** The value can come from a service to which a minor consents alone. */
  readonly minorConsent: boolean;
  /** Words that are not codes, such as the public name of an organization; says which. */
  readonly open: string | undefined;
  readonly meets: readonly string[];
  readonly place: Place;
}

export interface ForeignKey {
  readonly fields: readonly string[];
  readonly record: string;
  readonly referenced: readonly string[];
  readonly place: Place;
}

export interface RecordType {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly system: System;
  readonly subject: Subject;
  readonly phase: Phase;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly cadence: string;
  readonly volume: string | undefined;
  /** Common keys first, then the record's own fields. */
  readonly fields: readonly Field[];
  /** What its own fields take when they say nothing themselves. */
  readonly sensitivity: string;
  readonly basis: readonly string[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly missingValues: readonly string[];
  /** Ids of requirements.yaml that it answers. */
  readonly meets: readonly string[];
  readonly changes: readonly Change[];
  readonly place: Place;
}

/** What fields take from their record when they say nothing themselves. */
interface Inherited {
  readonly sensitivity: string;
  readonly basis: readonly string[];
}

export type KeySets = ReadonlyMap<string, { fields: readonly Field[]; foreignKeys: readonly ForeignKey[] }>;

/** The sets of common keys, declared once in records/common.yaml. */
export function readKeySets(entry: Entry): KeySets {
  entry.only('version', 'keys');
  const sets = new Map<string, { fields: Field[]; foreignKeys: ForeignKey[] }>();
  for (const set of entry.list('keys')) {
    set.only('set', 'description', 'extends', 'fields', 'foreignKeys');
    const base = set.has('extends') ? sets.get(set.text('extends')) : undefined;
    if (set.has('extends') && base === undefined)
      set.at('extends').report('REFERENCE', 'names no set above this one');
    const own = set.list('fields').map((field) => readField(field, { sensitivity: '', basis: [] }));
    sets.set(set.text('set'), {
      fields: [...(base?.fields ?? []), ...own],
      foreignKeys: [...(base?.foreignKeys ?? []), ...set.list('foreignKeys').map(readForeignKey)],
    });
  }
  return sets;
}

export function readRecord(entry: Entry, keySets: KeySets): RecordType {
  entry.only(
    'name',
    'title',
    'description',
    'tessera',
    'fields',
    'primaryKey',
    'foreignKeys',
    'missingValues',
  );
  const ours = entry
    .at('tessera')
    .only(
      'system',
      'subject',
      'phase',
      'version',
      'effective_from',
      'cadence',
      'volume',
      'keys',
      'sensitivity',
      'basis',
      'meets',
      'changes',
    );
  const inherited = { sensitivity: ours.text('sensitivity'), basis: ours.texts('basis') };
  const keys = ours.has('keys') ? keySets.get(ours.text('keys')) : undefined;
  if (ours.has('keys') && keys === undefined)
    ours.at('keys').report('REFERENCE', 'names no set of records/common.yaml');
  const volume = ours.optionalText('volume');
  return {
    name: entry.text('name'),
    title: entry.text('title'),
    description: entry.text('description'),
    system: ours.choice('system', SYSTEMS),
    subject: ours.choice('subject', SUBJECTS),
    phase: ours.choice('phase', PHASES),
    version: ours.number('version'),
    effectiveFrom: ours.date('effective_from'),
    cadence: ours.text('cadence'),
    volume,
    fields: [...(keys?.fields ?? []), ...entry.list('fields').map((field) => readField(field, inherited))],
    ...inherited,
    primaryKey: entry.texts('primaryKey'),
    foreignKeys: [...(keys?.foreignKeys ?? []), ...entry.list('foreignKeys').map(readForeignKey)],
    missingValues: entry.has('missingValues') ? entry.texts('missingValues') : [''],
    meets: ours.texts('meets'),
    changes: readChanges(ours),
    place: entry.place,
  };
}

function readField(entry: Entry, inherited: Inherited): Field {
  entry.only('name', 'type', 'description', 'example', 'constraints', 'tessera');
  const ours = entry.at('tessera');
  if (entry.has('tessera')) {
    ours.only(
      'codes',
      'several',
      'token',
      'unit',
      'moment',
      'sensitivity',
      'basis',
      'never',
      'readers',
      'minor_consent',
      'open',
      'meets',
    );
  }
  const never = ours.optionalText('never');
  const codes = ours.optionalText('codes');
  const unit = ours.optionalText('unit');
  const open = ours.optionalText('open');
  return {
    name: entry.text('name'),
    type: entry.choice('type', FIELD_TYPES),
    description: entry.text('description'),
    example: entry.optionalText('example'),
    constraints: readConstraints(entry.at('constraints')),
    several: ours.flag('several'),
    codes,
    token: ours.has('token') ? ours.choice('token', TOKENS) : undefined,
    unit,
    moment: ours.has('moment') ? ours.choice('moment', MOMENTS) : undefined,
    sensitivity: ours.optionalText('sensitivity') ?? inherited.sensitivity,
    basis: ours.has('basis') ? ours.texts('basis') : inherited.basis,
    leaves: never === undefined,
    never,
    readers: ours.texts('readers'),
    minorConsent: ours.flag('minor_consent'),
    open,
    meets: ours.texts('meets'),
    place: entry.place,
  };
}

function readConstraints(entry: Entry): Constraints {
  if (entry.value !== undefined)
    entry.only('required', 'unique', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern');
  const minLength = entry.optionalNumber('minLength');
  const maxLength = entry.optionalNumber('maxLength');
  const [pattern] = entry.patterns('pattern');
  return {
    required: entry.flag('required'),
    unique: entry.flag('unique'),
    minimum: entry.optionalBound('minimum'),
    maximum: entry.optionalBound('maximum'),
    minLength,
    maxLength,
    pattern,
  };
}

function readForeignKey(entry: Entry): ForeignKey {
  entry.only('fields', 'reference');
  const reference = entry.at('reference').only('resource', 'fields');
  return {
    fields: entry.texts('fields'),
    record: reference.text('resource'),
    referenced: reference.texts('fields'),
    place: entry.place,
  };
}
