import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { scratchFolder, tessera } from '../../support/tessera.ts';

const CLIENTS = [
  'person_id,first_name,last_name,dob,ssn,zip',
  '1,Marisol,Villanueva,3/9/2009,219-45-1234,90012',
  '2,Marizol,Villanueva,3/9/2009,219-45-1234,90012',
  '3,Dev,Hughes,11/21/2008,577-62-8890,93650',
  '4,Dev,Hughes,11/21/2008,,93650',
  '5,Grace,Ito,1/2/2010,415-33-2211,94110',
  '',
].join('\n');

test('from two shares of a key to persons, and no identifier on the way', async () => {
  const folder = scratchFolder();
  const [key, clients, encoded, persons] = ['k', 'clients.csv', 'out.csv', 'persons.csv'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(clients, CLIENTS);
  const made = await tessera(['key', 'new', key, '--project', 'test']);
  expect(made.code).toBe(0);
  expect(readdirSync(folder).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['clients.csv', 'k', 'k.salt']);
  expect(statSync(key).mode & 0o077).toBe(0);
  const share = /bytes: (\S+)/.exec(readFileSync(key, 'utf8'))?.[1] ?? '';

  const encode = [
    'encode',
    '--agency',
    'PROB-1',
    '--county',
    '06037',
    '--secret-file',
    key,
    clients,
    encoded,
  ];
  const done = await tessera([...encode, '--json']);
  expect(JSON.parse(done.stdout)).toMatchObject({ rows: 5, encoded: 5, columns_not_read: [] });
  const shown = `${made.stdout}${done.stdout}${done.stderr}${readFileSync(encoded, 'utf8')}`.toLowerCase();
  for (const secret of ['marisol', 'villanueva', '219451234', '577-62', share.toLowerCase()])
    expect(shown).not.toContain(secret);

  const linked = await tessera(['link', '--encoded', encoded, '--clusters', persons, '--json']);
  expect(JSON.parse(linked.stdout)).toMatchObject({ records: 5, persons: 3 });
  const ids = readFileSync(persons, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[2]);
  expect(new Set(ids).size).toBe(3);
});

test('encoded deliveries are judged by whose the rows are, and it says what caps cost', async () => {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('clients.csv'), CLIENTS);
  await tessera(['key', 'new', at('k'), '--project', 'test']);
  await tessera(['encode', '--agency', 'A-1', '--secret-file', at('k'), at('clients.csv'), at('rows.csv')]);
  const [header = '', ...lines] = readFileSync(at('rows.csv'), 'utf8').trimEnd().split('\n');
  const place = header.split(',').indexOf('person_token');
  const truth = lines.map((line, i) => `A-1,${line.split(',')[place]},${['x', 'x', 'y', 'y', 'z'][i]}`);
  writeFileSync(
    at('truth.csv'),
    `source_agency,person_token,person\n${truth.join('\n')}\nA-2,somebody-elsewhere,x\n`,
  );
  const linked = await tessera([
    'link',
    '--encoded',
    at('rows.csv'),
    '--truth-persons',
    at('truth.csv'),
    '--json',
  ]);
  expect(JSON.parse(linked.stdout)).toMatchObject({
    true_pairs: 2,
    true_pairs_missed_by_blocking: 0,
    true_pairs_lost_to_caps: 0,
    pairwise: { precision: 1, recall: 1, f1: 1, threshold: 0.5 },
    clusters: { f1: 1 },
  });
  writeFileSync(at('other.csv'), 'person\nx\n');
  const refused = await tessera(['link', '--encoded', at('rows.csv'), '--truth-persons', at('other.csv')]);
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('no column source_agency')]);
});

test('another version of the key is refused with exit code 2', async () => {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('clients.csv'), CLIENTS);
  await tessera(['key', 'new', at('k'), '--project', 'test']);
  await tessera(['key', 'rotate', at('k'), at('k2')]);
  for (const key of ['k', 'k2'])
    await tessera([
      'encode',
      '--agency',
      'A-1',
      '--secret-file',
      at(key),
      at('clients.csv'),
      at(`${key}.csv`),
    ]);
  const refused = await tessera(['link', '--encoded', at('k.csv'), at('k2.csv')]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /KEY_VERSION: .*k2\.csv was encoded under key v2-\w+, and this project links under v1-\w+/,
  );
});

