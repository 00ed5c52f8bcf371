import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The asset map: who offers what to young people, and where. A confidential place has no column that could say where it
 * is, so that no mistake of ours can: the constraints refuse it, and what was known of a place before it became
 * confidential is forgotten with its history.
 */
export class Directory implements MigrationInterface {
  readonly name = 'Directory0000000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA directory;
      COMMENT ON SCHEMA directory IS 'The asset map: providers, their programs, places and capacity';
      GRANT USAGE ON SCHEMA directory TO tessera_api, tessera_loader;
    `);
    await runner.query(programs);
    await runner.query(history);
    await runner.query(waiting);
    await runner.query(confirming);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA directory CASCADE');
  }
}

const programs = `
  CREATE TABLE directory.provider (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 2000),
    -- What another directory said of the organization and we have no field for; never a place.
    carried jsonb CHECK (NOT carried ?| ARRAY['locations', 'services']),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );

  CREATE TABLE directory.site (
    id uuid PRIMARY KEY,
    provider_id uuid NOT NULL REFERENCES directory.provider (id),
    confidential boolean NOT NULL,
    street text,
    city text,
    zip text,
    latitude double precision CHECK (latitude BETWEEN 32 AND 42.1),
    longitude double precision CHECK (longitude BETWEEN -124.6 AND -114),
    UNIQUE (id, confidential),
    CHECK ((street IS NULL) = (city IS NULL)),
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CONSTRAINT a_confidential_place_is_nowhere CHECK (NOT confidential
      OR num_nonnulls(street, city, zip, latitude, longitude) = 0)
  );

  CREATE TABLE directory.program (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    provider_id uuid NOT NULL REFERENCES directory.provider (id),
    site_id uuid NOT NULL,
    confidential boolean NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 2000),
    kept_by text CHECK (kept_by ~ '^06[0-9]{3}$'),
    counties text[] NOT NULL CHECK (cardinality(counties) > 0),
    -- Fields of schema/directory.yaml as texts, those apart that stand in columns.
    content jsonb NOT NULL,
    -- Another directory's entry of it, with that directory's places of the organization.
    carried jsonb,
    source text NOT NULL,
    verified_on date,
    verified_by text,
    withdrawn boolean NOT NULL DEFAULT false,
    recorded_by text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (site_id, confidential) REFERENCES directory.site (id, confidential),
    CONSTRAINT a_confidential_region_is_no_county CHECK (NOT confidential OR cardinality(counties) > 1),
    CONSTRAINT one_county_keeps_an_open_place CHECK (confidential = (kept_by IS NULL)),
    CONSTRAINT content_says_no_place CHECK (NOT content ?| ARRAY['street', 'city', 'zip', 'latitude', 'longitude', 'kept_by']),
    CONSTRAINT nothing_is_carried_of_a_confidential_place CHECK (NOT confidential OR carried IS NULL)
  );
  CREATE INDEX program_by_provider ON directory.program (provider_id);
  CREATE INDEX program_by_site ON directory.program (site_id);

  CREATE TABLE directory.capacity (
    program_id uuid NOT NULL REFERENCES directory.program (id),
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    unit text NOT NULL CHECK (unit IN ('beds', 'slots', 'caseload')),
    places integer NOT NULL CHECK (places BETWEEN 0 AND 99999),
    occupied integer CHECK (occupied >= 0),
    waiting integer CHECK (waiting >= 0),
    waiting_days integer CHECK (waiting_days >= 0),
    PRIMARY KEY (program_id, month),
    CONSTRAINT no_more_are_taken_than_there_are CHECK (occupied <= places)
  );

  CREATE FUNCTION directory.may_keep(confidential boolean, kept_by text, counties text[]) RETURNS boolean
    LANGUAGE sql STABLE AS $$
      SELECT CASE WHEN confidential THEN EXISTS (SELECT FROM unnest(counties) county WHERE governance.may_see_county(county))
        ELSE governance.may_see_county(kept_by) END $$;
  GRANT EXECUTE ON FUNCTION directory.may_keep(boolean, text, text[]) TO tessera_api, tessera_loader;

  -- Everybody may read what is offered; only its county changes it.
  ALTER TABLE directory.program ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY reading ON directory.program FOR SELECT USING (true);
  CREATE POLICY adding ON directory.program FOR INSERT WITH CHECK (directory.may_keep(confidential, kept_by, counties));
  CREATE POLICY changing ON directory.program FOR UPDATE USING (directory.may_keep(confidential, kept_by, counties))
    WITH CHECK (directory.may_keep(confidential, kept_by, counties));

  ALTER TABLE directory.capacity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY reading ON directory.capacity FOR SELECT USING (true);
  CREATE POLICY adding ON directory.capacity FOR INSERT WITH CHECK (EXISTS (SELECT FROM directory.program p
    WHERE p.id = program_id AND directory.may_keep(p.confidential, p.kept_by, p.counties)));
  CREATE POLICY changing ON directory.capacity FOR UPDATE USING (EXISTS (SELECT FROM directory.program p
    WHERE p.id = program_id AND directory.may_keep(p.confidential, p.kept_by, p.counties)));

  GRANT SELECT, INSERT ON directory.provider, directory.site TO tessera_api, tessera_loader;
  GRANT UPDATE (name, carried, recorded_at) ON directory.provider TO tessera_api, tessera_loader;
  GRANT SELECT, INSERT, UPDATE ON directory.program, directory.capacity TO tessera_api, tessera_loader;
