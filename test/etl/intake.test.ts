import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { type Intake, takeDelivery } from '../../etl/intake.ts';
import { testDatabase } from '../support/database.ts';
import { countRow, csv, registerTestAgency, testAgency, writeDelivery } from '../support/delivery.ts';
import { scratchFolder, tessera } from '../support/tessera.ts';

const database = testDatabase();
let intake: Intake;

beforeAll(async () => {
  const loader = await database.as('loader');
  await registerTestAgency(loader);
  intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'test', onProgress: () => {} };
});

let number = 0;
function folder(): string {
  return join(scratchFolder(), `delivery-${number++}`);
}

async function stored(where = 'true'): Promise<unknown[]> {
  const loader = await database.as('loader');
  const rows = await loader.query<{ id: string; version: number; op: string; n: number }[]>(
    `SELECT source_record_id AS id, record_version AS version, op, n FROM events.denominator_count
     WHERE known_to = 'infinity' AND ${where} ORDER BY id`,
  );
  return rows.map(({ id, version, op, n }) => [id.replaceAll('_', ''), version, op, n]);
}

async function nothingStaged(): Promise<boolean> {
  const loader = await database.as('loader');
  const rows = await loader.query<unknown[]>(`SELECT FROM pg_tables WHERE schemaname = 'staging'`);
  return rows.length === 0;
}