test('clk mode writes CLKs in row order, and wants to be asked twice for double hashing', async () => {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  const hashing = {
    comparison: { type: 'ngram', n: 2 },
    strategy: { bitsPerFeature: 100 },
    hash: { type: 'doubleHash' },
  };
  const schema = {
    version: 3,
    clkConfig: { l: 1024, kdf: { type: 'HKDF' } },
    features: [{ identifier: 'name', format: { type: 'string' }, hashing }],
  };
  writeFileSync(at('schema.json'), JSON.stringify(schema));
  writeFileSync(at('secret'), 'secret\n');
  writeFileSync(at('in.csv'), 'name\nana\nbo\nana\n');
  const encode = [
    'encode',
    '--mode',
    'clk',
    '--schema',
    at('schema.json'),
    '--secret-file',
    at('secret'),
    at('in.csv'),
    at('out.json'),
  ];
  const refused = await tessera(encode);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--allow-double-hash');
  expect((await tessera([...encode, '--allow-double-hash'])).code).toBe(0);
  const { clks } = JSON.parse(readFileSync(at('out.json'), 'utf8')) as { clks: string[] };
  expect(clks.map(({ length }) => length)).toEqual([172, 172, 172]);
  expect(clks[2]).toBe(clks[0]);
  expect(clks[1]).not.toBe(clks[0]);
});

test('what the command line lacks is said in one sentence', async () => {
  expect((await tessera(['link'])).stderr).toContain('name what to link');
  expect((await tessera(['link', '--dedupe', 'none.csv'])).stderr).toContain('there is no file none.csv');
  const threshold = await tessera(['link', '--dedupe', 'none.csv', '--threshold', '2']);
  expect([threshold.code, threshold.stderr]).toEqual([
    3,
    'THRESHOLD: --threshold takes a probability between 0 and 1\n',
  ]);
});

test('both modes at once: rows that link field by field, and CLKs that meet those of another agency', async () => {
  const folder = scratchFolder();
  const at = (name: string): string => join(folder, name);
  const hashing = { comparison: { type: 'ngram', n: 2 }, strategy: { bitsPerFeature: 100 } };
  const header = CLIENTS.slice(0, CLIENTS.indexOf('\n')).split(',');
  const schema = {
    version: 3,
    clkConfig: { l: 1024, kdf: { type: 'HKDF' } },
    features: header.map((identifier) =>
      identifier === 'person_id'
        ? { identifier, ignored: true }
        : { identifier, format: { type: 'string' }, hashing },
    ),
  };
  writeFileSync(at('schema.json'), JSON.stringify(schema));
  writeFileSync(at('secret'), 'secret\n');
  writeFileSync(at('in.csv'), CLIENTS);
  await tessera(['key', 'new', at('k'), '--project', 'test']);
  const clk = ['--schema', at('schema.json')];
  const both = ['encode', '--mode', 'both', '--agency', 'A-1', '--secret-file', at('k'), ...clk];
  const lacking = await tessera([...both, at('in.csv'), at('both.csv')]);
  expect([lacking.code, lacking.stderr]).toEqual([3, 'SECRET: both modes at once need --clk-secret-file\n']);
  expect(
    (await tessera([...both, '--clk-secret-file', at('secret'), at('in.csv'), at('both.csv')])).code,
  ).toBe(0);
  const whole = ['encode', '--mode', 'clk', ...clk, '--secret-file', at('secret')];
  expect((await tessera([...whole, at('in.csv'), at('clks.json')])).code).toBe(0);

  const byFields = await tessera(['link', '--encoded', at('both.csv'), '--json']);
  expect(JSON.parse(byFields.stdout)).toMatchObject({ records: 5, persons: 3 });
  expect((await tessera(['link', '--encoded', at('both.csv'), '--clusters', at('p.parquet')])).code).toBe(0);
  const persons = await parquetReadObjects({ file: await asyncBufferFromFile(at('p.parquet')) });
  expect(new Set(persons.map(({ person_id }) => person_id as string)).size).toBe(3);
  const byClk = await tessera([
    'link',
    '--clk',
    '--left',
    at('both.csv'),
    '--right',
    at('clks.json'),
    '--out',
    at('links.csv'),
    '--json',
  ]);
  expect(JSON.parse(byClk.stdout)).toMatchObject({ records: 10, links: 5 });
  expect(readFileSync(at('links.csv'), 'utf8').trimEnd().split('\n').slice(1).toSorted()).toEqual(
    ['0,0', '1,1', '2,2', '3,3', '4,4'].map((pair) => `${pair},1.000000`),
  );
  const none = await tessera(['link', '--clk', '--left', at('in.csv'), '--right', at('clks.json')]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('has no column clk') as string]);
});
