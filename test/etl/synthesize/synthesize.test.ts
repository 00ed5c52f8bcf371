import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personColumns } from '../../../etl/encode/columns.ts';
import { encodeFile, readHeader } from '../../../etl/encode/encode-file.ts';
import { readKey } from '../../../etl/encode/key.ts';
import { personLayout } from '../../../etl/encode/layout.ts';
import { madeUpKey } from '../../../etl/synthesize/project-key.ts';
import { synthesize } from '../../../etl/synthesize/synthesize.ts';
import type { Tally } from '../../../etl/synthesize/tally.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { readSourcesFile } from '../../../src/sources/sources-file.ts';
import { deliveriesIn, judge } from './judge.ts';

const contracts = loadContracts();
const base = mkdtempSync(join(tmpdir(), 'made-up-'));
const out = join(base, 'first');
const size = { people: 1200, years: 3, counties: ['06001', '06037', '06067'], rate: 2500 };
const mishaps = { rejected: 20, corrected: 20, withdrawn: 10 };
let tally: Tally;

beforeAll(() => {
  tally = synthesize(contracts, { size, seed: 4, out, mishaps });
});
afterAll(() => rmSync(base, { recursive: true }));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const path of filesIn(folder)) hash.update(relative(folder, path)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Codes and column names of sources, which stay as they are. */
function wordsOfSources(): ReadonlySet<string> {
  return new Set([
    ...[...contracts.records.values()].flatMap(({ fields }) => fields.map(({ name }) => name)),
    ...[...contracts.codeLists.values()].flatMap(({ codes }) => codes.map(({ code }) => code)),
    ...[...contracts.mappings.values()].flatMap(({ fields }) =>
      fields.flatMap(({ codes }) => codes.map(({ from }) => from)),
    ),
  ]);
}

describe('a synthetic state', () => {
  it('has the same bytes for the same seed, and others for another', () => {
    const [again, other] = [join(base, 'again'), join(base, 'other')];
    synthesize(contracts, { size, seed: 4, out: again, mishaps });
    synthesize(contracts, { size, seed: 5, out: other, mishaps });
    expect(digest(again)).toBe(digest(out));
    expect(digest(other)).not.toBe(digest(out));
  });

  it('leaves nothing of an earlier run in its folders', () => {
    const used = join(base, 'used');
    synthesize(contracts, { size: { ...size, people: 300 }, seed: 9, out: used, mishaps });
    synthesize(contracts, { size, seed: 4, out: used, mishaps });
    expect(digest(used)).toBe(digest(out));
  });

  it('delivers rows that the hub accepts, apart from exactly those that it was told to spoil', async () => {
    const found: Record<string, number> = {};
    for (const delivery of deliveriesIn(join(out, 'deliveries')))
      for (const { record_type, rows } of delivery.manifest.files) {
        const judged = await judge(contracts, delivery, record_type);
        expect(judged.rows).toBe(rows);
        for (const [rule, n] of Object.entries(judged.rejected))
          found[`${delivery.date} ${delivery.agency} ${record_type} ${rule}`] = n;
      }
    expect(found).toEqual(Object.fromEntries(tally.rejects));
    expect(Object.keys(found).length).toBeGreaterThan(10);
  });

  it('tells twelve years as validly as three, with charges on minors before the law of 2017 and findings of 2016', async () => {
    const long = join(base, 'long');
    const told = synthesize(contracts, {
      size: { ...size, people: 800, years: 12, rate: 9000 },
      seed: 6,
      out: long,
      mishaps,
    });
    let rejected = 0;
    let charges = 0;
    for (const delivery of deliveriesIn(join(long, 'deliveries')))
      for (const { record_type, file } of delivery.manifest.files) {
        const judged = await judge(contracts, delivery, record_type);
        rejected += Object.values(judged.rejected).reduce((sum, n) => sum + n, 0);
        if (record_type !== 'pr_charge') continue;
        const lines = readFileSync(join(delivery.folder, file), 'utf8').split('\n');
        charges += lines.filter((line) => /647/.test(line) && /,201[456]-/.test(line)).length;
      }
    expect(rejected).toBe([...told.rejects.values()].reduce((sum, n) => sum + n, 0));
    expect(charges).toBeGreaterThan(0);
  });

  it('closes each delivery with a manifest that its files agree with', () => {
    for (const { folder, manifest, date } of deliveriesIn(join(out, 'deliveries'))) {
      expect(manifest.as_of.slice(0, 10)).toBe(date);
      for (const { file, sha256 } of manifest.files)
        expect(
          createHash('sha256')
            .update(readFileSync(join(folder, file)))
            .digest('hex'),
        ).toBe(sha256);
      const csv = readdirSync(folder).filter((name) => name.endsWith('.csv'));
      expect(manifest.files.map(({ file }) => file).sort()).toEqual(csv.sort());
    }
  });

  it('sends late corrections and withdrawals at night, under the keys of the rows that they change', () => {
    const versions = new Map<string, string[]>();
    for (const { folder, agency, manifest } of deliveriesIn(join(out, 'deliveries')))
      for (const { file, record_type } of manifest.files)
        for (const line of readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').slice(1)) {
          const [id = '', , , version = '', op = ''] = line.split(',');
          const key = `${agency} ${record_type} ${id}`;
          versions.set(key, [...(versions.get(key) ?? []), `${version} ${op}`]);
        }
    const changed = [...versions.entries()].filter(([key, found]) => found.length > 1 && !key.endsWith(' '));
    expect(changed.length).toBeGreaterThan(20);
    const ops = new Set(changed.map(([, found]) => found.join(', ')));
    expect(ops).toEqual(new Set(['1 insert, 2 update', '1 insert, 2 delete']));
  });

  it('keeps every identifier on the agency side', () => {
    const identifiers = new Set<string>();
    for (const path of filesIn(join(out, 'raw')).filter((name) => name.endsWith('people.csv'))) {
      const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
      for (const row of rows) {
        const [id = '', given = '', surname = '', , ssn = '', , , phone = ''] = row.split(',');
        for (const value of [id, given, surname, ssn, phone]) if (value.length > 3) identifiers.add(value);
      }
    }
    expect(identifiers.size).toBeGreaterThan(1500);
    for (const path of filesIn(join(out, 'deliveries')).filter((name) => name.endsWith('.csv'))) {
      const content = readFileSync(path, 'utf8');
      const cells = new Set(content.split(/[,\n;]/));
      expect([...identifiers].filter((value) => cells.has(value)).length, path).toBe(0);
    }
  });

  it('brings the register that a steward applies before loading, with every agency and record type in it', () => {
    const { agencies, agreements } = readSourcesFile(join(out, 'deliveries', 'sources.yaml'));
    for (const { agency, manifest } of deliveriesIn(join(out, 'deliveries'))) {
      expect(agencies.map(({ id }) => id)).toContain(agency);
      const agreement = agreements.find(({ id }) => id === manifest.agreement_id);
      for (const { record_type } of manifest.files) expect(agreement?.recordTypes).toContain(record_type);
    }
  });

  it('lets no school send what a school must not', () => {
    for (const { folder, agency } of deliveriesIn(join(out, 'deliveries')))
      if (agency.startsWith('ED-') && readdirSync(folder).includes('person.csv'))
        expect(readFileSync(join(folder, 'person.csv'), 'utf8')).not.toMatch(
          /sexual_orientation|gender_identity/,
        );
  });

  it('writes the truth apart, in tables that add up', async () => {
    const table = async (name: string): Promise<Record<string, unknown>[]> => {
      const file = await asyncBufferFromFile(join(out, 'truth', `${name}.parquet`));
      const { key_value_metadata } = await parquetMetadataAsync(file);
      expect(key_value_metadata).toContainEqual({ key: 'notice', value: 'made-up data' });
      return parquetReadObjects({ file });
    };
    const [persons, memberships, hidden, notices] = [
      await table('persons'),
      await table('memberships'),
      await table('hidden'),
      await table('notices'),
    ];
    expect(persons).toHaveLength(1200);
    expect(memberships).toHaveLength(tally.linkageRows);
    expect(hidden).toHaveLength(tally.hidden);
    const ids = new Set(persons.map(({ person }) => person));
    for (const { person } of [...memberships, ...hidden, ...notices]) expect(ids.has(person)).toBe(true);
    expect(new Set(notices.map(({ person }) => person)).size).toBe(tally.identified);
    const tokens = new Set(
      memberships.map((row) => `${String(row['source_agency'])} ${String(row['person_token'])}`),
    );
    expect(tokens.size).toBe(memberships.length);
    for (const { folder, agency, manifest } of deliveriesIn(join(out, 'deliveries')))
      for (const { file } of manifest.files.filter(({ record_type }) => record_type === 'person_linkage'))
        for (const line of readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').slice(1))
          expect(tokens.has(`${agency} ${line.split(',')[7]}`)).toBe(true);
  });

  it('gives the key to the agencies, so that they can encode again', () => {
    const key = readKey(join(out, 'raw', 'made-up-data.key'));
    expect(key).toEqual(madeUpKey(4));
  });

  it('encodes again to the very tokens and filters of the deliveries', async () => {
    const key = readKey(join(out, 'raw', 'made-up-data.key'));
    const cellsIn = (path: string): Map<string, string> => {
      const [header = [], ...rows] = readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(','));
      const place = (name: string): number => header.indexOf(name);
      const compared = ['source_agency', 'mode', 'key_version', 'tokens', 'filters'].map(place);
      return new Map(
        rows.map((row) => [row[place('person_token')] ?? '', compared.map((at) => row[at]).join()]),
      );
    };
    let compared = 0;
    for (const { folder, agency, manifest } of deliveriesIn(join(out, 'deliveries'))) {
      if (!manifest.files.some(({ record_type }) => record_type === 'person_linkage')) continue;
      const people = join(out, 'raw', basename(dirname(folder)), agency, 'people.csv');
      const encoded = join(base, `${agency}-encoded.csv`);
      const header = readHeader(people);
      const columns = personColumns(header, personLayout);
      await encodeFile(
        people,
        encoded,
        {
          mode: 'field',
          named: true,
          layout: personLayout,
          dateOrder: 'mdy',
          key,
          agency,
          county: '06001',
          madeAt: '2026-06-30T00:00:00Z',
          columns,
          width: header.length,
        },
        1,
      );
      expect(cellsIn(encoded)).toEqual(cellsIn(join(folder, 'person_linkage.csv')));
      compared += cellsIn(encoded).size;
      rmSync(encoded);
    }
    expect(compared).toBe(tally.linkageRows);
  });

  it('fills every record type that an agency can send', () => {
    const sent = new Set(
      deliveriesIn(join(out, 'deliveries')).flatMap(({ manifest }) =>
        manifest.files.map((file) => file.record_type),
      ),
    );
    const others = [...contracts.records.values()].filter(
      ({ name, subject }) => !sent.has(name) && subject !== 'delivery',
    );
    // An agreement is the steward's, and stands in the register.
    expect(others.map(({ name }) => name)).toEqual(['agreement']);
  });

  it('says in every folder that it is made up, and uses no word that the product avoids', () => {
    for (const folder of ['raw', 'deliveries', 'truth'])
      expect(readFileSync(join(out, folder, 'README.txt'), 'utf8')).toContain('made-up data');
    const avoided = new RegExp(
      `\\b(${contracts.wording.avoided.map(({ avoid }) => avoid).join('|')})\\b`,
      'i',
    );
    expect(avoided.test('a runaway')).toBe(true);
    const theirs = wordsOfSources();
    for (const path of filesIn(out).filter((name) => !name.endsWith('.parquet') && !name.includes('.key'))) {
      // The linkage cells are letters without a meaning.
      if (path.endsWith('person_linkage.csv')) continue;
      for (const cell of new Set(readFileSync(path, 'utf8').split(/[,;\n]/)))
        if (avoided.test(cell) && !theirs.has(cell)) expect(`${relative(out, path)}: ${cell}`).toBe('');
    }
  });
});
