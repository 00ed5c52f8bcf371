import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Requests for datasets, and the steps that each took. A draft is its author's alone; once it is put to review, the stewards,
 * the advisors and the counsel of its place see it. Two functions answer what the api may not look up by itself: whether an
 * agreement is in force for a purpose, and to whom a notice goes.
 */
export class DatasetRequests implements MigrationInterface {
  readonly name = 'DatasetRequests0000000000028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA dataset;
      COMMENT ON SCHEMA dataset IS 'Requests for datasets, what was given under them, and to whom';
      GRANT USAGE ON SCHEMA dataset TO tessera_api;

      CREATE FUNCTION dataset.claimed_person() RETURNS uuid LANGUAGE sql STABLE
        RETURN nullif(current_setting('tessera.person', true), '')::uuid;
      -- What is asked of the state is read by every county's counsel, since the state has none of its own.
      CREATE FUNCTION dataset.may_review(fips text) RETURNS boolean LANGUAGE sql STABLE
        RETURN governance.may_see_county(fips)
          OR (fips = 'state' AND coalesce(current_setting('tessera.county', true), '') <> '');

      GRANT EXECUTE ON FUNCTION dataset.claimed_person(), dataset.may_review(text) TO tessera_api;

      CREATE TABLE dataset.request (
        id uuid PRIMARY KEY,
        -- Whose counsel reviews it.
        county_fips text NOT NULL CHECK (county_fips ~ '^([0-9]{5}|state)$'),
        author uuid NOT NULL,
        author_name text,
        content jsonb NOT NULL CHECK (length(content::text) <= 60000),
        -- Declared tables, as metric/table; and tables that the catalogue has not yet.
        tables text[] NOT NULL,
        proposals text[] NOT NULL,
        state text NOT NULL DEFAULT 'draft' CHECK (state IN
          ('draft', 'submitted', 'in_review', 'returned', 'approved', 'rejected', 'withdrawn', 'released', 'destroyed')),
        version integer NOT NULL DEFAULT 1 CHECK (version > 0),
        -- The day by which its reviewers answer.
        due_on date,
        opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      COMMENT ON TABLE dataset.request IS 'What somebody asked for, by the five safes, and where that stands';
      CREATE INDEX request_by_opening ON dataset.request (opened_at DESC, id);
      ALTER TABLE dataset.request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON dataset.request
        USING (author = dataset.claimed_person()) WITH CHECK (author = dataset.claimed_person());
      CREATE POLICY review ON dataset.request
        USING (state <> 'draft' AND dataset.may_review(county_fips))
        WITH CHECK (state <> 'draft' AND dataset.may_review(county_fips));
      GRANT SELECT, INSERT, UPDATE (county_fips, content, tables, proposals, state, version, due_on, changed_at)
        ON dataset.request TO tessera_api;

      CREATE TABLE dataset.step (
        id uuid PRIMARY KEY,
        request_id uuid NOT NULL REFERENCES dataset.request (id),
        seq integer NOT NULL CHECK (seq > 0),
        step text NOT NULL CHECK (step IN ('opened', 'changed', 'submitted', 'begun', 'commented', 'returned', 'approved',
          'rejected', 'withdrawn', 'released', 'linked', 'revoked', 'destroyed')),
        -- Null for what the hub did by itself.
        by_person uuid,
        by_name text,
        by_role text,
        words text CHECK (length(words) BETWEEN 1 AND 4000),
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (request_id, seq)
      );
      COMMENT ON TABLE dataset.step IS 'What happened to a request, in order, and by whom; only ever added to';
      ALTER TABLE dataset.step ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY request ON dataset.step USING (EXISTS (SELECT FROM dataset.request r WHERE r.id = request_id));
      GRANT SELECT, INSERT ON dataset.step TO tessera_api;

      -- Looks as somebody who sees every agreement; of one for another purpose it says as little as of none.
      CREATE FUNCTION dataset.agreement_for(agreement text, purpose text)
        RETURNS TABLE (effective_from date, effective_to date)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE claimed text := coalesce(current_setting('tessera.county', true), '');
      BEGIN
        PERFORM set_config('tessera.county', '*', true);
        RETURN QUERY SELECT a.effective_from, a.effective_to FROM governance.agreement a
          WHERE a.id = agreement AND agreement_for.purpose = ANY (a.purposes);
        PERFORM set_config('tessera.county', claimed, true);
      END $$;

      -- Addresses stay with the gatekeeper: a notice names duties, and whoever holds one gets it.
      CREATE FUNCTION dataset.tell(about uuid, whom text[], subject text, body text) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        asked dataset.request;
        told integer;
      BEGIN
        SELECT * INTO asked FROM dataset.request r WHERE r.id = about;
        INSERT INTO directory.outbox (id, mail_to, subject, body)
          SELECT gen_random_uuid(), p.email, tell.subject, tell.body FROM access.person p
          WHERE p.email IS NOT NULL AND p.ended_at IS NULL AND (
            ('author' = ANY (whom) AND p.id = asked.author)
            OR (p.id <> asked.author AND EXISTS (SELECT FROM access.role_held h
              WHERE h.person_id = p.id AND h.role = ANY (whom) AND h.ended_at IS NULL
                AND current_date BETWEEN h.effective_from AND coalesce(h.effective_to, 'infinity')
                AND (h.county IS NULL OR asked.county_fips IN ('state', h.county)))));
        GET DIAGNOSTICS told = ROW_COUNT;
        RETURN told;
      END $$;
      COMMENT ON TABLE directory.outbox IS 'Mail that waits to be sent: to providers, and about requests for datasets';

      REVOKE EXECUTE ON FUNCTION dataset.agreement_for(text, text), dataset.tell(uuid, text[], text, text) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION dataset.agreement_for(text, text), dataset.tell(uuid, text[], text, text) TO tessera_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP SCHEMA dataset CASCADE;
      COMMENT ON TABLE directory.outbox IS 'Mail to providers that waits to be sent';
    `);
  }
}
