import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the API needs besides reading: jobs that people ask for, kept until they are done; and one question that every
 * answer asks (whether anything here is made up), answered without letting the asker see a row. And the end of what an
 * agreement let the hub keep: nobody may delete rows, but a function that looks at the agreement's terms does.
 */
export class ApiWork implements MigrationInterface {
  readonly name = 'ApiWork0000000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Looks as somebody who sees every county, and leaves the asker's own claim as it was.
      CREATE FUNCTION governance.holds_made_up() RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        claimed text := coalesce(current_setting('tessera.county', true), '');
        found boolean;
      BEGIN
        PERFORM set_config('tessera.county', '*', true);
        found := EXISTS (SELECT FROM governance.agency WHERE made_up);
        PERFORM set_config('tessera.county', claimed, true);
        RETURN found;
      END $$;
      REVOKE EXECUTE ON FUNCTION governance.holds_made_up() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION governance.holds_made_up() TO tessera_api, tessera_publisher;

      CREATE TABLE ops.asked_job (
        id uuid PRIMARY KEY,
        job text NOT NULL CHECK (job IN ('night', 'release', 'withdrawal')),
        arguments jsonb NOT NULL CHECK (length(arguments::text) <= 4000),
        asked_by uuid NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        begun_at timestamptz,
        ended_at timestamptz,
        outcome text CHECK (outcome IN ('done', 'refused', 'failed')),
        code text,
        CHECK ((ended_at IS NULL) = (outcome IS NULL))
      );
      COMMENT ON TABLE ops.asked_job IS 'What people asked the hub to do, in the order in which it does it';
      CREATE INDEX asked_job_waiting ON ops.asked_job (asked_at) WHERE ended_at IS NULL;
      ALTER TABLE ops.asked_job ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY reader ON ops.asked_job
        USING (governance.may_see_county('*')) WITH CHECK (governance.may_see_county('*'));
      GRANT SELECT, INSERT, UPDATE (begun_at, ended_at, outcome, code) ON ops.asked_job TO tessera_api;
    `);
    await runner.query(destruction);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ops.destroy_under(text, uuid), ops.due_for_destruction();
      DROP TABLE ops.destruction;
      DROP TABLE ops.asked_job;
      DROP FUNCTION governance.holds_made_up();
    `);
  }
}

const destruction = `
  CREATE TABLE ops.destruction (
    agreement_id text PRIMARY KEY REFERENCES governance.agreement (id),
    run_id uuid NOT NULL,
    destroyed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    terms_version integer NOT NULL,
    -- How many rows of which table; never which.
    rows jsonb NOT NULL
  );
  COMMENT ON TABLE ops.destruction IS 'Agreements whose rows were destroyed at the end of their retention';
  ALTER TABLE ops.destruction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY duties ON ops.destruction USING (current_user <> 'tessera_api') WITH CHECK (current_user <> 'tessera_api');
  CREATE POLICY agreement ON ops.destruction FOR SELECT TO tessera_api
    USING (EXISTS (SELECT FROM governance.agreement a WHERE a.id = agreement_id));
  GRANT SELECT ON ops.destruction TO tessera_api, tessera_loader;

  -- The newest terms say for how long; an agreement without terms, or without an end, is never due.
  CREATE FUNCTION ops.due_for_destruction() RETURNS TABLE (agreement text, terms_version integer, due_on date)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE claimed text := coalesce(current_setting('tessera.county', true), '');
  BEGIN
    PERFORM set_config('tessera.county', '*', true);
    RETURN QUERY
      SELECT a.id, t.version, (a.effective_to + make_interval(months => (t.content ->> 'retention_months')::int))::date
      FROM governance.agreement a
      JOIN LATERAL (SELECT version, content FROM governance.agreement_terms WHERE agreement_id = a.id
        ORDER BY version DESC LIMIT 1) t ON true
      WHERE a.effective_to + make_interval(months => (t.content ->> 'retention_months')::int) < current_date
        AND NOT EXISTS (SELECT FROM ops.destruction d WHERE d.agreement_id = a.id)
      ORDER BY a.id;
    PERFORM set_config('tessera.county', claimed, true);
  END $$;

  -- Rows that came under the agreement, and of the linkage what has no row left. Counts of deliveries stay: they are no
  -- young person's. The facts are made anew from what is left.
  CREATE FUNCTION ops.destroy_under(agreement text, run uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    claimed text := coalesce(current_setting('tessera.county', true), '');
    terms integer;
    deliveries bigint[];
    held record;
    gone bigint;
    rows jsonb := '{}';
    total bigint := 0;
  BEGIN
    SELECT due.terms_version INTO terms FROM ops.due_for_destruction() due WHERE due.agreement = destroy_under.agreement;
    IF terms IS NULL THEN
      RAISE EXCEPTION 'nothing of this agreement is due for destruction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('tessera.county', '*', true);
    deliveries := ARRAY(SELECT id FROM ops.delivery d WHERE d.agreement_id = destroy_under.agreement);
    FOR held IN SELECT table_schema AS room, table_name AS name FROM information_schema.columns
      WHERE table_schema IN ('events', 'linkage') AND column_name = 'delivery' AND table_name <> 'linked_row'
      ORDER BY table_schema, table_name
    LOOP
      EXECUTE format('DELETE FROM %I.%I WHERE delivery = ANY ($1)', held.room, held.name) USING deliveries;
      GET DIAGNOSTICS gone = ROW_COUNT;
      IF gone > 0 THEN
        rows := rows || jsonb_build_object(held.room || '.' || held.name, gone);
        total := total + gone;
      END IF;
    END LOOP;
    CREATE TEMPORARY TABLE destroyed_surrogate ON COMMIT DROP AS
      SELECT token.surrogate FROM linkage.person_token token
      WHERE token.source_agency = ANY (SELECT unnest(agencies) FROM governance.agreement a WHERE a.id = destroy_under.agreement)
        AND NOT EXISTS (SELECT FROM linkage.person_linkage sent WHERE sent.surrogate = token.surrogate);
    FOR held IN SELECT * FROM (VALUES ('persons', 'membership', 'surrogate'), ('persons', 'membership_history', 'surrogate'),
      ('persons', 'link', 'a'), ('persons', 'link', 'b'), ('persons', 'review', 'a'), ('persons', 'review', 'b'),
      ('persons', 'opinion', 'a'), ('persons', 'opinion', 'b'), ('persons', 'concern', 'surrogate'),
      ('linkage', 'linked_row', 'surrogate'), ('linkage', 'purged_row', 'surrogate'),
      ('linkage', 'person_token', 'surrogate')) AS of (room, name, key)
    LOOP
      EXECUTE format('DELETE FROM %I.%I WHERE %I IN (SELECT surrogate FROM destroyed_surrogate)', held.room, held.name, held.key);
      GET DIAGNOSTICS gone = ROW_COUNT;
      IF gone > 0 THEN rows := rows || jsonb_build_object(held.room || '.' || held.name, gone); END IF;
    END LOOP;
    DROP TABLE destroyed_surrogate;
    UPDATE measures.build SET rules_hash = repeat('0', 64);
    INSERT INTO ops.destruction (agreement_id, run_id, terms_version, rows) VALUES (destroy_under.agreement, run, terms, rows);
    PERFORM set_config('tessera.county', claimed, true);
    RETURN total;
  END $$;
  REVOKE EXECUTE ON FUNCTION ops.due_for_destruction(), ops.destroy_under(text, uuid) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ops.due_for_destruction(), ops.destroy_under(text, uuid) TO tessera_loader;
`;
