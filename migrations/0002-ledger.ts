import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs and stages. A stage that has succeeded with an input is never done again with the same input. */
export class Ledger implements MigrationInterface {
  readonly name = 'Ledger0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger.run (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        requested_by text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        outcome text NOT NULL DEFAULT 'running'
          CHECK (outcome IN ('running', 'succeeded', 'failed', 'refused')),
        CHECK ((outcome = 'running') = (ended_at IS NULL))
      );

      CREATE TABLE ledger.stage (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        run_id uuid NOT NULL REFERENCES ledger.run (id),
        name text NOT NULL,
        input_hash text NOT NULL CHECK (input_hash ~ '^[0-9a-f]{64}$'),
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        ended_at timestamptz,
        outcome text NOT NULL DEFAULT 'running'
          CHECK (outcome IN ('running', 'succeeded', 'unchanged', 'failed', 'refused', 'interrupted')),
        rows_in bigint NOT NULL DEFAULT 0 CHECK (rows_in >= 0),
        accepted bigint NOT NULL DEFAULT 0 CHECK (accepted >= 0),
        rejected bigint NOT NULL DEFAULT 0 CHECK (rejected >= 0),
        error_code text,
        CHECK ((outcome = 'running') = (ended_at IS NULL)),
        CHECK ((outcome IN ('failed', 'refused')) = (error_code IS NOT NULL))
      );
      CREATE INDEX stage_by_run ON ledger.stage (run_id, id);
      CREATE UNIQUE INDEX stage_done_once ON ledger.stage (name, input_hash) WHERE outcome = 'succeeded';
      CREATE UNIQUE INDEX stage_running_once ON ledger.stage (name, input_hash) WHERE outcome = 'running';

      CREATE FUNCTION ledger.announce() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('tessera_ledger', json_build_object(
          'run', coalesce(to_jsonb(NEW) ->> 'run_id', NEW.id::text),
          'stage', to_jsonb(NEW) ->> 'name',
          'outcome', NEW.outcome)::text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER announce AFTER INSERT OR UPDATE ON ledger.run FOR EACH ROW EXECUTE FUNCTION ledger.announce();
      CREATE TRIGGER announce AFTER INSERT OR UPDATE ON ledger.stage FOR EACH ROW EXECUTE FUNCTION ledger.announce();

      GRANT SELECT, INSERT, UPDATE ON ledger.run, ledger.stage
        TO tessera_loader, tessera_linker, tessera_measurer, tessera_publisher;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE ledger.stage, ledger.run;
      DROP FUNCTION ledger.announce();
    `);
  }
}
