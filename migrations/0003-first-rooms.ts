import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first table behind each wall. Rows that belong to a county carry its FIPS code and are seen only under a
 * claim for that county ('*' for all), which is set for one transaction; without a claim nothing is seen.
 */
export class FirstRooms implements MigrationInterface {
  readonly name = 'FirstRooms0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION governance.may_see_county(fips text) RETURNS boolean
        LANGUAGE sql STABLE PARALLEL SAFE
        RETURN coalesce(current_setting('tessera.county', true) IN (fips, '*'), false);
      GRANT EXECUTE ON FUNCTION governance.may_see_county(text)
        TO tessera_loader, tessera_linker, tessera_measurer, tessera_publisher, tessera_api;

      CREATE TABLE governance.agency (
        id text PRIMARY KEY CHECK (id ~ '^[A-Z0-9-]{1,20}$'),
        name text NOT NULL,
        system text NOT NULL
          CHECK (system IN ('child_welfare', 'probation', 'health', 'education', 'cross_system')),
        county_fips text NOT NULL CHECK (county_fips ~ '^[0-9]{5}$')
      );
      ALTER TABLE governance.agency ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY county ON governance.agency
        USING (governance.may_see_county(county_fips)) WITH CHECK (governance.may_see_county(county_fips));
      GRANT SELECT, INSERT, UPDATE ON governance.agency TO tessera_loader;
      GRANT SELECT ON governance.agency TO tessera_linker, tessera_measurer, tessera_publisher, tessera_api;

      CREATE TABLE linkage.person_token (
        source_agency text NOT NULL,
        person_token text NOT NULL,
        surrogate bytea NOT NULL UNIQUE CHECK (octet_length(surrogate) = 16),
        PRIMARY KEY (source_agency, person_token)
      );
      GRANT SELECT, INSERT, DELETE ON linkage.person_token TO tessera_loader;
      GRANT SELECT ON linkage.person_token TO tessera_linker;

      CREATE TABLE persons.membership (
        surrogate bytea PRIMARY KEY CHECK (octet_length(surrogate) = 16),
        person_id bytea NOT NULL CHECK (octet_length(person_id) = 16)
      );
      CREATE INDEX membership_by_person ON persons.membership (person_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON persons.membership TO tessera_linker;
      GRANT SELECT ON persons.membership TO tessera_measurer;

      CREATE TABLE release.release (
        number integer PRIMARY KEY CHECK (number > 0),
        state text NOT NULL CHECK (state IN ('provisional', 'final', 'withdrawn')),
        closed_on date NOT NULL,
        published_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT ON release.release TO tessera_publisher;
      GRANT UPDATE (state) ON release.release TO tessera_publisher;
      GRANT SELECT ON release.release TO tessera_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE release.release, persons.membership, linkage.person_token, governance.agency;
      DROP FUNCTION governance.may_see_county(text);
    `);
  }
}
