import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

const fieldTypes = ['text', 'date', 'number', 'flag', 'code', 'codes', 'choice', 'choices'] as const;
const LONGEST_TEXT = 2000;
const scopes = ['county', 'state', 'agreement'] as const;

export interface RegisterField {
  readonly name: string;
  readonly words: string;
  readonly type: (typeof fieldTypes)[number];
  readonly required: boolean;
  /** The code list, for `code` and `codes`. */
  readonly codes: string | undefined;
  /** The field's own short list, for `choice` and `choices`. */
  readonly choices: ReadonlyMap<string, string>;
  readonly pattern: string | undefined;
  readonly minimum: number;
  readonly maximum: number;
  /** Characters that a text may have. */
  readonly longest: number;
  readonly place: Place;
}

/** One kind of entry of the county register. */
export interface RegisterKind {
  readonly name: string;
  readonly words: string;
  readonly scope: (typeof scopes)[number];
  /** Meant for everybody to read. */
  readonly public: boolean;
  readonly meets: readonly string[];
  readonly fields: readonly RegisterField[];
  readonly place: Place;
}

export function readRegister(file: Entry): RegisterKind[] {
  return file
    .only('about', 'kinds')
    .list('kinds')
    .map((entry) => {
      entry.only('kind', 'words', 'scope', 'public', 'meets', 'fields');
      return {
        name: entry.text('kind'),
        words: entry.text('words'),
        scope: entry.choice('scope', scopes),
        public: entry.flag('public'),
        meets: entry.texts('meets'),
        fields: entry.list('fields').map(readField),
        place: entry.place,
      };
    });
}

export function readField(entry: Entry): RegisterField {
  entry.only(
    'name',
    'words',
    'type',
    'required',
    'codes',
    'choices',
    'pattern',
    'minimum',
    'maximum',
    'longest',
  );
  const choices = entry.at('choices');
  const type = entry.choice('type', fieldTypes);
  if (type.startsWith('choice') && choices.keys().length === 0) choices.report('SHAPE', 'is missing');
  return {
    name: entry.text('name'),
    words: entry.text('words'),
    type,
    required: entry.flag('required'),
    codes: type.startsWith('code') ? entry.text('codes') : undefined,
    choices: new Map(choices.keys().map((choice) => [choice, choices.text(choice)])),
    pattern: entry.has('pattern') ? entry.patterns('pattern')[0] : undefined,
    minimum: entry.optionalNumber('minimum') ?? 0,
    maximum: entry.optionalNumber('maximum') ?? Number.MAX_SAFE_INTEGER,
    longest: entry.optionalNumber('longest') ?? LONGEST_TEXT,
    place: entry.place,
  };
}
