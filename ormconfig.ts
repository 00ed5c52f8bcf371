/** For TypeORM's own command line, on the database that DATABASE_URL names: `npx typeorm schema:log -d dist/ormconfig.js`. */
import { DataSource } from 'typeorm';
import { mapping } from './src/app/mapping.ts';
import { readSettings } from './src/config.ts';
import { dataSourceOptions } from './src/db/data-source.ts';

export default new DataSource(dataSourceOptions(readSettings().databaseUrl, mapping));
