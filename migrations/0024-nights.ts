import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a night did, stage by stage, and how far it is; who asked that it end; what is held back and until when; which
 * alerts are open. Everybody who runs the hub may see it, and it holds no count that the ledger does not hold.
 */
export class Nights implements MigrationInterface {
  readonly name = 'Nights0000000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.night_stage (
        run_id uuid NOT NULL REFERENCES ledger.run (id),
        stage text NOT NULL,
        place smallint NOT NULL,
        outcome text NOT NULL DEFAULT 'running'
          CHECK (outcome IN ('running', 'succeeded', 'unchanged', 'refused', 'failed')),
        attempts smallint NOT NULL DEFAULT 1 CHECK (attempts > 0),
        rows_in bigint NOT NULL DEFAULT 0 CHECK (rows_in >= 0),
        accepted bigint NOT NULL DEFAULT 0 CHECK (accepted >= 0),
        rejected bigint NOT NULL DEFAULT 0 CHECK (rejected >= 0),
        code text,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        ended_at timestamptz,
        PRIMARY KEY (run_id, stage),
        CHECK ((outcome = 'running') = (ended_at IS NULL))
      );
      COMMENT ON TABLE ops.night_stage IS 'What each night did, stage by stage';

      CREATE TABLE ops.night_end_asked (
        run_id uuid PRIMARY KEY REFERENCES ledger.run (id),
        asked_by text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      COMMENT ON TABLE ops.night_end_asked IS 'Nights that somebody asked to end';

      CREATE TABLE ops.hold (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        held text NOT NULL CHECK (held ~ '^(night|releases|reports|source [A-Za-z0-9][A-Za-z0-9_.-]{0,63})$'),
        because text NOT NULL CHECK (length(because) BETWEEN 1 AND 500),
        held_by text NOT NULL,
        held_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        until timestamptz,
        lifted_at timestamptz,
        lifted_by text,
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
      );
      COMMENT ON TABLE ops.hold IS 'What is held back by hand, why, and until when';
      CREATE UNIQUE INDEX hold_in_force ON ops.hold (held) WHERE lifted_at IS NULL;

      CREATE TABLE ops.alert (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        alert text NOT NULL,
        about text NOT NULL,
        level text NOT NULL CHECK (level IN ('warning', 'urgent')),
        words text NOT NULL,
        raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        cleared_at timestamptz,
        told_at timestamptz
      );
      COMMENT ON TABLE ops.alert IS 'What the hub found wrong, from when until when; never a value from a row';
      CREATE UNIQUE INDEX alert_open ON ops.alert (alert, about) WHERE cleared_at IS NULL;

      GRANT SELECT, INSERT, UPDATE ON ops.night_stage TO tessera_loader;
      GRANT SELECT, INSERT ON ops.night_end_asked TO tessera_loader;
      GRANT SELECT, INSERT, UPDATE (lifted_at, lifted_by) ON ops.hold TO tessera_loader;
      GRANT SELECT, INSERT, UPDATE (cleared_at, told_at, words, level) ON ops.alert TO tessera_loader;
      GRANT SELECT ON ops.night_stage, ops.hold, ops.alert TO tessera_api;
    `);
    for (const table of ['night_stage', 'hold', 'alert'])
      await runner.query(`
        ALTER TABLE ops.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY duties ON ops.${table} USING (current_user <> 'tessera_api') WITH CHECK (current_user <> 'tessera_api');
        CREATE POLICY reader ON ops.${table} FOR SELECT TO tessera_api USING (governance.may_see_county('*'));
      `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ops.alert, ops.hold, ops.night_end_asked, ops.night_stage');
  }
}
