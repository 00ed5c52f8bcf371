import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of runs and deliveries: every duty but the api's sees all of them, as before. */
const worked = [
  'ledger.run',
  'ledger.stage',
  'ops.delivery',
  'ops.delivery_file',
  'ops.reject',
  'ops.finding',
  'governance.agreement',
];

/**
 * Who may come in, what counties keep of their own program, and the log of who saw what. The gatekeeper alone reads
 * secrets of sign-in; the recorder may only add to the log; the api serves by row-level rules that it cannot pass.
 */
export class Access implements MigrationInterface {
  readonly name = 'Access0000000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE duty text;
      BEGIN
        FOREACH duty IN ARRAY ARRAY['gatekeeper', 'recorder'] LOOP
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tessera_' || duty) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', 'tessera_' || duty);
          END IF;
          EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), 'tessera_' || duty);
        END LOOP;
      END $$;

      CREATE SCHEMA access;
      COMMENT ON SCHEMA access IS 'People, their roles, and the keepsakes of sign-in: only as hashes or sealed';
      CREATE SCHEMA audit;
      COMMENT ON SCHEMA audit IS 'Who asked for what and how it ended, each entry bound to the one before';
      GRANT USAGE ON SCHEMA access, governance TO tessera_gatekeeper;
      GRANT USAGE ON SCHEMA audit TO tessera_recorder, tessera_api;
      GRANT USAGE ON SCHEMA ledger, ops TO tessera_api;
    `);
    await runner.query(people);
    await runner.query(auditLog);
    await runner.query(rules);
    await runner.query(register);
    await runner.query(agreements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE governance.agreement_review, governance.agreement_terms, governance.register_entry;
      ${worked
        .map(
          (table) => `DROP POLICY reader ON ${table}; DROP POLICY duties ON ${table};
            ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
            REVOKE ALL ON ${table} FROM tessera_api;`,
        )
        .join('\n')}
      DROP POLICY ending ON governance.agreement;
      DROP POLICY own ON governance.agency;
      DROP POLICY gatekeeper ON governance.agency;
      REVOKE UPDATE (effective_to) ON governance.agreement FROM tessera_api;
      REVOKE ALL ON governance.agency FROM tessera_gatekeeper;
      DROP TABLE audit.checkpoint, audit.entry, audit.head;
      DROP FUNCTION audit.chain(), audit.refuse_change();
      DROP TABLE access.link, access.session, access.token, access.role_held, access.person;
      REVOKE ALL ON governance.agreement FROM tessera_gatekeeper;
      DROP FUNCTION governance.claims_agency(text);
      REVOKE EXECUTE ON FUNCTION governance.may_see_county(text) FROM tessera_gatekeeper;
      DROP SCHEMA audit, access;
      REVOKE USAGE ON SCHEMA governance FROM tessera_gatekeeper;
      REVOKE USAGE ON SCHEMA ledger, ops FROM tessera_api;
      DO $$
      DECLARE duty text;
      BEGIN
        FOREACH duty IN ARRAY ARRAY['gatekeeper', 'recorder'] LOOP
          EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), 'tessera_' || duty);
        END LOOP;
      END $$;
    `);
  }
}

