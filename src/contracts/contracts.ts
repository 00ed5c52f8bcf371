import { join } from 'node:path';
import { Refused } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { type AccessPolicy, readAccessPolicy } from './access-policy.ts';
import { type Clock, readClocks } from './clock.ts';
import { type CodeList, readCodeFamily } from './code-list.ts';
import { type DatasetContract, readDatasetContract } from './dataset-request.ts';
import { type FormSection, readSections } from './form-section.ts';
import { freeze } from './freeze.ts';
import {
  type LegalBasis,
  type Reader,
  readLegalBases,
  readReaders,
  readSensitivities,
  type Sensitivity,
} from './handling.ts';
import { type IdentifierWords, readIdentifierWords } from './identifier-words.ts';
import { type AgencyMapping, type Crosswalk, readAgencyMapping, readCrosswalks } from './mapping.ts';
import { type Metric, readMetric } from './metric.ts';
import { type Needs, readNeeds } from './need.ts';
import { type NeverHeld, readNeverHeld } from './never-held.ts';
import { type Parties, readParties } from './party.ts';
import { describe, type Place, type Problem, problem } from './problem.ts';
import { type QualityRule, readQualityRules } from './quality-rule.ts';
import { type RecordType, readKeySets, readRecord } from './record.ts';
import { type RegisterKind, readRegister } from './register.ts';
import { type Requirement, readRequirements } from './requirement.ts';
import { SchemaFolder } from './schema-folder.ts';
import { readTerms, type Term } from './term.ts';
import { readWording, type Wording } from './wording.ts';

/** Everything that `schema/` says, read once and frozen. Maps are by name, in the order of the files. */
export interface Contracts {
  readonly folder: string;
  /** The version of all record contracts together, which a delivery's manifest names. */
  readonly version: string;
  readonly records: ReadonlyMap<string, RecordType>;
  /** The lists of codes/, and two that are made from other contracts: `holistic_needs` and `record_type`. */
  readonly codeLists: ReadonlyMap<string, CodeList>;
  /** By agency. */
  readonly mappings: ReadonlyMap<string, AgencyMapping>;
  readonly crosswalks: ReadonlyMap<string, Crosswalk>;
  readonly terms: ReadonlyMap<string, Term>;
  readonly needs: Needs;
  readonly clocks: ReadonlyMap<string, Clock>;
  readonly parties: Parties;
  readonly qualityRules: ReadonlyMap<string, QualityRule>;
  readonly neverHeld: ReadonlyMap<string, NeverHeld>;
  readonly identifierWords: IdentifierWords;
  readonly readers: ReadonlyMap<string, Reader>;
  readonly sensitivities: ReadonlyMap<string, Sensitivity>;
  readonly legalBases: ReadonlyMap<string, LegalBasis>;
  readonly requirements: ReadonlyMap<string, Requirement>;
  readonly wording: Wording;
  readonly accessPolicy: AccessPolicy;
  /** What the county register holds, by kind. */
  readonly register: ReadonlyMap<string, RegisterKind>;
  /** What the asset map says of a program, section by section. */
  readonly directory: readonly FormSection[];
  /** What a request for a dataset says. */
  readonly datasets: DatasetContract;
  /** The catalogue: nothing outside it is ever tabulated. */
  readonly metrics: ReadonlyMap<string, Metric>;
}

export const schemaFolder: string = join(packageRoot, 'schema');

let loaded: Contracts | undefined;

/** The contracts of this installation. A broken contract stops whoever asks: nothing runs on half a contract. */
export function loadContracts(folder: string = schemaFolder): Contracts {
  if (folder === schemaFolder && loaded !== undefined) return loaded;
  const { contracts, problems } = readContracts(folder);
  const first = problems[0];
  if (first !== undefined) {
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
    throw new Refused('CONTRACT_BROKEN', `${describe(first)}${more}`, {
      remedy: 'run `tessera contracts check` for the whole list',
    });
  }
  if (folder === schemaFolder) loaded = contracts;
  return contracts;
}

