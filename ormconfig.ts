/** What the hub maps and migrates; TypeORM's own command line reads the default export (DATABASE_URL must be set). */
import { DataSource } from 'typeorm';
import { SchemasAndRoles } from './migrations/0001-schemas-and-roles.ts';
import { Ledger } from './migrations/0002-ledger.ts';
import { FirstRooms } from './migrations/0003-first-rooms.ts';
import { readSettings } from './src/config.ts';
import { dataSourceOptions, type Mapping } from './src/db/data-source.ts';
import { ReleaseEntity } from './src/disclosure/release.entity.ts';
import { RunEntity } from './src/runs/run.entity.ts';
import { StageEntity } from './src/runs/stage.entity.ts';
import { AgencyEntity } from './src/sources/agency.entity.ts';

export const mapping: Mapping = {
  entities: [AgencyEntity, ReleaseEntity, RunEntity, StageEntity],
  migrations: [SchemasAndRoles, Ledger, FirstRooms],
};

export default new DataSource(dataSourceOptions(readSettings().databaseUrl, mapping));
