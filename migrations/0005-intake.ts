import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agreements, and what is remembered of a delivery. Nothing in `ops` holds a value from a row. */
export class Intake implements MigrationInterface {
  readonly name = 'Intake0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE governance.agreement (
        id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
        agencies text[] NOT NULL CHECK (cardinality(agencies) > 0),
        record_types text[] NOT NULL,
        purposes text[] NOT NULL,
        withheld_fields text[] NOT NULL DEFAULT '{}',
        minor_consent_services boolean NOT NULL,
        content_up_front boolean NOT NULL,
        effective_from date NOT NULL,
        effective_to date,
        CHECK (effective_to >= effective_from)
      );
      GRANT SELECT, INSERT, UPDATE ON governance.agreement TO tessera_loader;

      CREATE TABLE ops.delivery (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        source_agency text NOT NULL REFERENCES governance.agency (id),
        delivery_id text NOT NULL,
        agreement_id text NOT NULL REFERENCES governance.agreement (id),
        extract_kind text NOT NULL CHECK (extract_kind IN ('full', 'delta')),
        as_of timestamptz NOT NULL,
        manifest_hash text NOT NULL CHECK (manifest_hash ~ '^[0-9a-f]{64}$'),
        loaded_at timestamptz NOT NULL,
        UNIQUE (source_agency, delivery_id)
      );

      CREATE TABLE ops.delivery_file (
        delivery bigint NOT NULL REFERENCES ops.delivery (id),
        file text NOT NULL,
        record text NOT NULL,
        rows bigint NOT NULL,
        accepted bigint NOT NULL,
        rejected bigint NOT NULL,
        quarantined bigint NOT NULL,
        PRIMARY KEY (delivery, file)
      );

      CREATE TABLE ops.reject (
        delivery bigint NOT NULL,
        file text NOT NULL,
        line integer NOT NULL,
        record_id text,
        rule text NOT NULL,
        field text,
        FOREIGN KEY (delivery, file) REFERENCES ops.delivery_file (delivery, file)
      );
      CREATE INDEX reject_by_file ON ops.reject (delivery, file, line);

      CREATE TABLE ops.finding (
        delivery bigint NOT NULL REFERENCES ops.delivery (id),
        record text NOT NULL,
        rule text NOT NULL,
        severity text NOT NULL,
        rows bigint NOT NULL CHECK (rows > 0),
        PRIMARY KEY (delivery, record, rule)
      );

      CREATE TABLE events.quarantine (
        source_agency text NOT NULL,
        county_fips text NOT NULL,
        record text NOT NULL,
        rule text NOT NULL,
        row jsonb NOT NULL,
        delivery bigint NOT NULL,
        file text NOT NULL,
        line integer NOT NULL,
        nights integer NOT NULL
      );
      CREATE INDEX quarantine_by_agency ON events.quarantine (source_agency, record);
      ALTER TABLE events.quarantine ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY county ON events.quarantine
        USING (governance.may_see_county(county_fips)) WITH CHECK (governance.may_see_county(county_fips));
      CREATE POLICY every_county ON events.quarantine TO tessera_loader USING (true) WITH CHECK (true);

      -- Rules that look across rows are planned by what is known of the tables, and a large load changes that at once.
      CREATE FUNCTION ops.take_statistics(of_table regclass) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                       WHERE c.oid = of_table AND n.nspname IN ('events', 'linkage')) THEN
          RAISE EXCEPTION 'only tables of rows have statistics to take';
        END IF;
        EXECUTE format('ANALYZE %s', of_table);
      END $$;
      GRANT EXECUTE ON FUNCTION ops.take_statistics(regclass) TO tessera_loader;

      GRANT SELECT, INSERT ON ops.delivery, ops.reject TO tessera_loader;
      GRANT SELECT, INSERT, UPDATE ON ops.delivery_file, ops.finding TO tessera_loader;
      GRANT SELECT, INSERT, UPDATE, DELETE ON events.quarantine TO tessera_loader;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ops.take_statistics(regclass);
      DROP TABLE events.quarantine, ops.finding, ops.reject, ops.delivery_file, ops.delivery, governance.agreement;
    `);
  }
}