const people = `
  CREATE TABLE access.person (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('person', 'service')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email text UNIQUE CHECK (email = lower(email) AND length(email) <= 320),
    issuer text,
    subject text,
    password_hash text,
    second_factor text,
    second_factor_step bigint NOT NULL DEFAULT 0,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    UNIQUE (issuer, subject),
    CHECK ((issuer IS NULL) = (subject IS NULL))
  );

  CREATE TABLE access.role_held (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES access.person (id),
    role text NOT NULL,
    county text CHECK (county ~ '^[0-9]{5}$'),
    agency text REFERENCES governance.agency (id),
    purposes text[] NOT NULL CHECK (cardinality(purposes) > 0),
    agreement_id text REFERENCES governance.agreement (id),
    effective_from date NOT NULL,
    effective_to date,
    given_by uuid REFERENCES access.person (id),
    given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    CHECK (effective_to >= effective_from)
  );
  CREATE INDEX role_held_by_person ON access.role_held (person_id);

  CREATE TABLE access.token (
    id uuid PRIMARY KEY,
    held_id uuid NOT NULL REFERENCES access.role_held (id),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    ending text NOT NULL,
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    factors smallint NOT NULL CHECK (factors IN (1, 2)),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by uuid REFERENCES access.person (id),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_on date
  );
  CREATE INDEX token_by_role_held ON access.token (held_id);

  CREATE TABLE access.session (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    held_id uuid NOT NULL REFERENCES access.role_held (id),
    factors smallint NOT NULL CHECK (factors IN (1, 2)),
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
  );
  CREATE INDEX session_by_role_held ON access.session (held_id);

  CREATE TABLE access.link (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    held_id uuid NOT NULL REFERENCES access.role_held (id),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );

  GRANT SELECT, INSERT ON access.person, access.role_held, access.token, access.session, access.link TO tessera_gatekeeper;
  GRANT UPDATE (name, issuer, subject, password_hash, second_factor, second_factor_step, ended_at) ON access.person TO tessera_gatekeeper;
  GRANT UPDATE (ended_at) ON access.role_held TO tessera_gatekeeper;
  GRANT UPDATE (revoked_at, last_used_on) ON access.token TO tessera_gatekeeper;
  GRANT UPDATE (held_id, factors, seen_at, ended_at) ON access.session TO tessera_gatekeeper;
  GRANT UPDATE (used_at) ON access.link TO tessera_gatekeeper;
  GRANT SELECT ON governance.agency, governance.agreement TO tessera_gatekeeper;
  GRANT EXECUTE ON FUNCTION governance.may_see_county(text) TO tessera_gatekeeper;
  CREATE POLICY gatekeeper ON governance.agency FOR SELECT TO tessera_gatekeeper USING (true);
`;

/** The database binds each entry to the one before, so that whoever may add cannot choose what it is bound to. */
const auditLog = `
  CREATE TABLE audit.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint NOT NULL,
    hash bytea NOT NULL
  );
  INSERT INTO audit.head (number, hash) VALUES (0, sha256('tessera audit'));
  GRANT SELECT ON audit.head TO tessera_recorder;

  CREATE TABLE audit.entry (
    number bigint PRIMARY KEY,
    body text NOT NULL CHECK (length(body) <= 10000),
    person uuid,
    previous bytea NOT NULL,
    hash bytea NOT NULL
  );
  CREATE INDEX entry_by_person ON audit.entry (person, number DESC);

  CREATE FUNCTION audit.chain() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE head audit.head;
  BEGIN
    SELECT * INTO head FROM audit.head FOR UPDATE;
    NEW.number := head.number + 1;
    NEW.person := (NEW.body::jsonb ->> 'person')::uuid;
    NEW.previous := head.hash;
    NEW.hash := sha256(head.hash || int8send(NEW.number) || convert_to(NEW.body, 'UTF8'));
    UPDATE audit.head SET number = NEW.number, hash = NEW.hash;
    RETURN NEW;
  END $$;
  CREATE TRIGGER chain BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.chain();

  CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to';
  END $$;
  CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

  CREATE TABLE audit.checkpoint (
    number bigint PRIMARY KEY,
    hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    key_id text NOT NULL,
    signature bytea NOT NULL
  );
  CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

  ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY adding ON audit.entry FOR INSERT TO tessera_recorder WITH CHECK (true);
  CREATE POLICY reader ON audit.entry FOR SELECT USING (
    current_setting('tessera.audit', true) = 'all'
    OR person = nullif(current_setting('tessera.person', true), '')::uuid);
  GRANT INSERT (body) ON audit.entry TO tessera_recorder;
  GRANT SELECT ON audit.entry TO tessera_api;
  GRANT SELECT, INSERT ON audit.checkpoint TO tessera_recorder;
`;

