import type { DataSource } from 'typeorm';
import { transaction } from '../db/transaction.ts';
import { Refused } from '../errors.ts';
import type { System } from './agency.entity.ts';

export async function systemOf(source: DataSource, agency: string): Promise<System> {
  const { rows } = await transaction(
    source,
    ({ client }) =>
      client.query<{ system: System }>('SELECT system FROM governance.agency WHERE id = $1', [agency]),
    { county: '*' },
  );
  if (rows[0] !== undefined) return rows[0].system;
  throw new Refused('AGENCY_UNKNOWN', `The hub knows no agency ${agency}.`, {
    remedy: 'Add it with `npx tessera sources apply`; `npx tessera sources show` lists those it knows.',
  });
}
