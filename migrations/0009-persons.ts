import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What linkage keeps from night to night. Surrogates, weights and levels lie in `persons`; whatever holds a token
 * lies in `linkage`. A linkage is a run that made its effect current; membership is read as of any of them.
 */
export class Persons implements MigrationInterface {
  readonly name = 'Persons0000000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE governance.agency ADD COLUMN deduplicated boolean NOT NULL DEFAULT false;
      GRANT SELECT ON governance.agreement TO tessera_linker;

      CREATE TABLE linkage.linked_row (
        surrogate bytea PRIMARY KEY CHECK (octet_length(surrogate) = 16),
        delivery bigint NOT NULL,
        line integer NOT NULL
      );
      CREATE TABLE linkage.blocking_rule (
        rule text PRIMARY KEY,
        oversized text[] NOT NULL
      );
      CREATE TABLE linkage.term_frequency (
        model text NOT NULL,
        field text NOT NULL,
        place integer NOT NULL,
        present bigint NOT NULL CHECK (present > 0),
        floor integer NOT NULL CHECK (floor > 0),
        counts json NOT NULL,
        PRIMARY KEY (model, place)
      );
      CREATE TABLE linkage.purged_row (
        surrogate bytea PRIMARY KEY CHECK (octet_length(surrogate) = 16),
        purged_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      GRANT SELECT, INSERT, DELETE ON linkage.purged_row TO tessera_linker;
      GRANT SELECT, INSERT, UPDATE, DELETE ON linkage.linked_row, linkage.blocking_rule TO tessera_linker;
      GRANT SELECT, INSERT ON linkage.term_frequency TO tessera_linker;

      CREATE TABLE persons.model (
        version text PRIMARY KEY CHECK (version ~ '^[0-9a-f]{64}$'),
        key_version text NOT NULL,
        model json NOT NULL,
        trained_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        current boolean NOT NULL
      );
      CREATE UNIQUE INDEX model_now ON persons.model (key_version) WHERE current;

      CREATE TABLE persons.linkage (
        number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        run_id uuid NOT NULL,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        input_hash text NOT NULL CHECK (input_hash ~ '^[0-9a-f]{64}$'),
        stage_hash text NOT NULL CHECK (stage_hash ~ '^[0-9a-f]{64}$'),
        method integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('full', 'delta')),
        key_version text NOT NULL,
        model text NOT NULL REFERENCES persons.model (version),
        threshold double precision NOT NULL CHECK (threshold > 0 AND threshold < 1),
        records bigint NOT NULL,
        persons bigint NOT NULL
      );

      CREATE TABLE persons.membership_history (
        surrogate bytea NOT NULL CHECK (octet_length(surrogate) = 16),
        person_id bytea NOT NULL CHECK (octet_length(person_id) = 16),
        from_linkage integer NOT NULL REFERENCES persons.linkage (number),
        to_linkage integer REFERENCES persons.linkage (number),
        PRIMARY KEY (surrogate, from_linkage),
        CHECK (to_linkage > from_linkage)
      );
      CREATE UNIQUE INDEX membership_history_now ON persons.membership_history (surrogate) WHERE to_linkage IS NULL;

      CREATE TABLE persons.person_change (
        linkage integer NOT NULL REFERENCES persons.linkage (number),
        event text NOT NULL CHECK (event IN ('merged', 'split', 'retired')),
        person_id bytea NOT NULL,
        others bytea[] NOT NULL,
        PRIMARY KEY (linkage, person_id, event)
      );

      CREATE FUNCTION persons.membership_as_of(linkage integer) RETURNS TABLE (surrogate bytea, person_id bytea)
        LANGUAGE sql STABLE
        BEGIN ATOMIC
          SELECT h.surrogate, h.person_id FROM persons.membership_history h
          WHERE h.from_linkage <= linkage AND (h.to_linkage IS NULL OR h.to_linkage > linkage);
        END;
      GRANT EXECUTE ON FUNCTION persons.membership_as_of(integer) TO tessera_linker, tessera_measurer;

      CREATE TABLE persons.link (
        a bytea NOT NULL CHECK (octet_length(a) = 16),
        b bytea NOT NULL CHECK (octet_length(b) = 16),
        weight real NOT NULL,
        posterior double precision GENERATED ALWAYS AS (1 / (1 + power(2::double precision, -weight::double precision))) STORED,
        pattern text NOT NULL,
        model text NOT NULL REFERENCES persons.model (version),
        PRIMARY KEY (a, b),
        CHECK (a < b)
      );
      CREATE INDEX link_by_b ON persons.link (b);

