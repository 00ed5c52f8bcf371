/** HSDS 3 as published: what is exported validates against its schemas, and its examples come in without loss. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOtherDirectory } from '../../etl/providers/read-directory.ts';
import { madeUpDirectory } from '../../etl/synthesize/directory/directory.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { isOurs } from '../../src/providers/hsds/attributes.ts';
import { fromHsds } from '../../src/providers/hsds/from-hsds.ts';
import { type Json, listIn } from '../../src/providers/hsds/json.ts';
import { toHsds } from '../../src/providers/hsds/to-hsds.ts';
import { type Came, type ImportPlan, planImport } from '../../src/providers/plan-import.ts';
import type { Program } from '../../src/providers/program.ts';
import { readData } from './data.ts';

const contracts = loadContracts();
const nothing = { programs: [], byId: new Map<string, Program>(), versions: new Map<string, number>() };
const schema = (name: string): Json => JSON.parse(readData('hsds', 'schema', name)) as Json;
const example = (name: string): Json => JSON.parse(readData('hsds', 'examples', `${name}.json`)) as Json;
/** What the examples say nothing of. */
const otherwise = { counties: '06001', kept_by: '06001', needs: 'HN.MEN.INT.PSI' };

const plan = (rows: readonly Came[]): ImportPlan => planImport(contracts, nothing, rows);

function exported({ fresh }: ImportPlan): readonly Json[] {
  const programs = fresh.map(({ said, id, providerId }) => ({ ...said, id, providerId, version: 1 }));
  return toHsds(contracts, programs, {
    providers: new Map(
      fresh.flatMap(({ providerId, carried }) => (carried ? [[providerId, carried.provider as Json]] : [])),
    ),
    programs: new Map(fresh.flatMap(({ id, carried }) => (carried ? [[id, carried.program as Json]] : []))),
  });
}

const made = plan(madeUpDirectory(contracts, 1, 20_634).map((texts, line) => ({ line, texts })));

describe('an export', () => {
  const compiled = schema('compiled/organization.json');

  test('of 600 made-up programs validates against the published schema', () => {
    const organizations = exported(made);
    expect(organizations.length).toBeGreaterThan(200);
    expect(organizations.flatMap((one) => violations(compiled, one))).toEqual([]);
  });

  test('keeps to the published fields: whatever is not in the schema would be lost elsewhere', () => {
    expect(exported(made).flatMap((one) => strangers(compiled, one))).toEqual([]);
  });

  test('the validator finds what is wrong', () => {
    const [one = {}] = exported(made);
    expect(violations(compiled, { ...one, id: 'x' })).toEqual(['.id: no uuid']);
    expect(violations(compiled, { ...one, services: [{ name: 'A' }] })).toEqual([
      '.services.0: has no id',
      '.services.0: has no status',
    ]);
  });
});