/** Reads all that can be read, with every problem of shape met on the way. */
export function readContracts(folder: string): { contracts: Contracts; problems: Problem[] } {
  const problems: Problem[] = [];
  const files = new SchemaFolder(folder, problems);
  const byName = <T extends { readonly place: Place }>(
    what: string,
    items: readonly T[],
    nameOf: (item: T) => string,
  ) => indexed(what, items, nameOf, problems);

  const common = files.one('records/common.yaml');
  const keySets = readKeySets(common);
  const records = byName(
    'record type',
    files.all('records', { deep: true }).map((file) => readRecord(file, keySets)),
    (record) => record.name,
  );
  const needs = readNeeds(files.one('needs.yaml'));
  const codeLists = byName(
    'code list',
    [...files.all('codes').flatMap(readCodeFamily), needs.asCodeList, recordTypesAsCodes(records)],
    (list) => list.name,
  );
  const handling = {
    readers: byName('reader', readReaders(files.one('readers.yaml')), (reader) => reader.name),
    sensitivities: byName('class', readSensitivities(files.one('sensitivity.yaml')), (found) => found.name),
    legalBases: byName('legal basis', readLegalBases(files.one('legal-bases.yaml')), (basis) => basis.name),
    neverHeld: byName('topic', readNeverHeld(files.one('never-held.yaml')), (never) => never.topic),
  };
  const contracts: Contracts = {
    folder,
    version: common.text('version'),
    records,
    codeLists,
    mappings: byName('agency', files.all('mappings').map(readAgencyMapping), (mapping) => mapping.agency),
    crosswalks: byName(
      'crosswalk',
      readCrosswalks(files.one('crosswalks.yaml')),
      (crosswalk) => crosswalk.name,
    ),
    terms: byName('term', files.all('terms').flatMap(readTerms), (term) => term.name),
    needs,
    clocks: byName('clock', readClocks(files.one('clocks.yaml')), (clock) => clock.name),
    parties: readParties(files.one('parties.yaml')),
    qualityRules: byName('rule', readQualityRules(files.one('quality-rules.yaml')), (rule) => rule.id),
    ...handling,
    identifierWords: readIdentifierWords(files.one('identifier-words.yaml')),
    requirements: byName(
      'requirement',
      readRequirements(files.one('requirements.yaml')),
      (requirement) => requirement.id,
    ),
    wording: readWording(files.one('wording.yaml')),
    accessPolicy: readAccessPolicy(files.one('access-policy.yaml')),
    register: byName('kind', readRegister(files.one('register.yaml')), (kind) => kind.name),
    directory: readSections(files.one('directory.yaml').only('about', 'sections')),
    datasets: readDatasetContract(files.one('dataset-request.yaml')),
    metrics: byName('metric', readMetrics(files), (metric) => metric.id),
  };
  return { contracts: freeze(contracts), problems };
}

const EXAMPLES = '.examples.yaml';

function readMetrics(files: SchemaFolder): Metric[] {
  const entries = files.all('metrics', { deep: true });
  const examples = new Map(
    entries.flatMap((file) => {
      const name = file.place.file;
      return name.endsWith(EXAMPLES) ? [[name.slice(0, -EXAMPLES.length), file] as const] : [];
    }),
  );
  return entries
    .filter((file) => !file.place.file.endsWith(EXAMPLES))
    .map((file) => {
      const stem = file.place.file.slice(0, -'.yaml'.length);
      return readMetric(file, stem.split('/')[1] ?? '', (name) => files.text(name), examples.get(stem));
    });
}

function indexed<T extends { readonly place: Place }>(
  what: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  problems: Problem[],
): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    const name = nameOf(item);
    const earlier = map.get(name);
    if (earlier === undefined) map.set(name, item);
    else
      problems.push(
        problem('DUPLICATE', item.place, `the ${what} ${name} is written already in ${earlier.place.file}`),
      );
  }
  return map;
}

/** Agreements name the record types that they cover; the names come from the records themselves. */
function recordTypesAsCodes(records: ReadonlyMap<string, RecordType>): CodeList {
  return {
    name: 'record_type',
    title: 'Record types of these contracts',
    note: undefined,
    keptFor: undefined,
    codeSystem: 'Tessera',
    version: 1,
    attributes: {},
    changes: [],
    place: { file: 'records', line: undefined, key: '' },
    codes: [...records.values()].map((record) => ({
      code: record.name,
      label: record.title,
      status: 'project',
      source: 'the record contracts',
      validFrom: record.effectiveFrom,
      validTo: undefined,
      never: undefined,
      heldAs: undefined,
      minorConsent: false,
      attributes: {},
      place: record.place,
    })),
  };
}