const rules = `
  CREATE FUNCTION governance.claims_agency(id text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('tessera.agency', true) = id, false);
  GRANT EXECUTE ON FUNCTION governance.claims_agency(text) TO tessera_api, tessera_loader, tessera_linker,
    tessera_measurer, tessera_publisher, tessera_gatekeeper;
  CREATE POLICY own ON governance.agency FOR SELECT TO tessera_api USING (governance.claims_agency(id));

  ${worked
    .map(
      (table) => `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY duties ON ${table} USING (current_user <> 'tessera_api') WITH CHECK (current_user <> 'tessera_api');
        GRANT SELECT ON ${table} TO tessera_api;`,
    )
    .join('\n')}

  CREATE POLICY reader ON ledger.run FOR SELECT TO tessera_api USING (governance.may_see_county('*'));
  CREATE POLICY reader ON ledger.stage FOR SELECT TO tessera_api USING (governance.may_see_county('*'));
  CREATE POLICY reader ON ops.delivery FOR SELECT TO tessera_api
    USING (EXISTS (SELECT FROM governance.agency WHERE agency.id = source_agency));
  CREATE POLICY reader ON ops.delivery_file FOR SELECT TO tessera_api
    USING (EXISTS (SELECT FROM ops.delivery d WHERE d.id = delivery));
  CREATE POLICY reader ON ops.reject FOR SELECT TO tessera_api
    USING (EXISTS (SELECT FROM ops.delivery d WHERE d.id = delivery));
  CREATE POLICY reader ON ops.finding FOR SELECT TO tessera_api
    USING (EXISTS (SELECT FROM ops.delivery d WHERE d.id = delivery));
  CREATE POLICY reader ON governance.agreement FOR SELECT TO tessera_api
    USING (EXISTS (SELECT FROM governance.agency a WHERE a.id = ANY (agencies)));
  CREATE POLICY ending ON governance.agreement FOR UPDATE TO tessera_api
    USING (EXISTS (SELECT FROM governance.agency a WHERE a.id = ANY (agencies)));
  GRANT UPDATE (effective_to) ON governance.agreement TO tessera_api;
`;

/** Entries are never overwritten: a change is the next version of an entry. What a kind holds is said in schema/. */
const register = `
  CREATE TABLE governance.register_entry (
    id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    county_fips text NOT NULL CHECK (county_fips ~ '^([0-9]{5}|state)$'),
    kind text NOT NULL,
    effective_from date NOT NULL,
    effective_to date,
    withdrawn boolean NOT NULL DEFAULT false,
    content jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by uuid NOT NULL,
    PRIMARY KEY (id, version),
    CHECK (effective_to >= effective_from)
  );
  CREATE INDEX register_entry_by_county ON governance.register_entry (county_fips, kind, id, version DESC);
  ALTER TABLE governance.register_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY county ON governance.register_entry
    USING (county_fips = 'state' OR governance.may_see_county(county_fips))
    WITH CHECK (governance.may_see_county(county_fips));
  GRANT SELECT, INSERT ON governance.register_entry TO tessera_api;
`;

const agreements = `
  CREATE TABLE governance.agreement_terms (
    agreement_id text NOT NULL REFERENCES governance.agreement (id),
    version integer NOT NULL CHECK (version > 0),
    content jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by uuid NOT NULL,
    PRIMARY KEY (agreement_id, version)
  );

  CREATE TABLE governance.agreement_review (
    id uuid PRIMARY KEY,
    agreement_id text NOT NULL REFERENCES governance.agreement (id),
    reason text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    asked_by uuid NOT NULL,
    decision text CHECK (decision IN ('approved', 'changes_asked', 'refused')),
    decided_at timestamptz,
    decided_by uuid,
    CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL))
  );
  CREATE INDEX agreement_review_by_agreement ON governance.agreement_review (agreement_id, asked_at);

  ALTER TABLE governance.agreement_terms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  ALTER TABLE governance.agreement_review ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY agreement ON governance.agreement_terms
    USING (EXISTS (SELECT FROM governance.agreement a WHERE a.id = agreement_id));
  CREATE POLICY agreement ON governance.agreement_review
    USING (EXISTS (SELECT FROM governance.agreement a WHERE a.id = agreement_id));
  GRANT SELECT, INSERT ON governance.agreement_terms, governance.agreement_review TO tessera_api;
  GRANT UPDATE (decision, decided_at, decided_by) ON governance.agreement_review TO tessera_api;
`;
