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
  /** A provider that VOCA funds: its rows about young people are off unless its agreement says otherwise. */
  readonly vocaFunded?: boolean;
  /** A program under 42 CFR Part 2: it sends counts only. */
  readonly part2Program?: boolean;
  /** What it sends was made up. */
  readonly madeUp?: boolean;
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
  entry.only('id', 'name', 'system', 'county', 'deduplicated', 'voca_funded', 'part_2_program', 'made_up');
  return {
    id: entry.text('id'),
    name: entry.text('name'),
    system: entry.choice('system', systems),
    countyFips: coded(entry, 'county', 'ca_counties', contracts),
    deduplicated: entry.flag('deduplicated'),
    vocaFunded: entry.flag('voca_funded'),
    part2Program: entry.flag('part_2_program'),
    madeUp: entry.flag('made_up'),
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
    'voca_person_rows',
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
    withheldFields: readWithheld(entry, contracts),
    minorConsentServices: entry.flag('minor_consent_services'),
    vocaPersonRows: entry.flag('voca_person_rows'),
    contentUpFront: entry.flag('content_up_front'),
    effectiveFrom: entry.date('effective_from'),
    effectiveTo: entry.optionalDate('effective_to') ?? null,
  };
}

/** A name that no contract knows would withhold nothing, and a required field cannot be left out. */
function readWithheld(entry: Entry, contracts: Contracts): readonly string[] {
  const withheld = entry.has('withheld_fields') ? entry.texts('withheld_fields') : [];
  for (const name of withheld) {
    const [record = '', column] = name.split('.');
    const field = contracts.records.get(record)?.fields.find((known) => known.name === column);
    if (field === undefined)
      entry.at('withheld_fields').report('REFERENCE', `names no field ${name}, as record.field`);
    else if (field.constraints.required)
      entry.at('withheld_fields').report('SHAPE', `withholds ${name}, which every row must have`);
  }
  return withheld;
}

function coded(entry: Entry, key: string, list: string, contracts: Contracts): string {
  const code = entry.text(key);
  if (!listNamed(contracts, list).codes.some((known) => known.code === code)) {
    entry.at(key).report('REFERENCE', `is no code of ${list}`);
  }
  return code;
}
