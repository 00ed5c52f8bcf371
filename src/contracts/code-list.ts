import { type Change, readChanges } from './change.ts';
import { type Entry, isObject } from './entry.ts';
import type { Place } from './problem.ts';

/**
 * How far a code was checked against its source: `verified` was read there, `partially_verified` in part,
 * `unverified` comes from general knowledge, and `project` is a code of this project that has no other source.
 */
export const STATUSES = ['verified', 'partially_verified', 'unverified', 'project'] as const;
export type Status = (typeof STATUSES)[number];

export interface Code {
  readonly code: string;
  readonly label: string;
  readonly status: Status;
  readonly source: string;
  readonly validFrom: string;
  /** The last day on which it may be used; none while it is in use. Codes are end-dated, never overwritten. */
  readonly validTo: string | undefined;
  /** The topic of never-held.yaml that keeps it out of rows about one young person. */
  readonly never: string | undefined;
  /**
   * The broader code of the same list that stands for it in such rows; a code with `never` and without this is
   * refused. Without `never` it keeps company to a sensitive code, which the broader one alone would give away.
   */
  readonly heldAs: string | undefined;
  readonly minorConsent: boolean;
  /** What the list says about each of its codes besides, such as a county's number. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

export interface CodeList {
  readonly name: string;
  readonly title: string;
  readonly codeSystem: string;
  readonly version: number;
  readonly codes: readonly Code[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly note: string | undefined;
  /** Why a list is kept that no record, mapping or term uses. */
  readonly keptFor: string | undefined;
  readonly changes: readonly Change[];
  readonly place: Place;
}

const OF_CODE = [
  'code',
  'label',
  'status',
  'source',
  'valid_from',
  'valid_to',
  'never',
  'held_as',
  'minor_consent',
];
const INHERITED = ['system', 'status', 'source', 'valid_from', 'version', 'changes'] as const;

/** One file holds a family of lists; a list takes from the file, and a code from its list, what it leaves out. */
export function readCodeFamily(file: Entry): CodeList[] {
  file.only('family', 'about', ...INHERITED, 'lists');
  file.text('family');
  readChanges(file);
  return file.list('lists').map((list) => readCodeList(list, file));
}

function readCodeList(list: Entry, file: Entry): CodeList {
  list.only('list', 'title', 'note', 'kept_for', 'attributes', ...INHERITED, 'codes');
  const attributes = readAttributes(list.at('attributes'));
  const note = list.optionalText('note');
  const keptFor = list.optionalText('kept_for');
  return {
    name: list.text('list'),
    title: list.text('title'),
    codeSystem: (list.has('system') ? list : file).text('system'),
    version: (list.has('version') ? list : file).number('version'),
    codes: list.list('codes').map((code) => readCode(code, list, file, Object.keys(attributes))),
    attributes,
    note,
    keptFor,
    changes: list.has('version') ? readChanges(list) : readChanges(file),
    place: list.place,
  };
}

function readCode(code: Entry, list: Entry, file: Entry, attributes: readonly string[]): Code {
  code.only(...OF_CODE, ...attributes);
  const nearest = (key: string): Entry => [code, list, file].find((entry) => entry.has(key)) ?? file;
  const never = code.optionalText('never');
  const heldAs = code.optionalText('held_as');
  const validTo = code.optionalDate('valid_to');
  return {
    code: code.text('code'),
    label: code.text('label'),
    status: nearest('status').choice('status', STATUSES),
    source: nearest('source').text('source'),
    validFrom: nearest('valid_from').optionalDate('valid_from') ?? '',
    validTo,
    never,
    heldAs,
    minorConsent: code.flag('minor_consent'),
    attributes: Object.fromEntries(
      attributes.filter((key) => code.has(key)).map((key) => [key, code.at(key).value]),
    ),
    place: code.place,
  };
}

function readAttributes(entry: Entry): Record<string, string> {
  if (!isObject(entry.value)) return {};
  return Object.fromEntries(entry.keys().map((key) => [key, entry.text(key)]));
}