      CREATE TABLE persons.review (
        a bytea NOT NULL,
        b bytea NOT NULL,
        weight real NOT NULL,
        prior double precision NOT NULL,
        steps json NOT NULL,
        asked text NOT NULL CHECK (asked IN ('near', 'sample')),
        place integer NOT NULL,
        since integer NOT NULL REFERENCES persons.linkage (number),
        PRIMARY KEY (a, b),
        CHECK (a < b)
      );

      CREATE TABLE persons.opinion (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        a bytea NOT NULL CHECK (octet_length(a) = 16),
        b bytea NOT NULL CHECK (octet_length(b) = 16),
        same boolean NOT NULL,
        said_as text NOT NULL CHECK (said_as IN ('steward', 'agency')),
        said_by text NOT NULL CHECK (said_by <> ''),
        asked text NOT NULL CHECK (asked IN ('near', 'sample', 'told')),
        said_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CHECK (a < b)
      );
      CREATE INDEX opinion_by_pair ON persons.opinion (a, b);

      CREATE FUNCTION persons.take_statistics() RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        ANALYZE persons.membership, persons.membership_history, persons.link;
      END $$;
      GRANT EXECUTE ON FUNCTION persons.take_statistics() TO tessera_linker;

      CREATE TABLE persons.concern (
        surrogate bytea PRIMARY KEY CHECK (octet_length(surrogate) = 16)
      );

      GRANT SELECT, INSERT, UPDATE ON persons.model TO tessera_linker;
      GRANT SELECT, INSERT ON persons.linkage TO tessera_linker;
      GRANT SELECT, INSERT, UPDATE, DELETE ON persons.membership_history TO tessera_linker;
      GRANT SELECT, INSERT ON persons.person_change TO tessera_linker;
      GRANT SELECT, INSERT, UPDATE, DELETE ON persons.link TO tessera_linker;
      GRANT SELECT, INSERT, DELETE ON persons.review, persons.opinion TO tessera_linker;
      GRANT SELECT ON persons.concern TO tessera_linker;
      GRANT SELECT ON persons.linkage, persons.membership_history, persons.person_change, persons.link TO tessera_measurer;
      GRANT SELECT, INSERT, DELETE ON persons.concern TO tessera_measurer;
      -- Purging what matches nobody in scope is the linker's: only it knows who matches whom.
      GRANT DELETE ON linkage.person_linkage, linkage.person_token TO tessera_linker;

      CREATE TABLE measures.estimate (
        id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        run_id uuid NOT NULL,
        period text NOT NULL,
        county text NOT NULL,
        term text NOT NULL,
        term_version integer NOT NULL,
        linkage integer NOT NULL REFERENCES persons.linkage (number),
        table_hash text NOT NULL CHECK (table_hash ~ '^[0-9a-f]{64}$'),
        code_version text NOT NULL,
        seed bigint NOT NULL,
        draws integer NOT NULL CHECK (draws >= 0),
        lists text[] NOT NULL,
        refused boolean NOT NULL,
        reasons text[] NOT NULL,
        value double precision,
        lower double precision,
        upper double precision,
        annex json NOT NULL,
        CHECK (NOT refused OR value IS NULL AND lower IS NULL AND upper IS NULL)
      );
      COMMENT ON TABLE measures.estimate IS 'Estimates of the hidden population before they are rounded and protected; a refusal is one too';
      GRANT SELECT, INSERT ON measures.estimate TO tessera_measurer;
      GRANT SELECT ON measures.estimate TO tessera_publisher;

      CREATE TABLE ops.linkage_quality (
        linkage integer PRIMARY KEY,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        quality json NOT NULL
      );
      GRANT USAGE ON SCHEMA ops TO tessera_linker;
      GRANT SELECT, INSERT ON ops.linkage_quality TO tessera_linker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE USAGE ON SCHEMA ops FROM tessera_linker;
      DROP TABLE ops.linkage_quality, measures.estimate;
      REVOKE DELETE ON linkage.person_linkage, linkage.person_token FROM tessera_linker;
      DROP FUNCTION persons.membership_as_of(integer), persons.take_statistics();
      DROP TABLE persons.concern, persons.opinion, persons.review, persons.link, persons.person_change,
        persons.membership_history, persons.linkage, persons.model;
      DROP TABLE linkage.purged_row, linkage.term_frequency, linkage.blocking_rule, linkage.linked_row;
      REVOKE SELECT ON governance.agreement FROM tessera_linker;
      ALTER TABLE governance.agency DROP COLUMN deduplicated;
    `);
  }
}
