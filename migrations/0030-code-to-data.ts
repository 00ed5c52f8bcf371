import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Queries that researchers send to where the data are. One view is all that the role that runs them may read; what was sent, what
 * became of it and who reviewed it is kept, and no result is.
 */
export class CodeToData implements MigrationInterface {
  readonly name = 'CodeToData0000000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tessera_researcher') THEN
          CREATE ROLE tessera_researcher LOGIN NOINHERIT;
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO tessera_researcher', current_database());
      END $$;

      CREATE SCHEMA enclave;
      COMMENT ON SCHEMA enclave IS 'The documented shape of the facts of a young person in a period, and nothing else';
      GRANT USAGE ON SCHEMA enclave TO tessera_researcher;
      -- A person is another one in every run: nobody can be named, and who was counted in one query is not found in another.
      CREATE VIEW enclave.person_period AS
        SELECT sha256(person_id || convert_to(nullif(current_setting('tessera.run', true), ''), 'UTF8')) AS person_id,
               period, status, identified, minor, sources, agree, newness, care_timing, age, age_band, age_band_public, sex,
               race_ethnicity, county, responsible_county, exploitation_county
        FROM measures.person_period;
      GRANT SELECT ON enclave.person_period TO tessera_researcher;

      CREATE SCHEMA code;
      COMMENT ON SCHEMA code IS 'What researchers sent to be run inside, and what became of it: never a result';
      GRANT USAGE ON SCHEMA code TO tessera_api;

      CREATE TABLE code.sent (
        id uuid PRIMARY KEY,
        author uuid NOT NULL,
        author_name text NOT NULL,
        -- The metric that it would be.
        metric text NOT NULL CHECK (metric ~ '^[a-z][a-z0-9_]{2,60}$'),
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        question text NOT NULL CHECK (length(question) BETWEEN 1 AND 600),
        -- As it was sent; what ran is printed anew from what was understood of it.
        text text NOT NULL CHECK (length(text) <= 40000),
        -- What was understood: dimensions and conditions; nothing where it was refused.
        query jsonb,
        state text NOT NULL CHECK (state IN ('refused', 'stopped', 'pending', 'submitted', 'partially_reviewed', 'reviewed',
          'approved', 'returned', 'rejected', 'withdrawn')),
        reason text,
        sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CHECK ((query IS NULL) = (state = 'refused')),
        CHECK ((state IN ('refused', 'stopped')) = (reason IS NOT NULL))
      );
      COMMENT ON TABLE code.sent IS 'Each query that a researcher sent, refused ones too, and where it stands';
      CREATE INDEX sent_by_time ON code.sent (sent_at DESC, id);
      GRANT SELECT, INSERT, UPDATE (state) ON code.sent TO tessera_api;

      CREATE TABLE code.review (
        code_id uuid NOT NULL REFERENCES code.sent (id),
        reviewer uuid NOT NULL,
        reviewer_name text NOT NULL,
        decision text NOT NULL CHECK (decision IN ('approve', 'return', 'reject')),
        words text CHECK (length(words) BETWEEN 1 AND 4000),
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (code_id, reviewer),
        CHECK (decision = 'approve' OR words IS NOT NULL)
      );
      COMMENT ON TABLE code.review IS 'What each reviewer said of a query, once; only ever added to';
      GRANT SELECT, INSERT ON code.review TO tessera_api;

      -- Whatever a program forgets: nobody reviews what is theirs, and nothing is approved that two have not.
      CREATE FUNCTION code.reviewed_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM code.sent s WHERE s.id = NEW.code_id AND s.author = NEW.reviewer) THEN
          RAISE EXCEPTION 'an author does not review their own query';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER others BEFORE INSERT ON code.review FOR EACH ROW EXECUTE FUNCTION code.reviewed_by_others();
      CREATE FUNCTION code.approved_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state IN ('reviewed', 'approved')
           AND (SELECT count(*) FROM code.review r WHERE r.code_id = NEW.id AND r.decision = 'approve') < 2 THEN
          RAISE EXCEPTION 'two reviewers approve a query';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER two BEFORE INSERT OR UPDATE ON code.sent FOR EACH ROW EXECUTE FUNCTION code.approved_by_two();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE code.review, code.sent;
      DROP FUNCTION code.reviewed_by_others(), code.approved_by_two();
      DROP SCHEMA code;
      DROP VIEW enclave.person_period;
      REVOKE USAGE ON SCHEMA enclave FROM tessera_researcher;
      DROP SCHEMA enclave;
      DO $$
      BEGIN
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM tessera_researcher', current_database());
      END $$;
    `);
  }
}