`;

const history = `
  CREATE TABLE directory.history (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('program', 'capacity')),
    id uuid NOT NULL,
    entry jsonb NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  COMMENT ON TABLE directory.history IS 'What an entry said before; of a place that became confidential, nothing';
  CREATE INDEX history_by_id ON directory.history (id);
  GRANT SELECT ON directory.history TO tessera_api, tessera_loader;

  CREATE FUNCTION directory.keep_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    IF TG_TABLE_NAME = 'capacity' THEN
      INSERT INTO directory.history (kind, id, entry) VALUES ('capacity', OLD.program_id, to_jsonb(OLD));
    ELSIF NOT NEW.confidential OR OLD.confidential THEN
      INSERT INTO directory.history (kind, id, entry) VALUES ('program', OLD.id, to_jsonb(OLD));
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER keep_history AFTER UPDATE ON directory.program FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION directory.keep_history();

  -- What says where it was: its own history, and what other directories said of the organization's places.
  CREATE FUNCTION directory.forget_whereabouts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE claimed text := coalesce(current_setting('tessera.county', true), '');
  BEGIN
    PERFORM set_config('tessera.county', '*', true);
    UPDATE directory.program SET carried = carried - 'locations'
      WHERE provider_id = NEW.provider_id AND carried ? 'locations';
    DELETE FROM directory.history h WHERE h.kind = 'program' AND h.id = NEW.id;
    UPDATE directory.history h SET entry = h.entry - 'carried'
      WHERE h.kind = 'program' AND h.entry ->> 'provider_id' = NEW.provider_id::text;
    DELETE FROM directory.waiting w WHERE w.looks_like = NEW.id;
    PERFORM set_config('tessera.county', claimed, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER forget_whereabouts_of_new AFTER INSERT ON directory.program FOR EACH ROW
    WHEN (NEW.confidential) EXECUTE FUNCTION directory.forget_whereabouts();
  CREATE TRIGGER forget_whereabouts AFTER UPDATE ON directory.program FOR EACH ROW
    WHEN (NEW.confidential AND NOT OLD.confidential) EXECUTE FUNCTION directory.forget_whereabouts();

  CREATE FUNCTION directory.carry_no_whereabouts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    IF EXISTS (SELECT FROM directory.program p WHERE p.provider_id = NEW.provider_id AND p.confidential) THEN
      NEW.carried := NEW.carried - 'locations';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER carry_no_whereabouts BEFORE INSERT OR UPDATE ON directory.program FOR EACH ROW
    WHEN (NEW.carried ? 'locations') EXECUTE FUNCTION directory.carry_no_whereabouts();
  CREATE TRIGGER keep_history AFTER UPDATE ON directory.capacity FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION directory.keep_history();

  -- An open place that no program has any longer is forgotten, whoever moved away from it.
  CREATE FUNCTION directory.forget_place() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  BEGIN
    DELETE FROM directory.site s WHERE s.id = OLD.site_id
      AND NOT EXISTS (SELECT FROM directory.program p WHERE p.site_id = OLD.site_id);
    RETURN NULL;
  END $$;
  CREATE TRIGGER forget_place AFTER UPDATE OF site_id ON directory.program FOR EACH ROW
    WHEN (OLD.site_id <> NEW.site_id) EXECUTE FUNCTION directory.forget_place();
`;

const waiting = `
  CREATE TABLE directory.waiting (
    id uuid PRIMARY KEY,
    -- What came, as texts by field, and for another directory's entry that entry as it was.
    texts jsonb NOT NULL,
    document jsonb,
    reasons text[] NOT NULL CHECK (cardinality(reasons) > 0),
    looks_like uuid REFERENCES directory.program (id),
    counties text[] NOT NULL,
    came_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    came_by text NOT NULL,
    decided_at timestamptz,
    decided_by text,
    decision text CHECK (decision IN ('same', 'another', 'dropped')),
    CHECK ((decided_at IS NULL) = (decision IS NULL)),
    CONSTRAINT a_confidential_place_is_nowhere CHECK (texts ->> 'confidential' IS DISTINCT FROM 'true'
      OR (document IS NULL AND NOT texts ?| ARRAY['street', 'city', 'zip', 'latitude', 'longitude', 'kept_by']))
  );
  COMMENT ON TABLE directory.waiting IS 'Entries that somebody has to look at, each with the reason';
  ALTER TABLE directory.waiting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY kept ON directory.waiting USING (governance.may_see_county('*')
    OR EXISTS (SELECT FROM unnest(counties) county WHERE governance.may_see_county(county)));
  GRANT SELECT, INSERT, UPDATE (decided_at, decided_by, decision) ON directory.waiting TO tessera_api, tessera_loader;
`;

const confirming = `
  CREATE TABLE directory.confirmation (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    program_id uuid NOT NULL REFERENCES directory.program (id),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );
  CREATE INDEX confirmation_by_program ON directory.confirmation (program_id);
  GRANT SELECT (program_id, made_at, expires_at, used_at), INSERT ON directory.confirmation TO tessera_api;

  CREATE TABLE directory.outbox (
    id uuid PRIMARY KEY,
    mail_to text NOT NULL CHECK (length(mail_to) <= 320),
    subject text NOT NULL,
    -- Emptied when it was sent: the link in it is a key.
    body text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz
  );
  COMMENT ON TABLE directory.outbox IS 'Mail to providers that waits to be sent';
  GRANT INSERT ON directory.outbox TO tessera_api;
  GRANT SELECT, UPDATE (sent_at, body) ON directory.outbox TO tessera_loader;

  -- The program whose link this is, if the link still holds: whoever has it need not be anybody.
  CREATE FUNCTION directory.link_of(secret bytea) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
      SELECT program_id FROM directory.confirmation
      WHERE hash = secret AND used_at IS NULL AND expires_at > clock_timestamp() $$;

  CREATE FUNCTION directory.confirm(secret bytea, today date) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    claimed text := coalesce(current_setting('tessera.county', true), '');
    found uuid;
  BEGIN
    UPDATE directory.confirmation SET used_at = clock_timestamp()
      WHERE hash = secret AND used_at IS NULL AND expires_at > clock_timestamp() RETURNING program_id INTO found;
    IF found IS NOT NULL THEN
      PERFORM set_config('tessera.county', '*', true);
      UPDATE directory.program SET version = version + 1, verified_on = today, verified_by = 'the provider, by its link',
        recorded_by = 'the provider', recorded_at = clock_timestamp() WHERE id = found;
      PERFORM set_config('tessera.county', claimed, true);
    END IF;
    RETURN found;
  END $$;
  GRANT EXECUTE ON FUNCTION directory.link_of(bytea), directory.confirm(bytea, date) TO tessera_api;
`;
