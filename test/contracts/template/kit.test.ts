import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { heldAs, mappingAsOf, recordNamed } from '../../../src/contracts/lookup.ts';
import { writeKit } from '../../../src/contracts/template/folder.ts';
import { type KitFor, starterKit } from '../../../src/contracts/template/kit.ts';

const contracts = loadContracts();
const AS_OF = '2026-01-15';

/** The files of a kit that are text: all but the dictionary. */
function textsOf(kitFor: KitFor): Map<string, string> {
  const texts = [...starterKit(contracts, kitFor)].filter(([file]) => file !== 'dictionary.xlsx');
  return new Map(texts.map(([file, content]) => [file, String(content)]));
}

/** Enough of a reader for files without quotes, which the examples are. */
function read(text: string): Map<string, string>[] {
  expect(text).not.toContain('"');
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  return lines.map((line) => new Map(line.split(',').map((cell, at) => [head.split(',')[at] ?? '', cell])));
}

function examplesOf(kit: ReadonlyMap<string, string>): { record: string; rows: Map<string, string>[] }[] {
  return [...kit]
    .filter(([file]) => /^example\/.*\.csv$/.test(file))
    .map(([file, text]) => ({ record: file.slice('example/'.length, -'.csv'.length), rows: read(text) }));
}

describe.each([...contracts.mappings.keys()])('the kit of %s', (agency) => {
  const kit = textsOf({ agency });
  const examples = examplesOf(kit);

  test('holds an empty file, an example and a section of the guide for each record', () => {
    const guide = kit.get('guide.html') ?? '';
    expect(examples.length).toBeGreaterThan(15);
    for (const { record, rows } of examples) {
      expect(rows).toHaveLength(3);
      expect(kit.get(`empty/${record}.csv`)?.trimEnd()).toBe([...(rows[0]?.keys() ?? [])].join(','));
      expect(guide).toContain(`<h3 id="${record}">`);
    }
  });

  test('fills what is required, in codes, types and forms that the contract takes', () => {
    for (const { record, rows } of examples) {
      for (const field of recordNamed(contracts, record).fields) {
        for (const row of rows) {
          const value = row.get(field.name) ?? '';
          const where = `${record}.${field.name}`;
          if (field.constraints.required) expect(value, where).not.toBe('');
          if (value === '') continue;
          const { codes, type, constraints } = field;
          if (codes !== undefined) {
            const known = mappingAsOf(contracts, agency, { record, name: field.name, codes }, AS_OF);
            for (const one of value.split(';')) {
              expect(known.has(one), `${where}: ${one}`).toBe(true);
              expect(heldAs(contracts, codes, known.get(one) ?? '').as, where).toBe('it is');
            }
          }
          if (constraints.pattern !== undefined)
            expect(value, where).toMatch(new RegExp(`^(?:${constraints.pattern})$`));
          if (constraints.minLength !== undefined)
            expect(value.length).toBeGreaterThanOrEqual(constraints.minLength);
          if (type === 'integer') expect(value, where).toMatch(/^\d+$/);
          if (type === 'number') expect(Number(value), where).not.toBeNaN();
          if (type === 'date') expect(value, where).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          if (type === 'datetime') expect(value, where).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
          if (constraints.minimum !== undefined)
            expect(Number(value), where).toBeGreaterThanOrEqual(Number(constraints.minimum));
          if (constraints.maximum !== undefined)
            expect(Number(value), where).toBeLessThanOrEqual(Number(constraints.maximum));
        }
      }
    }
  });

  test('refers to rows that are there, by keys that come once', () => {
    for (const { record, rows } of examples) {
      const { primaryKey, foreignKeys } = recordNamed(contracts, record);
      const keyOf = (row: Map<string, string>, fields: readonly string[]): string =>
        fields.map((field) => row.get(field) ?? '').join(' ');
      expect(new Set(rows.map((row) => keyOf(row, primaryKey))).size, record).toBe(rows.length);
      for (const key of foreignKeys) {
        const there = examples
          .find((other) => other.record === key.record)
          ?.rows.map((row) => keyOf(row, key.referenced));
        for (const row of rows.filter((candidate) => candidate.get(key.fields.at(-1) ?? '') !== '')) {
          expect(there, `${record} → ${key.record}`).toContain(keyOf(row, key.fields));
        }
      }
    }
  });

  test('names every file in its manifest, with rows and hash', () => {
    const manifest = JSON.parse(kit.get('example/manifest.json') ?? '') as {
      source_agency: string;
      files: { file: string; rows: number; sha256: string }[];
    };
    expect(manifest.source_agency).toBe(agency);
    expect(manifest.files.map((file) => file.file).toSorted()).toEqual(
      examples.map(({ record }) => `${record}.csv`).toSorted(),
    );
    for (const { file, rows, sha256 } of manifest.files) {
      const text = kit.get(`example/${file}`) ?? '';
      expect(rows).toBe(3);
      expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });
});

describe('a kit', () => {
  test('of a school never asks for orientation or identity', () => {
    const person = textsOf({ agency: 'ED-1' }).get('empty/person.csv');
    expect(person).not.toMatch(/orientation|gender|intersex/);
    expect(textsOf({ agency: 'CW-1' }).get('empty/person.csv')).toMatch(/sexual_orientation/);
  });

  test('never asks for what stays at the agency', () => {
    const kit = textsOf({ agency: 'CW-1' });
    expect(kit.get('empty/screening.csv')).not.toContain('total_score');
    expect(kit.get('empty/person.csv')).not.toContain('tribal_affiliation');
    expect(kit.get('empty/provider_asset.csv')).not.toMatch(/AM02|AM03/);
  });

  test('is the same bytes every time', () => {
    expect([...starterKit(contracts, { agency: 'PR-1' })]).toEqual([
      ...starterKit(contracts, { agency: 'PR-1' }),
    ]);
  });

  test('for an agency without a mapping needs its system', () => {
    expect(() => textsOf({ agency: 'XX-1' })).toThrow(expect.objectContaining({ code: 'AGENCY_UNKNOWN' }));
    expect(() => textsOf({ agency: 'XX-1', system: 'police' })).toThrow(
      expect.objectContaining({ code: 'SYSTEM_UNKNOWN' }),
    );
    const kit = textsOf({ agency: 'XX-1', system: 'education', county: '06037' });
    expect(kit.get('example/ed_enrollment.csv')).toContain('XX-1,06037');
  });

  test('is written once, and never over what is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tessera-kit-'));
    writeKit(folder, new Map([['a/b.csv', 'x']]));
    expect(readFileSync(join(folder, 'a/b.csv'), 'utf8')).toBe('x');
    writeFileSync(join(folder, 'a/b.csv'), 'filled in');
    expect(() => writeKit(folder, new Map([['a/b.csv', 'x']]))).toThrow(
      expect.objectContaining({ code: 'FOLDER_NOT_EMPTY' }),
    );
    expect(readFileSync(join(folder, 'a/b.csv'), 'utf8')).toBe('filled in');
    rmSync(folder, { recursive: true });
  });
});
