import { type Change, readChanges } from './change.ts';
import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';
import { SYSTEMS, type System } from './record.ts';

export interface CodeMap {
  readonly from: string;
  readonly to: string;
  readonly validFrom: string;
  readonly validTo: string | undefined;
  /** Why this code and no other, where the reason does not meet the eye. */
  readonly why: string | undefined;
  readonly place: Place;
}

export interface FieldMapping {
  /** `record.field`, one or several that the agency codes alike; `*.field` is the field of every record. */
  readonly fields: readonly string[];
  readonly list: string;
  /** Shared codes that the agency already sends pass unchanged. */
  readonly keepsShared: boolean;
  readonly codes: readonly CodeMap[];
  /** Local codes that are known to have no counterpart, with the reason; they are reported, not dropped. */
  readonly unmapped: readonly { readonly from: string; readonly why: string }[];
  readonly place: Place;
}

/** How one agency's own codes become shared codes. */
export interface AgencyMapping {
  readonly agency: string;
  readonly title: string;
  readonly system: System;
  readonly counties: readonly string[];
  readonly madeUp: boolean;
  readonly quirks: string;
  readonly version: number;
  readonly fields: readonly FieldMapping[];
  readonly changes: readonly Change[];
  readonly place: Place;
}

/** How one shared list reads in the terms of another, such as a federal report's. */
export interface Crosswalk {
  readonly name: string;
  readonly title: string;
  readonly fromList: string;
  readonly toList: string;
  readonly version: number;
  readonly codes: readonly CodeMap[];
  /** Codes that cannot be carried over, with the reason. */
  readonly unmapped: readonly { readonly from: string; readonly why: string }[];
  readonly changes: readonly Change[];
  readonly place: Place;
}

export function readAgencyMapping(file: Entry): AgencyMapping {
  file.only(
    'agency',
    'title',
    'system',
    'counties',
    'made_up',
    'quirks',
    'version',
    'valid_from',
    'changes',
    'fields',
  );
  const validFrom = file.date('valid_from');
  return {
    agency: file.text('agency'),
    title: file.text('title'),
    system: file.choice('system', SYSTEMS),
    counties: file.texts('counties'),
    madeUp: file.flag('made_up'),
    quirks: file.text('quirks'),
    version: file.number('version'),
    fields: file.list('fields').map((entry) => {
      entry.only('fields', 'list', 'keeps_shared', 'codes', 'unmapped');
      return {
        fields: entry.texts('fields'),
        list: entry.text('list'),
        keepsShared: entry.flag('keeps_shared'),
        codes: readCodeMaps(entry, validFrom),
        unmapped: readUnmapped(entry),
        place: entry.place,
      };
    }),
    changes: readChanges(file),
    place: file.place,
  };
}

export function readCrosswalks(file: Entry): Crosswalk[] {
  file.only('crosswalks');
  return file.list('crosswalks').map((entry) => {
    entry.only(
      'crosswalk',
      'title',
      'from_list',
      'to_list',
      'version',
      'valid_from',
      'codes',
      'unmapped',
      'changes',
    );
    return {
      name: entry.text('crosswalk'),
      title: entry.text('title'),
      fromList: entry.text('from_list'),
      toList: entry.text('to_list'),
      version: entry.number('version'),
      codes: readCodeMaps(entry, entry.date('valid_from')),
      unmapped: readUnmapped(entry),
      changes: readChanges(entry),
      place: entry.place,
    };
  });
}

function readCodeMaps(entry: Entry, validFrom: string): CodeMap[] {
  return entry.list('codes').map((code) => {
    code.only('from', 'to', 'valid_from', 'valid_to', 'why');
    const validTo = code.optionalDate('valid_to');
    const why = code.optionalText('why');
    return {
      from: code.text('from'),
      to: code.text('to'),
      validFrom: code.optionalDate('valid_from') ?? validFrom,
      validTo,
      why,
      place: code.place,
    };
  });
}

function readUnmapped(entry: Entry): { from: string; why: string }[] {
  return entry.list('unmapped').map((code) => {
    code.only('from', 'why');
    return { from: code.text('from'), why: code.text('why') };
  });
}
