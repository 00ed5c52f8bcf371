import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The walls before the rooms: one schema for each kind of data, one role for each duty. Roles belong to the
 * server rather than to this database, so `down` takes their rights away and leaves them standing for others.
 */
export class SchemasAndRoles implements MigrationInterface {
  readonly name = 'SchemasAndRoles0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE duty text;
      BEGIN
        FOREACH duty IN ARRAY ARRAY['loader', 'linker', 'measurer', 'publisher', 'api'] LOOP
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tessera_' || duty) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', 'tessera_' || duty);
          END IF;
          EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'tessera_' || duty);
        END LOOP;
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
      END $$;

      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

      CREATE SCHEMA ledger;
      COMMENT ON SCHEMA ledger IS 'Runs and their stages: what was done, with what, and how it ended';
      CREATE SCHEMA governance;
      COMMENT ON SCHEMA governance IS 'Counties and agencies; later agreements, people and requests';
      CREATE SCHEMA events;
      COMMENT ON SCHEMA events IS 'Content rows by hub surrogate: never a token, never a name';
      CREATE SCHEMA staging;
      COMMENT ON SCHEMA staging IS 'Rows of one delivery on their way in; dropped when they are current';
      CREATE SCHEMA ops;
      COMMENT ON SCHEMA ops IS 'What came, what was rejected by which rule on which line: never a value';
      CREATE SCHEMA linkage;
      COMMENT ON SCHEMA linkage IS 'Tokens and filters: never content';
      CREATE SCHEMA persons;
      COMMENT ON SCHEMA persons IS 'Which surrogates are one young person: the only bridge from content to clusters';
      CREATE SCHEMA release;
      COMMENT ON SCHEMA release IS 'Protected releases: the only figures that an outside surface can read';

      GRANT USAGE ON SCHEMA ledger TO tessera_loader, tessera_linker, tessera_measurer, tessera_publisher;
      GRANT USAGE ON SCHEMA governance TO tessera_loader, tessera_linker, tessera_measurer, tessera_publisher, tessera_api;
      GRANT USAGE ON SCHEMA events TO tessera_loader, tessera_measurer;
      GRANT USAGE, CREATE ON SCHEMA staging TO tessera_loader;
      GRANT USAGE ON SCHEMA ops TO tessera_loader;
      GRANT USAGE ON SCHEMA linkage TO tessera_loader, tessera_linker;
      GRANT USAGE ON SCHEMA persons TO tessera_loader, tessera_linker, tessera_measurer;
      GRANT USAGE ON SCHEMA release TO tessera_publisher, tessera_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA release, persons, linkage, ops, staging, events, governance, ledger;
      ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
      GRANT USAGE ON SCHEMA public TO PUBLIC;
      DO $$
      DECLARE duty text;
      BEGIN
        EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO PUBLIC', current_database());
        FOREACH duty IN ARRAY ARRAY['loader', 'linker', 'measurer', 'publisher', 'api'] LOOP
          EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), 'tessera_' || duty);
        END LOOP;
      END $$;
    `);
  }
}
