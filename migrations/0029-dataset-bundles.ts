import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was given under a request: bundles, each a projection of one release, kept in pieces until they are destroyed, and the
 * links by which they are fetched. A link is known by its hash alone, and only a function compares and counts.
 */
export class DatasetBundles implements MigrationInterface {
  readonly name = 'DatasetBundles0000000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dataset.bundle (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL REFERENCES dataset.request (id),
        number integer NOT NULL CHECK (number > 0),
        release_number integer NOT NULL REFERENCES release.release (number),
        title text NOT NULL,
        organization text NOT NULL,
        tables text[] NOT NULL,
        cells bigint NOT NULL,
        bytes bigint NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        -- Says for whom it was made, to whoever holds the hub's key.
        fingerprint text NOT NULL UNIQUE CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (request_id, number),
        UNIQUE (request_id, release_number)
      );
      COMMENT ON TABLE dataset.bundle IS 'Datasets as they were given: of which release, to whom, and the hash of their bytes';
      ALTER TABLE dataset.bundle ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY request ON dataset.bundle USING (EXISTS (SELECT FROM dataset.request r WHERE r.id = request_id));
      GRANT SELECT, INSERT ON dataset.bundle TO tessera_api;

      CREATE TABLE dataset.part (
        bundle_id uuid NOT NULL REFERENCES dataset.bundle (id),
        seq integer NOT NULL CHECK (seq >= 0),
        content bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 1048576),
        PRIMARY KEY (bundle_id, seq)
      );
      COMMENT ON TABLE dataset.part IS 'The bytes of a bundle, in order, until it is destroyed';
      -- What is in it is compressed already.
      ALTER TABLE dataset.part ALTER COLUMN content SET STORAGE EXTERNAL;
      ALTER TABLE dataset.part ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY request ON dataset.part USING (EXISTS (SELECT FROM dataset.bundle b WHERE b.id = bundle_id));
      -- Set by the function that counts a link, for the transaction that asked it.
      CREATE POLICY fetched ON dataset.part FOR SELECT
        USING (bundle_id::text = current_setting('tessera.bundle', true));
      GRANT SELECT, INSERT, DELETE ON dataset.part TO tessera_api;

      CREATE TABLE dataset.link (
        id uuid PRIMARY KEY,
        hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
        bundle_id uuid NOT NULL REFERENCES dataset.bundle (id),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        most integer NOT NULL CHECK (most > 0),
        taken integer NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND most),
        revoked_at timestamptz
      );
      COMMENT ON TABLE dataset.link IS 'Links to bundles: until when, and how often they were and may be used';
      CREATE INDEX link_by_bundle ON dataset.link (bundle_id);
      ALTER TABLE dataset.link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY request ON dataset.link USING (EXISTS (SELECT FROM dataset.bundle b WHERE b.id = bundle_id));
      GRANT SELECT (id, bundle_id, made_at, expires_at, most, taken, revoked_at), INSERT, UPDATE (revoked_at)
        ON dataset.link TO tessera_api;

      ALTER TABLE ops.asked_job DROP CONSTRAINT asked_job_job_check;
      ALTER TABLE ops.asked_job
        ADD CONSTRAINT asked_job_job_check CHECK (job IN ('night', 'release', 'withdrawal', 'report', 'dataset'));
    `);
    await runner.query(fetching);
    await runner.query(given);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION dataset.given(integer), dataset.fetch(bytea, boolean);
      DROP TABLE dataset.link, dataset.part, dataset.bundle;
      SELECT set_config('tessera.county', '*', true);
      DELETE FROM ops.asked_job WHERE job = 'dataset';
      ALTER TABLE ops.asked_job DROP CONSTRAINT asked_job_job_check;
      ALTER TABLE ops.asked_job
        ADD CONSTRAINT asked_job_job_check CHECK (job IN ('night', 'release', 'withdrawal', 'report'));
    `);
  }
}

/** Whoever has the link need not be anybody. What is over is said to whoever holds a link that once was good. */
const fetching = `
  CREATE FUNCTION dataset.fetch(secret bytea, taking boolean)
    RETURNS TABLE (bundle uuid, outcome text, title text, release_number integer, bytes bigint, sha256 text, expires_at timestamptz, remaining integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    claimed text := coalesce(current_setting('tessera.county', true), '');
    asked dataset.link;
    given dataset.bundle;
    req dataset.request;
    told text;
  BEGIN
    PERFORM set_config('tessera.county', '*', true);
    SELECT * INTO asked FROM dataset.link l WHERE l.hash = secret FOR UPDATE;
    IF asked.id IS NOT NULL THEN
      SELECT * INTO given FROM dataset.bundle b WHERE b.id = asked.bundle_id;
      SELECT * INTO req FROM dataset.request r WHERE r.id = given.request_id;
      told := CASE
        WHEN req.state <> 'released' OR (req.content ->> 'until')::date < current_date THEN 'over'
        WHEN asked.revoked_at IS NOT NULL THEN 'revoked'
        WHEN asked.expires_at <= clock_timestamp() THEN 'expired'
        WHEN asked.taken >= asked.most THEN 'used_up'
        WHEN NOT EXISTS (SELECT FROM governance.agreement a WHERE a.id = req.content ->> 'agreement'
          AND current_date BETWEEN a.effective_from AND coalesce(a.effective_to, 'infinity')) THEN 'agreement_over'
        WHEN EXISTS (SELECT FROM release.release r WHERE r.number = given.release_number AND r.state = 'withdrawn') THEN 'withdrawn'
        ELSE 'good' END;
      IF told = 'good' AND taking THEN
        UPDATE dataset.link l SET taken = l.taken + 1 WHERE l.id = asked.id;
        PERFORM set_config('tessera.bundle', given.id::text, true);
      END IF;
      RETURN QUERY SELECT given.id, told, given.title, given.release_number, given.bytes, given.sha256, asked.expires_at, asked.most - asked.taken;
    END IF;
    PERFORM set_config('tessera.county', claimed, true);
  END $$;
  REVOKE EXECUTE ON FUNCTION dataset.fetch(bytea, boolean) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION dataset.fetch(bytea, boolean) TO tessera_api;
`;

/** What everybody may know of what was given: never who asked, nor the fingerprint. */
const given = `
  CREATE FUNCTION dataset.given(most integer)
    RETURNS TABLE (id uuid, title text, organization text, purpose text, release_number integer, release_state text, tables text[],
      cells bigint, bytes bigint, sha256 text, made_at timestamptz, state text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE claimed text := coalesce(current_setting('tessera.county', true), '');
  BEGIN
    PERFORM set_config('tessera.county', '*', true);
    RETURN QUERY SELECT b.id, b.title, b.organization, r.content ->> 'purpose', b.release_number, s.state, b.tables, b.cells, b.bytes, b.sha256, b.made_at,
        CASE WHEN r.state = 'released' AND (r.content ->> 'until')::date < current_date THEN 'expired' ELSE r.state END
      FROM dataset.bundle b JOIN dataset.request r ON r.id = b.request_id JOIN release.release s ON s.number = b.release_number
      ORDER BY b.made_at DESC, b.id LIMIT most;
    PERFORM set_config('tessera.county', claimed, true);
  END $$;
  REVOKE EXECUTE ON FUNCTION dataset.given(integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION dataset.given(integer) TO tessera_api;
`;
