import { parse } from 'yaml';
import { Refused } from '../../src/errors.ts';
import { plainHeader } from '../encode/columns.ts';
import { type Layout, tokenSlots } from '../encode/layout.ts';
import { type FieldKind, fieldKinds } from '../encode/normalise.ts';
import type { DateOrder } from '../encode/read-date.ts';
import type { Rule } from './blocking.ts';
import type { LinkField } from './guess.ts';

/** What `link.yaml` may say. It names columns and what they hold, and nothing about particular data. */
export interface LinkConfig {
  readonly fields: readonly LinkField[];
  readonly dateOrder?: DateOrder;
  readonly nicknames: boolean;
  /** The probability from which two records are linked. */
  readonly threshold?: number;
  /** Blocking rules by token, as `surname + birth_date.year`; without them the standard rules apply. */
  readonly blocking?: readonly string[];
  readonly cap?: number;
}

const KNOWN = ['fields', 'dates', 'nicknames', 'threshold', 'blocking', 'cap'];

export function readConfig(text: string, file: string, header: readonly string[]): LinkConfig {
  const document = parseYaml(text, file);
  for (const key of Object.keys(document))
    if (!KNOWN.includes(key)) throw broken(file, `${key} is not known; known are ${KNOWN.join(', ')}`);
  const { fields, dates, nicknames, threshold, blocking, cap } = document;
  if (!Array.isArray(fields) || fields.length === 0) throw broken(file, 'fields is not a list of columns');
  if (dates !== undefined && dates !== 'mdy' && dates !== 'dmy')
    throw broken(file, 'dates is neither mdy nor dmy');
  if (threshold !== undefined && !(typeof threshold === 'number' && threshold > 0 && threshold < 1))
    throw broken(file, 'threshold is not a probability between 0 and 1');
  if (cap !== undefined && !(Number.isInteger(cap) && Number(cap) >= 2))
    throw broken(file, 'cap is not a whole number from 2');
  if (
    blocking !== undefined &&
    !(Array.isArray(blocking) && blocking.every((rule) => typeof rule === 'string'))
  )
    throw broken(file, 'blocking is not a list of texts such as "surname + birth_date"');
  return {
    fields: fields.map((entry, i) => readField(entry, i, file, header)),
    nicknames: nicknames !== false,
    ...(dates === undefined ? {} : { dateOrder: dates }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(blocking === undefined ? {} : { blocking: blocking }),
    ...(cap === undefined ? {} : { cap: Number(cap) }),
  };
}

function parseYaml(text: string, file: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw new Refused('LINK_CONFIG', `${file} is not YAML`, { cause });
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw broken(file, 'it does not have a list of fields');
  return document as Record<string, unknown>;
}

function readField(entry: unknown, i: number, file: string, header: readonly string[]): LinkField {
  const { column, kind } = (entry ?? {}) as { column?: unknown; kind?: unknown };
  if (typeof column !== 'string') throw broken(file, `field ${i + 1} names no column`);
  const at = header.findIndex((name) => plainHeader(name) === plainHeader(column));
  if (at === -1) throw broken(file, `the file has no column ${column}`);
  if (!fieldKinds.includes(kind as FieldKind))
    throw broken(file, `field ${i + 1} has no kind among ${fieldKinds.join(', ')}`);
  return { name: plainHeader(column), kind: kind as FieldKind, columns: [at] };
}

/** Turns `surname + birth_date.year` into the numbers of its tokens. */
export function readRule(text: string, layout: Layout): Rule {
  const slots = tokenSlots(layout);
  return text.split('+').map((part) => {
    const name = part.trim();
    const at = slots.findIndex((slot) => slot.name === name || slot.name === `${name}.exact`);
    if (at === -1)
      throw new Refused(
        'LINK_CONFIG',
        `a blocking rule names the token ${name}, which the fields do not have`,
        {
          remedy: `the tokens are ${slots.map((slot) => slot.name).join(', ')}`,
        },
      );
    return at;
  });
}

function broken(file: string, message: string): Refused {
  return new Refused('LINK_CONFIG', `${file}: ${message}`);
}
