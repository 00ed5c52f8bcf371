import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts and figures. For every record type there is a table of the rows that hold; rows of young people lie there by
 * person, and only of those in scope. Beside them are the facts that are worked out. Figures belong to a candidate,
 * which no outside surface can read.
 */
export class Measures implements MigrationInterface {
  readonly name = 'Measures0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA measures;
      COMMENT ON SCHEMA measures IS 'Facts by person for those in scope, and candidates: figures before they are protected';

      CREATE TABLE measures.build (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        kind text NOT NULL CHECK (kind IN ('full', 'changes')),
        last_delivery bigint NOT NULL,
        rules_hash text NOT NULL CHECK (rules_hash ~ '^[0-9a-f]{64}$'),
        known_on date NOT NULL
      );
      CREATE TABLE measures.member (
        surrogate bytea PRIMARY KEY,
        person_id bytea NOT NULL
      );
      CREATE INDEX member_of_person ON measures.member (person_id);

      CREATE TABLE measures.period (
        period text PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('year', 'quarter', 'three_years', 'five_years')),
        starts date NOT NULL,
        ends date NOT NULL,
        closed boolean NOT NULL
      );

      CREATE TABLE measures.young_person (
        person_id bytea PRIMARY KEY,
        born_on date,
        sex text NOT NULL,
        gender_identity text NOT NULL,
        sexual_orientation text NOT NULL,
        lgbtq text NOT NULL CHECK (lgbtq IN ('yes', 'no', 'unknown')),
        race_ethnicity text NOT NULL,
        races text[] NOT NULL,
        language text NOT NULL,
        first_identified_on date,
        first_identified_by text,
        first_confirmed_on date,
        first_contact_on date,
        provenance jsonb NOT NULL
      );

      CREATE TABLE measures.decision (
        person_id bytea NOT NULL,
        decided_on date,
        lasts_until date,
        status text NOT NULL CHECK (status IN ('confirmed', 'suspected', 'at_risk', 'concern', 'ruled_out')),
        system text NOT NULL,
        agency text NOT NULL,
        county text NOT NULL,
        record text NOT NULL,
        record_id text NOT NULL,
        residence_county text,
        responsible_county text,
        exploitation_county text
      );
      CREATE INDEX decision_of_person ON measures.decision (person_id);

      CREATE TABLE measures.contact (
        person_id bytea NOT NULL,
        system text NOT NULL,
        kind text NOT NULL,
        began_on date NOT NULL,
        ended_on date,
        agency text NOT NULL,
        county text NOT NULL,
        record_id text NOT NULL
      );
      CREATE INDEX contact_of_person ON measures.contact (person_id, system);

      CREATE TABLE measures.person_period (
        person_id bytea NOT NULL,
        period text NOT NULL,
        kind text NOT NULL,
        starts date NOT NULL,
        ends date NOT NULL,
        status text NOT NULL CHECK (status IN ('confirmed', 'suspected', 'at_risk', 'concern')),
        identified boolean NOT NULL,
        minor boolean NOT NULL,
        sources text[] NOT NULL,
        agree boolean NOT NULL,
        newness text CHECK (newness IN ('new', 'existing')),
        care_timing text CHECK (care_timing IN ('before_care', 'during_care', 'while_absent', 'after_care', 'never_in_care')),
        age integer,
        age_band text NOT NULL,
        age_band_public text NOT NULL,
        sex text NOT NULL,
        gender_identity text NOT NULL,
        sexual_orientation text NOT NULL,
        lgbtq text NOT NULL,
        race_ethnicity text NOT NULL,
        county text NOT NULL,
        responsible_county text NOT NULL,
        exploitation_county text NOT NULL,
        PRIMARY KEY (person_id, period)
      );
      CREATE INDEX person_period_by_period ON measures.person_period (period);

      CREATE TABLE measures.person_period_status (
        person_id bytea NOT NULL,
        period text NOT NULL,
        system text NOT NULL,
        status text NOT NULL,
        decided_on date,
        PRIMARY KEY (person_id, period, system)
      );

      CREATE TABLE measures.person_period_term (
        person_id bytea NOT NULL,
        period text NOT NULL,
        term text NOT NULL,
        version integer NOT NULL,
        protocol text NOT NULL,
        PRIMARY KEY (term, person_id, period, protocol)
      );
      CREATE INDEX person_period_term_of_person ON measures.person_period_term (person_id);

      CREATE TABLE measures.population (
        period text NOT NULL,
        population text NOT NULL,
        county text NOT NULL,
        age_band text NOT NULL,
        sex text NOT NULL,
        n bigint NOT NULL
      );

      DO $$
      DECLARE record text; personal boolean;
      BEGIN
        FOR record, personal IN
          SELECT table_name, bool_or(column_name = 'surrogate') FROM information_schema.columns
          WHERE table_schema = 'events' AND table_name <> 'quarantine' GROUP BY table_name
        LOOP
          EXECUTE format('CREATE TABLE measures.%I (%s LIKE events.%I)', record,
            CASE WHEN personal THEN 'person_id bytea NOT NULL,' ELSE '' END, record);
          EXECUTE format('ALTER TABLE measures.%I DROP COLUMN record_version, DROP COLUMN op,
            DROP COLUMN source_updated_at, DROP COLUMN delivery, DROP COLUMN line, DROP COLUMN known_from, DROP COLUMN known_to', record);
          EXECUTE format('ALTER TABLE measures.%I RENAME source_agency TO agency', record);
          EXECUTE format('ALTER TABLE measures.%I RENAME source_record_id TO record_id', record);
          -- Figures are cut by county through their dimensions; no county reads these rows.
          EXECUTE format('ALTER TABLE measures.%I RENAME county_fips TO county', record);
          CONTINUE WHEN NOT personal;
          EXECUTE format('ALTER TABLE measures.%I DROP COLUMN surrogate', record);
          EXECUTE format('CREATE INDEX %I ON measures.%I (person_id)', record || '_of_person', record);
          -- What changed since the last build is found without reading what did not.
          EXECUTE format('CREATE INDEX %I ON events.%I USING brin (delivery)', record || '_by_delivery', record);
          EXECUTE format('CREATE INDEX %I ON events.%I (known_to) WHERE known_to < ''infinity''', record || '_closed', record);
        END LOOP;
      END $$;

      CREATE TABLE measures.candidate (
        id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        run_id uuid NOT NULL REFERENCES ledger.run (id),
        known_on date NOT NULL,
        facts_hash text NOT NULL,
        linkage_version text NOT NULL,
        code_version text NOT NULL,
        definitions jsonb NOT NULL,
        current boolean NOT NULL,
        input_hash text NOT NULL
      );
      CREATE UNIQUE INDEX candidate_current ON measures.candidate (current) WHERE current;

      CREATE TABLE measures.figure (
        candidate_id text NOT NULL REFERENCES measures.candidate (id),
        metric text NOT NULL,
        version integer NOT NULL,
        tbl text NOT NULL,
        period text NOT NULL,
        cell text NOT NULL,
        dims jsonb NOT NULL,
        numerator bigint,
        denominator bigint,
        value double precision,
        lower double precision,
        upper double precision,
        status text NOT NULL CHECK (status IN ('counted', 'provisional', 'not_available')),
        reason text,
        PRIMARY KEY (candidate_id, metric, tbl, period, cell),
        CHECK ((status = 'counted') = (reason IS NULL))
      );

      DO $$ BEGIN
        -- Facts as known on an earlier day are built in tables that end with the session.
        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO tessera_measurer', current_database());
      END $$;
      GRANT USAGE ON SCHEMA measures TO tessera_measurer, tessera_publisher;
      GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA measures TO tessera_measurer;
      GRANT UPDATE (current) ON measures.candidate TO tessera_measurer;
      REVOKE DELETE ON measures.build, measures.candidate, measures.figure FROM tessera_measurer;
      GRANT SELECT ON measures.candidate, measures.figure TO tessera_publisher;

      GRANT USAGE ON SCHEMA ops TO tessera_measurer;
      GRANT SELECT ON ops.delivery TO tessera_measurer;
      CREATE FUNCTION measures.take_statistics() RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE fact regclass;
      BEGIN
        FOR fact IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'measures' AND c.relkind = 'r' AND c.relname NOT IN ('figure', 'candidate', 'build') LOOP
          EXECUTE format('ANALYZE %s', fact);
        END LOOP;
      END $$;
      GRANT EXECUTE ON FUNCTION measures.take_statistics() TO tessera_measurer;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE record text;
      BEGIN
        FOR record IN SELECT table_name FROM information_schema.columns
                      WHERE table_schema = 'events' AND column_name = 'surrogate' LOOP
          EXECUTE format('DROP INDEX IF EXISTS events.%I', record || '_by_delivery');
          EXECUTE format('DROP INDEX IF EXISTS events.%I', record || '_closed');
        END LOOP;
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM tessera_measurer', current_database());
      END $$;
      REVOKE SELECT ON ops.delivery FROM tessera_measurer;
      REVOKE USAGE ON SCHEMA ops FROM tessera_measurer;
      DROP SCHEMA measures CASCADE;
    `);
  }
}