describe('a delivery', () => {
  test('is loaded, corrected, withdrawn, and a full one removes what is no longer there', async () => {
    const first = csv('denominator_count', [
      countRow('a', 1, 10),
      countRow('b', 1, 20),
      countRow('c', 1, 30),
    ]);
    expect(await takeDelivery(intake, writeDelivery(folder(), { id: 'D1', files: [first] }))).toEqual({
      outcome: 'loaded',
      delivery: 'D1',
      files: [
        {
          file: 'denominator_count.csv',
          record: 'denominator_count',
          rows: 3,
          accepted: 3,
          rejected: 0,
          quarantined: 0,
          rules: [],
        },
      ],
    });
    const second = csv('denominator_count', [countRow('a', 2, 11, 'update'), countRow('b', 2, 20, 'delete')]);
    await takeDelivery(
      intake,
      writeDelivery(folder(), { id: 'D2', files: [second], asOf: '2026-03-02T02:00:00Z' }),
    );
    expect(await stored()).toEqual([
      ['a', 2, 'update', 11],
      ['b', 2, 'delete', 20],
      ['c', 1, 'insert', 30],
    ]);
    const full = csv('denominator_count', [countRow('a', 2, 11), countRow('d', 1, 40)]);
    const third = { id: 'D3', kind: 'full' as const, files: [full], asOf: '2026-03-03T02:00:00Z' };
    await takeDelivery(intake, writeDelivery(folder(), third));
    expect(await stored(`op NOT IN ('delete', 'absent')`)).toEqual([
      ['a', 2, 'update', 11],
      ['d', 1, 'insert', 40],
    ]);
    expect(await nothingStaged()).toBe(true);
  });

  test('the second time is no change, and says so', async () => {
    const before = await stored();
    const rows = csv('denominator_count', [countRow('a', 2, 11), countRow('d', 1, 40)]);
    const again = { id: 'D3', kind: 'full' as const, files: [rows], asOf: '2026-03-03T02:00:00Z' };
    expect(await takeDelivery(intake, writeDelivery(folder(), again))).toMatchObject({
      outcome: 'unchanged',
      files: [{ rows: 2, accepted: 2, rejected: 0 }],
    });
    expect(await stored()).toEqual(before);
  });

  test('under an id that stood for other files is refused', async () => {
    const other = csv('denominator_count', [countRow('a', 3, 99)]);
    const changed = { id: 'D3', kind: 'full' as const, files: [other], asOf: '2026-03-03T02:00:00Z' };
    await expect(takeDelivery(intake, writeDelivery(folder(), changed))).rejects.toMatchObject({
      code: 'DELIVERY_CHANGED',
    });
  });

  test('older than the last full one is refused', async () => {
    const late = {
      id: 'D0',
      files: [csv('denominator_count', [countRow('a', 9, 9)])],
      asOf: '2026-03-02T12:00:00Z',
    };
    await expect(takeDelivery(intake, writeDelivery(folder(), late))).rejects.toMatchObject({
      code: 'DELIVERY_OUTDATED',
    });
  });

  test('keeps file, line, record, rule and field of a rejected row, and loads the others', async () => {
    const rows = csv('denominator_count', [
      countRow('e', 1, 50),
      { ...countRow('f', 1, 60), period_end: '2026-02-30' },
      { ...countRow('g', 1, 70), population: 'somebody' },
    ]);
    const report = await takeDelivery(
      intake,
      writeDelivery(folder(), { id: 'D4', files: [rows], asOf: '2026-03-04T02:00:00Z' }),
    );
    expect(report.files).toMatchObject([
      { rows: 3, accepted: 1, rejected: 2, rules: [{ rule: 'Q001', severity: 'reject_row', count: 2 }] },
    ]);
    const loader = await database.as('loader');
    expect(
      await loader.query(
        `SELECT file, line, record_id, rule, field FROM ops.reject WHERE rule = 'Q001' ORDER BY line`,
      ),
    ).toEqual([
      { file: 'denominator_count.csv', line: 3, record_id: 'f_______', rule: 'Q001', field: 'period_end' },
      { file: 'denominator_count.csv', line: 4, record_id: 'g_______', rule: 'Q001', field: 'population' },
    ]);
  });

  test('that is full does not take a row for gone that came and was rejected', async () => {
    const rows = csv('denominator_count', [
      countRow('a', 2, 11),
      { ...countRow('d', 2, 41), period_end: '2026-02-30' },
      countRow('e', 1, 50),
    ]);
    const full = { id: 'D5', kind: 'full' as const, files: [rows], asOf: '2026-03-05T02:00:00Z' };
    await takeDelivery(intake, writeDelivery(folder(), full));
    expect(await stored(`op NOT IN ('delete', 'absent')`)).toEqual([
      ['a', 2, 'update', 11],
      ['d', 1, 'insert', 40],
      ['e', 1, 'insert', 50],
    ]);
  });

  test.each([
    ['a hash that is not the file’s', 'Q002', (m: Manifest) => void (m.files[0]!.sha256 = '0'.repeat(64))],
    ['more rows than there are', 'Q002', (m: Manifest) => void (m.files[0]!.rows = 5)],
    ['an agreement that is not there', 'NO_AGREEMENT', (m: Manifest) => void (m.agreement_id = 'AG-2')],
    [
      'a moment before the agreement',
      'AGREEMENT_NOT_IN_FORCE',
      (m: Manifest) => void (m.as_of = '2024-06-01T00:00:00Z'),
    ],
    [
      'a record type that is not covered',
      'NOT_COVERED',
      (m: Manifest) => void (m.files[0]!.record_type = 'cw_case'),
    ],
  ])('with %s is refused, and nothing of it is kept', async (_what, code, lie) => {
    const before = await stored();
    const files = [csv('denominator_count', [countRow('z', 1, 1)])];
    const lying = writeDelivery(
      folder(),
      { id: `L-${code}`, files, asOf: '2026-03-06T02:00:00Z' },
      (manifest) => lie(manifest as unknown as Manifest),
    );
    await expect(takeDelivery(intake, lying)).rejects.toMatchObject({ code, exitCode: 2 });
    expect(await stored()).toEqual(before);
    expect(await nothingStaged()).toBe(true);
  });

  test('with too many rejects is stopped, and nothing of it is kept', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({
      ...countRow(`t${i}`, 1, i),
      period_end: i < 30 ? '2026-02-30' : '2026-01-31',
    }));
    const bad = writeDelivery(folder(), {
      id: 'D7',
      files: [csv('denominator_count', rows)],
      asOf: '2026-03-07T02:00:00Z',
    });
    await expect(takeDelivery(intake, bad)).rejects.toMatchObject({ code: 'TOO_MANY_REJECTS' });
    expect(await stored(`source_record_id LIKE 't%'`)).toEqual([]);
    const loader = await database.as('loader');
    expect(await loader.query(`SELECT FROM ops.delivery WHERE delivery_id = 'D7'`)).toEqual([]);
    const kept = (id: string) =>
      loader.query<unknown[]>(
        'SELECT source_agency AS agency, code, words, remedy FROM ops.refused_delivery WHERE delivery_id = $1',
        [id],
      );
    expect(await kept('D7')).toMatchObject([
      {
        code: 'TOO_MANY_REJECTS',
        words: expect.stringContaining('30 of 100 rows were rejected'),
        remedy: expect.stringContaining('deliver again'),
      },
    ]);
    // One whose files are not all there is known by its manifest.
    rmSync(join(bad, 'denominator_count.csv'));
    await expect(takeDelivery(intake, bad)).rejects.toMatchObject({ exitCode: 2 });
    expect(await kept('D7')).toHaveLength(2);
  });

  test('with something that identifies a person is refused as a whole, and never echoed', async () => {
    const rows = csv('denominator_count', [
      countRow('u', 1, 1),
      { ...countRow('v', 1, 2), population: '123-45-6789' },
    ]);
    const refused = takeDelivery(
      intake,
      writeDelivery(folder(), { id: 'D8', files: [rows], asOf: '2026-03-08T02:00:00Z' }),
    );
    await expect(refused).rejects.toMatchObject({
      exitCode: 2,
      message: expect.not.stringContaining('123-45-6789'),
    });
    expect(await stored(`source_record_id LIKE 'u%'`)).toEqual([]);
  });

  test('of content leaves no pseudonym behind; linkage rows pair it with the same surrogate', async () => {
    const token = 'tok_0123456789abcdef';
    const shared = {
      source_agency: testAgency,
      county_fips: '06001',
      record_version: 1,
      op: 'insert',
      source_updated_at: '2026-02-01T00:00:00Z',
      person_token: token,
    };
    const person = csv('person', [{ source_record_id: 'person-01', ...shared, birth_year: 2010 }]);
    const linkage = csv('person_linkage', [
      {
        source_record_id: 'linkage-01',
        ...shared,
        mode: 'field',
        key_version: 'k1',
        tokens: 'full:abc',
        filters: '',
      },
    ]);
    await takeDelivery(
      intake,
      writeDelivery(folder(), { id: 'D9', files: [linkage, person], asOf: '2026-03-09T02:00:00Z' }),
    );
    const loader = await database.as('loader');
    const [row] = await loader.query<{ same: boolean; length: number }[]>(
      `SELECT p.surrogate = t.surrogate AND l.surrogate = t.surrogate AS same, octet_length(p.surrogate) AS length
       FROM events.person p, linkage.person_token t, linkage.person_linkage l WHERE t.person_token = $1`,
      [token],
    );
    expect(row).toEqual({ same: true, length: 16 });
    const [content] = await loader.query<{ text: string }[]>(
      'SELECT person::text AS text FROM events.person',
    );
    expect(content?.text).not.toContain(token);
  });
});