describe('the published example', () => {
  test.each(['organization_full', 'service_full', 'service_at_location_full'])(
    '%s comes in and goes out whole',
    (name) => {
      const document = example(name);
      const taken = plan(fromHsds(document, otherwise));
      expect([taken.fresh.length, taken.refused, taken.waiting.map(({ reasons }) => reasons)]).toEqual([
        1,
        [],
        [],
      ]);
      const [organization = {}] = exported(taken);
      const [service = {}] = listIn(organization, 'services');
      const back = {
        ...organization,
        services: [{ ...service, attributes: listIn(service, 'attributes').filter((one) => !isOurs(one)) }],
      };
      if (name === 'organization_full') return expect(back).toEqual({ ...document });
      const { services, ...own } = back as unknown as { services: readonly Json[] };
      if (name === 'service_full') return expect({ ...services[0], organization: own }).toEqual(document);
      const { service_at_locations: at, ...rest } = services[0] as { service_at_locations?: readonly Json[] };
      expect({ ...at?.[0], service: { ...rest, organization: own } }).toEqual(document);
    },
  );

  test('without needs and counties waits whole, with the reasons', () => {
    const document = example('organization_full');
    const taken = plan(fromHsds(document, {}));
    expect(taken.waiting.map(({ reasons }) => reasons)).toEqual([
      ['needs is missing', 'counties is missing', 'kept_by is missing'],
    ]);
    const whole = taken.waiting.map(({ document: kept }) => kept as { organization: Json; service: Json });
    expect(whole.map(({ organization, service }) => ({ ...organization, services: [service] }))).toEqual([
      document,
    ]);
  });

  test('as tables comes in without loss, whether they are a document or a folder of files', async () => {
    const tables = example('tabular') as Readonly<Record<string, readonly Json[]>>;
    const folder = mkdtempSync(join(tmpdir(), 'tessera-conformance-'));
    try {
      for (const [name, rows] of Object.entries(tables)) writeFileSync(join(folder, name), csvOf(rows));
      for (const rows of [fromHsds(tables, otherwise), await readOtherDirectory(folder, otherwise)]) {
        const taken = plan(rows);
        expect([taken.fresh.length, taken.waiting.length, taken.refused]).toEqual([1, 1, []]);
        const kept = [...exported(taken), ...taken.waiting.map(({ document }) => document as Json)];
        const held = kept.flatMap(objectsIn);
        for (const [name, own] of Object.entries(tables))
          for (const row of own)
            expect([name, held.some((one) => isWithin(row, one))], name).toEqual([name, true]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('as a page of a list is read too', () => {
    expect(fromHsds(example('service_list'), otherwise).length).toBeGreaterThan(0);
    expect(fromHsds(example('service_at_location_list'), otherwise).length).toBeGreaterThan(0);
  });
});

function csvOf(rows: readonly Json[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const quoted = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))]
    .map((line) => line.map(quoted).join(','))
    .join('\r\n');
}

function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}

/** A file of rows does not say which of its values are numbers. */
function isWithin(row: Json, held: Json): boolean {
  return Object.entries(row).every(([name, value]) => String(held[name]) === String(value));
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  email: /^[^@\s]+@[^@\s]+$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  'date-time': /^\d{4}-\d{2}-\d{2}T/,
};

/** As much of JSON Schema as the published schemas use: types, formats, enums, required keys, items. */
function violations(of: Json, value: unknown, path = ''): string[] {
  const type = of['type'];
  const is = Array.isArray(value) ? 'array' : typeof value;
  if (typeof type === 'string' && type !== is) return [`${path}: ${is}, not ${type}`];
  const format = FORMATS[String(of['format'])];
  if (format !== undefined && !format.test(String(value))) return [`${path}: no ${String(of['format'])}`];
  if (Array.isArray(of['enum']) && !of['enum'].includes(value)) return [`${path}: none of its values`];
  if (Array.isArray(value))
    return value.flatMap((item, at) => violations(of['items'] as Json, item, `${path}.${at}`));
  if (is !== 'object') return [];
  const required = Array.isArray(of['required']) ? (of['required'] as string[]) : [];
  const properties = (of['properties'] ?? {}) as Readonly<Record<string, Json>>;
  const held = value as Json;
  return [
    ...required.filter((name) => held[name] === undefined).map((name) => `${path}: has no ${name}`),
    ...Object.entries(held).flatMap(([name, item]) =>
      properties[name] === undefined ? [] : violations(properties[name], item, `${path}.${name}`),
    ),
  ];
}

function strangers(of: Json, value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return value.flatMap((item) => strangers((of['items'] ?? {}) as Json, item, path));
  if (typeof value !== 'object' || value === null) return [];
  const properties = (of['properties'] ?? {}) as Readonly<Record<string, Json>>;
  return Object.entries(value).flatMap(([name, item]) =>
    properties[name] === undefined
      ? [`${path}.${name}`]
      : strangers(properties[name], item, `${path}.${name}`),
  );
}
