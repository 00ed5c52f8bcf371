/** The contracts hold all that the reference lists of the design hold: a floor, never a ceiling. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { dataPath } from './data.ts';

interface Extracts {
  records: Record<
    string,
    { primary_key?: string[]; fields: { name: string; required: boolean; codeset?: string }[] }
  >;
  dq_rules: { id: string; record: string; kind: string; severity: string }[];
  _meta: { severity: string[] };
}
type Codes = Record<string, Record<string, unknown>>;

const reference = (file: string): unknown => JSON.parse(readFileSync(dataPath('../reference', file), 'utf8'));
const extracts = reference('extracts.json') as Extracts;
const codes = reference('codes.json') as Codes;
const contracts = loadContracts();

/** Where each reference list lives; lists that are not codes live in a contract of their own. */
const HOMES: Record<string, readonly string[]> = {
  age_bands: ['age_band', 'age_band_ccwip', 'age_band_public'],
  afcars_2020: ['afcars_element', 'afcars_living_arrangement'],
  cans_rating: ['cans_needs_rating', 'cans_strengths_rating', 'cans_domain'],
  cws_sogi_ui: [
    'cws_sogi_sexual_orientation',
    'cws_sogi_gender_identity',
    'cws_sogi_gender_expression',
    'cws_sogi_sex',
    'cws_sogi_unable_reason',
  ],
  calpads_homeless_dwelling: [
    'calpads_homeless_dwelling',
    'edfi_homeless_dwelling',
    'calpads_homeless_indicator',
  ],
  calpads_absence_summary: ['calpads_absence_summary', 'calpads_suspension'],
  competency: ['competency', 'competency_skill'],
  htcds_2_0: [...contracts.codeLists.keys()].filter((name) => name.startsWith('htcds_')),
  sogi: ['sexual_orientation', 'gender_identity', 'sex_assigned', 'intersex'],
};

/** Reference lists whose members carry no code of their own: the codes are ours, and as many. */
const WITHOUT_CODES: Record<string, number> = {
  cws_facility_type: 24,
  ncands_service_flags: 30,
  volumes_ca: 11,
};

describe('records', () => {
  for (const [name, expected] of Object.entries(extracts.records)) {
    test(`${name} has every field`, () => {
      const record = contracts.records.get(name);
      const fields = new Map(record?.fields.map((field) => [field.name, field]));
      expect(expected.fields.filter((field) => !fields.has(field.name)).map((field) => field.name)).toEqual(
        [],
      );
      const eased = expected.fields.filter(
        (field) => field.required && fields.get(field.name)?.constraints.required === false,
      );
      expect(
        eased.filter((field) => fields.get(field.name)?.leaves === true).map((field) => field.name),
      ).toEqual([]);
      if (expected.primary_key !== undefined) expect(record?.primaryKey).toEqual(expected.primary_key);
    });

    test(`${name} takes every inline code`, () => {
      for (const field of expected.fields.filter((candidate) => candidate.codeset?.includes('|') === true)) {
        const ours = contracts.records.get(name)?.fields.find((candidate) => candidate.name === field.name);
        const known = contracts.codeLists.get(ours?.codes ?? '')?.codes.map((code) => code.code);
        expect(known, `${name}.${field.name}`).toEqual(
          expect.arrayContaining(field.codeset?.split('|') ?? []),
        );
      }
    });
  }

  test('there are 34 of them in the reference, and more here', () => {
    expect(Object.keys(extracts.records)).toHaveLength(34);
    expect(contracts.records.size).toBeGreaterThan(34);
  });
});

describe('code lists', () => {
  const named = Object.keys(codes).filter((name) => name !== '_meta');

  test('there are 45 of them in the reference', () => {
    expect(named).toHaveLength(45);
  });

  for (const name of named.filter(
    (candidate) => !['shared_definitions', 'holistic_needs'].includes(candidate),
  )) {
    test(`${name} is here with every code`, () => {
      const homes = HOMES[name] ?? [name];
      expect(homes.length).toBeGreaterThan(0);
      expect(homes.filter((home) => !contracts.codeLists.has(home))).toEqual([]);
      const ours = homes.flatMap(
        (home) => contracts.codeLists.get(home)?.codes.map((code) => code.code) ?? [],
      );
      const count = WITHOUT_CODES[name];
      if (count !== undefined) expect(ours).toHaveLength(count);
      const missing = codesIn(codes[name] ?? {}).filter((code) => !ours.includes(code));
      expect(missing).toEqual([]);
    });
  }

  test('every shared definition is a term', () => {
    const known = new Set([...contracts.terms.values()].flatMap((term) => term.alsoKnownAs));
    const wanted = membersOf<{ id: string }>('shared_definitions', 'values').map(
      (definition) => definition.id,
    );
    expect(wanted).toHaveLength(13);
    expect(wanted.filter((id) => !known.has(id))).toEqual([]);
  });

  test('every need of the tree is here, under the same parent', () => {
    interface Node {
      code: string;
      children?: Node[];
    }
    const pairs: [string, string | undefined][] = [];
    const walk = (node: Node, parent?: string): void => {
      pairs.push([node.code, parent]);
      for (const child of node.children ?? []) walk(child, node.code);
    };
    for (const top of membersOf<Node>('holistic_needs', 'tree')) walk(top);
    expect(pairs).toHaveLength(200);
    const ours = [...contracts.needs.nodes.values()].map((need): [string, string | undefined] => [
      need.code,
      need.parent,
    ]);
    expect(ours).toEqual(pairs);
  });

  test('no code claims more than the reference confirms', () => {
    for (const [name, list] of Object.entries(codes)) {
      for (const value of Array.isArray(list.values)
        ? (list.values as { code?: string; status?: string }[])
        : []) {
        if (value.status !== 'unverified') continue;
        const ours = contracts.codeLists.get(name)?.codes.find((code) => code.code === value.code);
        if (ours !== undefined)
          expect(['unverified', 'project'], `${name} ${ours.code}`).toContain(ours.status);
      }
    }
  });
});

describe('data-quality rules', () => {
  test('all 51 are here, with record, kind and severity', () => {
    expect(extracts.dq_rules).toHaveLength(51);
    for (const rule of extracts.dq_rules) {
      const { id, record, kind, severity } = rule;
      expect(contracts.qualityRules.get(id)).toMatchObject({ id, record, kind, severity });
    }
  });
});

function membersOf<T>(list: string, key: string): T[] {
  return (codes[list]?.[key] ?? []) as T[];
}

/** Keys of a reference list that hold no codes but remarks on them. */
const REMARKS = new Set([
  'rules',
  'csec_relevant',
  'levels',
  'question',
  'reporting',
  'constraints',
  'factors',
  'criteria',
]);
const UNCODED = new Set([
  'ccwip',
  'public_rollup',
  'living_arrangement',
  'wanted_elements',
  'skills_CO6',
  'fields',
  'ongoing_triggers',
  'extra',
]);

/** The codes of a reference list, wherever it keeps them. */
function codesIn(list: Record<string, unknown>): string[] {
  return Object.entries(list)
    .filter(([key, value]) => Array.isArray(value) && !REMARKS.has(key) && !UNCODED.has(key))
    .flatMap(([, value]) => value as unknown[])
    .flatMap((value) => {
      if (typeof value === 'string') return [value];
      const { code, id, fips5, short } = value as Record<string, string | undefined>;
      return code ?? id ?? fips5 ?? short ?? [];
    });
}
