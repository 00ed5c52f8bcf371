import { beforeAll, describe, expect, test } from 'vitest';
import { transaction } from '../../src/db/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database, () => ({ TESSERA_POOL_SIZE: '4' }));
const counties = ['06001', '06037', '06073'];

beforeAll(async () => {
  const agencies = counties.map((county, n) => `('CW-${n}', 'Agency CW-${n}', 'child_welfare', '${county}')`);
  await transaction(
    await database.as('owner'),
    ({ client }) =>
      client.query(`INSERT INTO governance.agency VALUES ${agencies.join(', ')};
        INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
          SELECT 'AG-' || n, ARRAY['CW-' || n], '{person}', '{program_evaluation}', false, false, '2025-01-01' FROM generate_series(0, 2) n;
        INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
          SELECT 'CW-' || n, 'D-' || n, 'AG-' || n, 'full', now(), repeat('0', 64), now() FROM generate_series(0, 2) n;
        INSERT INTO governance.register_entry (id, version, county_fips, kind, effective_from, content, recorded_by)
          SELECT gen_random_uuid(), 1, county, 'pilot_scope', '2026-01-01', '{"scope": "area"}', gen_random_uuid()
          FROM unnest(ARRAY['06001', '06037', '06073']) county`),
    { county: '*' },
  );
});

describe('a thousand questions over four connections, a hundred at a time', () => {
  test('see each their own county or agency, and without a role nothing', async () => {
    const analysts = await Promise.all(
      counties.map((county) => server.token({ role: 'county-counsel', county })),
    );
    const submitters = await Promise.all(
      counties.map((_, n) => server.token({ role: 'agency-submitter', agency: `CW-${n}` })),
    );
    const steward = await server.token({ role: 'steward' });
    const question = async (i: number): Promise<readonly unknown[]> => {
      const n = i % 3;
      const kind = i % 5;
      if (kind === 0) {
        const { data } = await server.ask('{ register { nodes { county } } }', { token: analysts[n] ?? '' });
        return [data, { register: { nodes: [{ county: counties[n] }] } }];
      }
      if (kind === 1) {
        const { data } = await server.ask('{ deliveries { nodes { agency } } }', {
          token: submitters[n] ?? '',
        });
        return [data, { deliveries: { nodes: [{ agency: `CW-${n}` }] } }];
      }
      if (kind === 2) {
        const { data } = await server.ask('{ agreements { nodes { id } } }', { token: analysts[n] ?? '' });
        return [data, { agreements: { nodes: [{ id: `AG-${n}` }] } }];
      }
      if (kind === 3) {
        const { data } = await server.ask('{ deliveries { nodes { agency } } }', { token: steward });
        return [data, { deliveries: { nodes: ['CW-2', 'CW-1', 'CW-0'].map((agency) => ({ agency })) } }];
      }
      return [(await server.ask('{ register { nodes { county } } }')).data, null];
    };
    // Far more under way than there are connections, and no more than a listening port takes at once.
    const answers: (readonly unknown[])[] = [];
    let next = 0;
    const asker = async (): Promise<void> => {
      for (let i = next++; i < 1000; i = next++) answers.push(await question(i));
    };
    await Promise.all(Array.from({ length: 100 }, asker));
    expect(answers).toHaveLength(1000);
    expect(answers.map(([data]) => data)).toEqual(answers.map(([, wanted]) => wanted));
  });

  test.each([
    'governance.agreement',
    'governance.register_entry',
    'governance.agency',
    'ops.delivery',
    'ledger.run',
    'audit.entry',
  ])('leave no claim behind: %s shows the api nothing without one', async (table) => {
    const api = await database.as('api');
    for (let i = 0; i < 8; i++) expect(await api.query(`SELECT * FROM ${table}`)).toEqual([]);
  });
});
