import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Releases: numbered, signed, never changed. What everybody may read lies apart from each county's twin, which is
 * read under a claim for that county, and from the evidence, which holds the facts and is the publisher's alone. A
 * release that was withdrawn keeps its row and its evidence; its figures can no longer be read by any surface.
 */
export class Releases implements MigrationInterface {
  readonly name = 'Releases0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE release.release
        ADD COLUMN signed_as text CHECK (signed_as IN ('provisional', 'final')),
        ADD COLUMN cadence text CHECK (cadence IN ('monthly', 'quarterly', 'yearly')),
        ADD COLUMN period text,
        ADD COLUMN corrects integer,
        ADD COLUMN policy text,
        ADD COLUMN known_on date,
        ADD COLUMN linkage_version text,
        ADD COLUMN code_version text,
        ADD COLUMN definitions jsonb,
        ADD COLUMN facts_commitment text CHECK (facts_commitment ~ '^[0-9a-f]{64}$'),
        ADD COLUMN certificate_commitment text CHECK (certificate_commitment ~ '^[0-9a-f]{64}$'),
        ADD COLUMN key_id text,
        ADD COLUMN public_key text,
        ADD COLUMN withdrawn_at timestamptz,
        ADD COLUMN withdrawn_because text,
        ADD CHECK (corrects < number),
        ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_because IS NULL));
      GRANT UPDATE (withdrawn_at, withdrawn_because) ON release.release TO tessera_publisher;

      CREATE TABLE release.evidence (
        id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        run_id uuid NOT NULL,
        candidate_id text NOT NULL,
        content text NOT NULL
      );
      COMMENT ON TABLE release.evidence IS 'Facts, operands and proof of a release, by the hash of what it was made from';
      CREATE TABLE release.certificate (
        release_number integer PRIMARY KEY REFERENCES release.release (number),
        evidence_id text NOT NULL UNIQUE REFERENCES release.evidence (id),
        run_id uuid NOT NULL
      );

      CREATE TABLE release.audience (
        release_number integer NOT NULL REFERENCES release.release (number),
        audience text NOT NULL CHECK (audience = 'public' OR audience ~ '^[0-9]{5}$'),
        figures integer NOT NULL,
        hidden integer NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        signature text NOT NULL,
        PRIMARY KEY (release_number, audience)
      );

      CREATE TABLE release.figure (
        release_number integer NOT NULL REFERENCES release.release (number),
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
        status text NOT NULL CHECK (status IN ('shown', 'hidden', 'not_available', 'provisional')),
        footnotes text[] NOT NULL,
        PRIMARY KEY (release_number, metric, tbl, period, cell),
        CONSTRAINT hidden_is_empty CHECK (status NOT IN ('hidden', 'not_available')
          OR num_nulls(numerator, denominator, value, lower, upper) = 5)
      );
      CREATE TABLE release.county_figure (
        LIKE release.figure INCLUDING CONSTRAINTS,
        county_fips text NOT NULL CHECK (county_fips ~ '^[0-9]{5}$'),
        PRIMARY KEY (release_number, county_fips, metric, tbl, period, cell),
        FOREIGN KEY (release_number) REFERENCES release.release (number)
      );
      CREATE TABLE release.suppression (
        release_number integer NOT NULL REFERENCES release.release (number),
        dimension text NOT NULL,
        member text NOT NULL,
        figures integer NOT NULL,
        hidden integer NOT NULL,
        pooled integer NOT NULL,
        PRIMARY KEY (release_number, dimension, member)
      );

      -- A twin is for the county that claims it; and no surface reads what was withdrawn.
      ALTER TABLE release.county_figure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY county ON release.county_figure
        USING (governance.may_see_county(county_fips)) WITH CHECK (governance.may_see_county(county_fips));
      CREATE POLICY stands ON release.county_figure AS RESTRICTIVE FOR SELECT TO tessera_api
        USING (release_number IN (SELECT number FROM release.release WHERE state <> 'withdrawn'));
      ALTER TABLE release.figure ENABLE ROW LEVEL SECURITY;
      CREATE POLICY everybody ON release.figure USING (true) WITH CHECK (true);
      CREATE POLICY stands ON release.figure AS RESTRICTIVE FOR SELECT TO tessera_api
        USING (release_number IN (SELECT number FROM release.release WHERE state <> 'withdrawn'));
      ALTER TABLE release.suppression ENABLE ROW LEVEL SECURITY;
      CREATE POLICY everybody ON release.suppression USING (true) WITH CHECK (true);
      CREATE POLICY stands ON release.suppression AS RESTRICTIVE FOR SELECT TO tessera_api
        USING (release_number IN (SELECT number FROM release.release WHERE state <> 'withdrawn'));

      CREATE FUNCTION release.is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a release is never changed: make a correction, or withdraw it';
      END $$;
      CREATE FUNCTION release.is_only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state = 'withdrawn' OR NEW.state <> 'withdrawn'
          OR to_jsonb(NEW) - '{state,withdrawn_at,withdrawn_because}'::text[]
             <> to_jsonb(OLD) - '{state,withdrawn_at,withdrawn_because}'::text[] THEN
          RAISE EXCEPTION 'a release is never changed: make a correction, or withdraw it';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER only_withdrawn BEFORE UPDATE ON release.release
        FOR EACH ROW EXECUTE FUNCTION release.is_only_withdrawn();
      CREATE TRIGGER never_gone BEFORE DELETE ON release.release
        FOR EACH ROW EXECUTE FUNCTION release.is_never_changed();
      DO $$
      DECLARE kept text;
      BEGIN
        FOREACH kept IN ARRAY ARRAY['evidence', 'certificate', 'audience', 'figure', 'county_figure', 'suppression'] LOOP
          EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON release.%I
            FOR EACH ROW EXECUTE FUNCTION release.is_never_changed()', kept);
          EXECUTE format('GRANT SELECT, INSERT ON release.%I TO tessera_publisher', kept);
        END LOOP;
      END $$;
      GRANT SELECT ON release.audience, release.figure, release.county_figure, release.suppression TO tessera_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE release.suppression, release.county_figure, release.figure, release.audience, release.certificate,
        release.evidence;
      DROP TRIGGER only_withdrawn ON release.release;
      DROP TRIGGER never_gone ON release.release;
      DROP FUNCTION release.is_only_withdrawn();
      DROP FUNCTION release.is_never_changed();
      REVOKE UPDATE (withdrawn_at, withdrawn_because) ON release.release FROM tessera_publisher;
      ALTER TABLE release.release
        DROP COLUMN signed_as, DROP COLUMN cadence, DROP COLUMN period, DROP COLUMN corrects, DROP COLUMN policy, DROP COLUMN known_on,
        DROP COLUMN linkage_version, DROP COLUMN code_version, DROP COLUMN definitions,
        DROP COLUMN facts_commitment, DROP COLUMN certificate_commitment, DROP COLUMN key_id,
        DROP COLUMN public_key, DROP COLUMN withdrawn_at, DROP COLUMN withdrawn_because;
    `);
  }
}