describe('a row about a young person whom the hub does not know', () => {
  const shared = (token: string) => ({
    source_agency: testAgency,
    county_fips: '06001',
    record_version: 1,
    op: 'insert',
    source_updated_at: '2026-02-01T00:00:00Z',
    person_token: token,
  });
  const absence = (id: string, token: string) =>
    csv('cw_absence', [
      {
        source_record_id: id,
        ...shared(token),
        absent_from: '2026-01-10T20:00:00Z',
        discovered_at: '2026-01-10T22:00:00Z',
        exploited_during: 'unknown',
      },
    ]);
  const deliver = async (id: string, day: number, ...files: ReturnType<typeof csv>[]) =>
    takeDelivery(intake, writeDelivery(folder(), { id, files, asOf: `2026-03-${day}T02:00:00Z` }));
  const absences = async (id: string) => {
    const loader = await database.as('loader');
    return loader.query<{ delivery: string; line: number }[]>(
      `SELECT d.delivery_id AS delivery, a.line FROM events.cw_absence a JOIN ops.delivery d ON d.id = a.delivery
       WHERE a.source_record_id = $1`,
      [id],
    );
  };
  const counts = async (id: string) => {
    const loader = await database.as('loader');
    const [row] = await loader.query<Record<string, string>[]>(
      `SELECT f.accepted, f.rejected, f.quarantined FROM ops.delivery_file f JOIN ops.delivery d ON d.id = f.delivery
       WHERE d.delivery_id = $1 AND f.record = 'cw_absence'`,
      [id],
    );
    return row;
  };

  test('waits, is loaded when the young person comes, and counts where it came', async () => {
    const report = await deliver('W1', 10, absence('absence-1', 'tok_waiting_for_1234'));
    expect(report.files).toMatchObject([
      {
        file: 'cw_absence.csv',
        rows: 1,
        accepted: 0,
        rejected: 0,
        quarantined: 1,
        first: [{ line: 2, rule: 'Q007', field: null }],
      },
    ]);
    expect(report.files[0]?.rules).toEqual([{ rule: 'Q007', severity: 'quarantine', count: 1 }]);
    expect(await absences('absence-1')).toEqual([]);
    const person = csv('person', [
      { source_record_id: 'person-w1', ...shared('tok_waiting_for_1234'), birth_year: 2011 },
    ]);
    await deliver('W2', 11, person);
    expect(await absences('absence-1')).toEqual([{ delivery: 'W1', line: 2 }]);
    expect(await counts('W1')).toEqual({ accepted: '1', rejected: '0', quarantined: '0' });
  });

  test('is rejected under its own delivery after three nights', async () => {
    await deliver('W3', 12, absence('absence-2', 'tok_never_comes_1234'));
    for (const night of [13, 14]) {
      await deliver(`W${night}`, night, csv('denominator_count', [countRow(`n${night}`, 1, 1)]));
      expect(await counts('W3')).toEqual({ accepted: '0', rejected: '0', quarantined: '1' });
    }
    await deliver('W15', 15, csv('denominator_count', [countRow('n15', 1, 1)]));
    expect(await counts('W3')).toEqual({ accepted: '0', rejected: '1', quarantined: '0' });
    expect(await absences('absence-2')).toEqual([]);
  });

  test('is rejected under its own delivery when a later one says what it said, or leaves it out', async () => {
    const token = 'tok_replaced_1234567';
    await deliver('W16', 16, absence('absence-3', token), csv('denominator_count', [countRow('n16', 1, 1)]));
    await deliver('W17', 17, absence('absence-3', token));
    expect(await counts('W16')).toEqual({ accepted: '0', rejected: '0', quarantined: '1' });
    const person = { source_record_id: 'person-w3', ...shared(token), birth_year: 2011 };
    await deliver('W18', 18, csv('person', [person]));
    // The same version came twice, and only the first of them can hold.
    expect(await counts('W16')).toEqual({ accepted: '1', rejected: '0', quarantined: '0' });
    expect(await counts('W17')).toEqual({ accepted: '0', rejected: '1', quarantined: '0' });
    await deliver('W19', 19, absence('absence-4', 'tok_left_out_1234567'));
    const full = { id: 'W20', kind: 'full' as const, asOf: '2026-03-20T02:00:00Z' };
    const kept = [absence('absence-1', 'tok_waiting_for_1234')];
    await takeDelivery(intake, writeDelivery(folder(), { ...full, files: kept }));
    expect(await counts('W19')).toEqual({ accepted: '0', rejected: '1', quarantined: '0' });
    expect(await absences('absence-4')).toEqual([]);
    expect(await waitingByDelivery()).toEqual(await countedAsWaiting());
  });

  const waitingByDelivery = async () =>
    (await database.as('loader')).query<unknown[]>(
      'SELECT delivery, count(*) AS n FROM events.quarantine GROUP BY delivery ORDER BY delivery',
    );
  const countedAsWaiting = async () =>
    (await database.as('loader')).query<unknown[]>(
      `SELECT delivery, sum(quarantined)::bigint AS n FROM ops.delivery_file
       WHERE quarantined <> 0 OR rows <> accepted + rejected + quarantined GROUP BY delivery ORDER BY delivery`,
    );

  test('finds what holds only across rows, and keeps the row', async () => {
    const loader = await database.as('loader');
    const found = await loader.query<{ rule: string; severity: string }[]>(
      `SELECT f.rule, f.severity FROM ops.finding f JOIN ops.delivery d ON d.id = f.delivery
       WHERE d.delivery_id = 'W2' AND f.record = 'cw_absence'`,
    );
    // The absence was never reported, and nobody was screened after it: the clock ran out.
    expect(found).toContainEqual({ rule: 'Q107', severity: 'compliance' });
  });
});

