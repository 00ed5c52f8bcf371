import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows of a file that somebody uploaded to the asset map and looks at before they are taken in. They go with what was done with
 * them, or after a day; rows that were refused never get here, so that no address of a confidential place does.
 */
export class UploadedPrograms implements MigrationInterface {
  readonly name = 'UploadedPrograms0000000000034';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE directory.upload (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- Of whoever uploaded it; * of the state's steward.
        county text NOT NULL CHECK (county ~ '^(06[0-9]{3}|[*])$'),
        rows jsonb NOT NULL CHECK (jsonb_typeof(rows) = 'array'),
        came_by text NOT NULL,
        came_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT a_confidential_place_is_nowhere CHECK (NOT jsonb_path_exists(rows,
          '$[*] ? (@.texts.confidential == "true") ? (exists (@.document) || exists (@.texts.street) || exists (@.texts.city)
            || exists (@.texts.zip) || exists (@.texts.latitude) || exists (@.texts.longitude) || exists (@.texts.kept_by))'))
      );
      COMMENT ON TABLE directory.upload IS 'Rows that somebody looks at before they are taken in, for a day at most';
      ALTER TABLE directory.upload ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON directory.upload USING (governance.may_see_county(county));
      GRANT SELECT, INSERT, DELETE ON directory.upload TO tessera_api;

      CREATE FUNCTION directory.forget_uploads() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE claimed text := coalesce(current_setting('tessera.county', true), '');
      BEGIN
        PERFORM set_config('tessera.county', '*', true);
        DELETE FROM directory.upload WHERE came_at < clock_timestamp() - interval '1 day';
        PERFORM set_config('tessera.county', claimed, true);
        RETURN NULL;
      END $$;
      CREATE TRIGGER forget_uploads AFTER INSERT ON directory.upload FOR EACH STATEMENT
        EXECUTE FUNCTION directory.forget_uploads();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE directory.upload; DROP FUNCTION directory.forget_uploads()');
  }
}
