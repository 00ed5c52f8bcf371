/** Agencies and agreements as a steward writes them down: one YAML file, applied as often as it changes. */
import { basename, dirname, resolve } from 'node:path';
import { type Contracts, loadContracts } from '../contracts/contracts.ts';
import type { Entry } from '../contracts/entry.ts';
import { listNamed } from '../contracts/lookup.ts';
import { describe, type Problem } from '../contracts/problem.ts';
import { SchemaFolder } from '../contracts/schema-folder.ts';
import { Refused } from '../errors.ts';
import type { System } from './agency.entity.ts';
import type { Agreement } from './agreement.ts';

export interface Agency {
  readonly id: string;
  readonly name: string;
  readonly system: System;
  readonly countyFips: string;
  /** Sends at most one record of a person, because it deduplicated its own; unless it says so, it may send several. */
  readonly deduplicated?: boolean;
}

export interface Sources {
  readonly agencies: readonly Agency[];
  readonly agreements: readonly Agreement[];
}

const systems = [
  'child_welfare',
  'probation',
  'health',
  'education',
  'cross_system',
] as const satisfies readonly System[];

/** Reads the whole file before it complains, so that one look mends everything. */
export function readSourcesFile(path: string): Sources {
  const problems: Problem[] = [];
  const contracts = loadContracts();
  const file = new SchemaFolder(dirname(resolve(path)), problems)
    .one(basename(path))
    .only('agencies', 'agreements');
  const sources = {
    agencies: file.list('agencies').map((entry) => readAgency(entry, contracts)),
    agreements: file.list('agreements').map((entry) => readAgreement(entry, contracts)),
  };
  const [first] = problems;
  if (first === undefined) return sources;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  throw new Refused('SOURCES_FILE', `${describe(first)}${more}`, {
    remedy: 'Correct the file; docs/intake.md shows one.',
  });
}

function readAgency(entry: Entry, contracts: Contracts): Agency {
  entry.only('id', 'name', 'system', 'county', 'deduplicated');
  return {
    id: entry.text('id'),
    name: entry.text('name'),
    system: entry.choice('system', systems),
    countyFips: coded(entry, 'county', 'ca_counties', contracts),
    deduplicated: entry.has('deduplicated') && entry.flag('deduplicated'),
  };
}

function readAgreement(entry: Entry, contracts: Contracts): Agreement {
  entry.only(
    'id',
    'agencies',
    'record_types',
    'purposes',
    'withheld_fields',
    'minor_consent_services',
    'content_up_front',
    'effective_from',
    'effective_to',
  );
  const records = entry.texts('record_types');
  for (const record of records) {
    if (!contracts.records.has(record))
      entry.at('record_types').report('REFERENCE', `names no record type ${record}`);
  }
  const purposes = new Set(listNamed(contracts, 'purpose').codes.map((code) => code.code));
  for (const purpose of entry.texts('purposes')) {
    if (!purposes.has(purpose)) entry.at('purposes').report('REFERENCE', `names no purpose ${purpose}`);
  }
  return {
    id: entry.text('id'),
    agencies: entry.texts('agencies'),
    recordTypes: records,
    purposes: entry.texts('purposes'),
    withheldFields: entry.texts('withheld_fields'),
    minorConsentServices: entry.flag('minor_consent_services'),
    contentUpFront: entry.flag('content_up_front'),
    effectiveFrom: entry.date('effective_from'),
    effectiveTo: entry.optionalDate('effective_to') ?? null,
  };
}

function coded(entry: Entry, key: string, list: string, contracts: Contracts): string {
  const code = entry.text(key);
  if (!listNamed(contracts, list).codes.some((known) => known.code === code)) {
    entry.at(key).report('REFERENCE', `is no code of ${list}`);
  }
  return code;
}