describe('the command', () => {
  test('delivers, says unchanged, and answers a refusal in the same form with exit code 2', async () => {
    const environment = {
      DATABASE_URL: database.target.urlFor('owner'),
      TESSERA_ROLE_SECRET: inject('roleSecret'),
      TESSERA_DATA_DIR: scratchFolder(),
    };
    const files = [csv('denominator_count', [countRow('x', 1, 1)])];
    const good = writeDelivery(folder(), { id: 'C1', files, asOf: '2026-04-01T02:00:00Z' });
    const deliver = async (path: string) => tessera(['deliver', path, '--json'], environment);
    expect(JSON.parse((await deliver(good)).stdout)).toMatchObject({ outcome: 'loaded', delivery: 'C1' });
    expect(JSON.parse((await deliver(good)).stdout)).toMatchObject({ outcome: 'unchanged' });
    const lying = writeDelivery(
      folder(),
      { id: 'C2', files },
      (manifest) => void (manifest.agreement_id = 'AG-2'),
    );
    const refused = await deliver(lying);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      outcome: 'refused',
      reason: { code: 'NO_AGREEMENT' },
    });
    const checked = await tessera(['check', good, '--json']);
    expect(JSON.parse(checked.stdout)).toMatchObject({
      outcome: 'loaded',
      files: [{ rows: 1, accepted: 1 }],
    });
  });
});

interface Manifest {
  agreement_id: string;
  as_of: string;
  files: { sha256: string; rows: number; record_type: string }[];
}
