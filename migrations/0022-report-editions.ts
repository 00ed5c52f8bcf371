import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports on their way from a draft to what was published: editions, the steps that each took, and the files of those
 * that were made. What is published is everybody's to read and nobody's to change; all else belongs to its county.
 */
export class ReportEditions implements MigrationInterface {
  readonly name = 'ReportEditions0000000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA report;
      GRANT USAGE ON SCHEMA report TO tessera_api, tessera_publisher;

      CREATE TABLE report.edition (
        id uuid PRIMARY KEY,
        report text NOT NULL CHECK (report IN ('annual', 'pack', 'brief')),
        county_fips text NOT NULL CHECK (county_fips ~ '^([0-9]{5}|state)$'),
        -- A year; of a pack also a quarter.
        year text NOT NULL CHECK (year ~ '^20[0-9]{2}(-Q[1-4])?$'),
        number integer NOT NULL CHECK (number > 0),
        release_number integer NOT NULL REFERENCES release.release (number),
        state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'review', 'published')),
        -- Why somebody opened one that corrects the one before it; nothing where a release did.
        because text CHECK (length(because) BETWEEN 1 AND 2000),
        -- What the register held when it was put to review: this is printed, whatever is entered later.
        register jsonb,
        -- The figures that its files tell, for the list of errata of the next edition.
        told jsonb,
        opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        published_at timestamptz,
        UNIQUE (report, county_fips, year, number),
        CHECK (number > 1 OR because IS NULL),
        CHECK (report = 'pack' OR length(year) = 4),
        CHECK ((state = 'draft') = (register IS NULL)),
        CHECK ((state = 'published') = (published_at IS NOT NULL))
      );
      COMMENT ON TABLE report.edition IS 'Reports of a county or the state for a year, numbered; one of each is under way at a time';
      CREATE UNIQUE INDEX edition_under_way ON report.edition (report, county_fips, year) WHERE state <> 'published';
      ALTER TABLE report.edition ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY county ON report.edition
        USING (governance.may_see_county(county_fips)) WITH CHECK (governance.may_see_county(county_fips));
      CREATE POLICY published ON report.edition FOR SELECT USING (state = 'published');
      GRANT SELECT, INSERT, UPDATE (release_number, state, register, told, published_at) ON report.edition TO tessera_api;
      GRANT SELECT, INSERT, UPDATE (release_number) ON report.edition TO tessera_publisher;

      CREATE TABLE report.step (
        id uuid PRIMARY KEY,
        edition_id uuid NOT NULL REFERENCES report.edition (id),
        seq integer NOT NULL CHECK (seq > 0),
        step text NOT NULL CHECK (step IN
          ('opened', 'moved', 'submitted', 'made', 'commented', 'returned', 'approved', 'published')),
        -- Null for what the hub did by itself.
        by_person uuid,
        by_name text,
        words text CHECK (length(words) BETWEEN 1 AND 4000),
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (edition_id, seq)
      );
      COMMENT ON TABLE report.step IS 'What happened to an edition, in order, and by whom; only ever added to';
      ALTER TABLE report.step ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- Who said what of a draft stays in the county, also when the edition is published.
      CREATE POLICY county ON report.step USING (EXISTS (
        SELECT FROM report.edition e WHERE e.id = edition_id AND governance.may_see_county(e.county_fips)));
      GRANT SELECT, INSERT ON report.step TO tessera_api, tessera_publisher;

      CREATE TABLE report.file (
        edition_id uuid NOT NULL REFERENCES report.edition (id),
        language text NOT NULL CHECK (language IN ('en', 'es')),
        format text NOT NULL CHECK (format IN ('html', 'pdf', 'docx', 'xlsx', 'csv')),
        name text NOT NULL,
        bytes integer NOT NULL CHECK (bytes = octet_length(content)),
        sha256 text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
        content bytea NOT NULL,
        PRIMARY KEY (edition_id, language, format)
      );
      COMMENT ON TABLE report.file IS 'The exact bytes that reviewers read and that are published';
      ALTER TABLE report.file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY county ON report.file USING (EXISTS (
        SELECT FROM report.edition e WHERE e.id = edition_id AND governance.may_see_county(e.county_fips)));
      CREATE POLICY published ON report.file FOR SELECT USING (EXISTS (
        SELECT FROM report.edition e WHERE e.id = edition_id AND e.state = 'published'));
      GRANT SELECT, INSERT, DELETE ON report.file TO tessera_api;

      CREATE FUNCTION report.stays_as_published() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE about uuid;
      BEGIN
        IF TG_TABLE_NAME = 'edition' THEN about := OLD.id;
        ELSIF TG_OP = 'INSERT' THEN about := NEW.edition_id;
        ELSE about := OLD.edition_id;
        END IF;
        IF EXISTS (SELECT FROM report.edition e WHERE e.id = about AND e.state = 'published') THEN
          RAISE EXCEPTION 'a published edition is never changed: correct it with a new one';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END $$;
      CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON report.edition
        FOR EACH ROW EXECUTE FUNCTION report.stays_as_published();
      CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON report.file
        FOR EACH ROW EXECUTE FUNCTION report.stays_as_published();

      -- How good the linkage was that a release rests on: shares alone, and none of fewer than eleven pairs.
      CREATE FUNCTION report.linkage_of(number integer) RETURNS jsonb
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
        SELECT jsonb_build_object(
          'precision', q.quality::jsonb -> 'precision_by_model',
          'recall', q.quality::jsonb -> 'recall_by_model',
          'reviewed', CASE WHEN (q.quality -> 'precision_by_review' ->> 'pairs')::int >= 11
            THEN (q.quality::jsonb -> 'precision_by_review') - 'pairs' END)
        FROM ops.linkage_quality q JOIN release.release r ON r.number = linkage_of.number
        WHERE q.made_at <= r.published_at ORDER BY q.linkage DESC LIMIT 1
      $$;
      REVOKE EXECUTE ON FUNCTION report.linkage_of(integer) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION report.linkage_of(integer) TO tessera_api;

      ALTER TABLE ops.asked_job DROP CONSTRAINT asked_job_job_check;
      ALTER TABLE ops.asked_job
        ADD CONSTRAINT asked_job_job_check CHECK (job IN ('night', 'release', 'withdrawal', 'report'));
      CREATE POLICY report ON ops.asked_job
        USING (job = 'report' AND governance.may_see_county(arguments ->> 'county'))
        WITH CHECK (job = 'report' AND governance.may_see_county(arguments ->> 'county'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY report ON ops.asked_job;
      SELECT set_config('tessera.county', '*', true);
      DELETE FROM ops.asked_job WHERE job = 'report';
      ALTER TABLE ops.asked_job DROP CONSTRAINT asked_job_job_check;
      ALTER TABLE ops.asked_job
        ADD CONSTRAINT asked_job_job_check CHECK (job IN ('night', 'release', 'withdrawal'));
      DROP TABLE report.file, report.step, report.edition;
      DROP FUNCTION report.stays_as_published(), report.linkage_of(integer);
      DROP SCHEMA report;
    `);
  }
}
