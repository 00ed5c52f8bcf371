import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An estimate may be of a region or of one group of young people, and of what was known on a day. The measurer reads how
 * good the linkage was, which is put right beside each estimate.
 */
export class EstimatesOfParts implements MigrationInterface {
  readonly name = 'EstimatesOfParts0000000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE measures.estimate
        ADD COLUMN region text NOT NULL DEFAULT 'all',
        ADD COLUMN stratum text NOT NULL DEFAULT 'all',
        ADD COLUMN known_on date,
        ADD COLUMN definitions jsonb;
      UPDATE measures.estimate SET known_on = made_at::date, definitions = jsonb_build_object(term, term_version);
      ALTER TABLE measures.estimate
        ALTER COLUMN known_on SET NOT NULL,
        ALTER COLUMN definitions SET NOT NULL,
        ALTER COLUMN region DROP DEFAULT,
        ALTER COLUMN stratum DROP DEFAULT;
      GRANT SELECT ON ops.linkage_quality TO tessera_measurer;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT ON ops.linkage_quality FROM tessera_measurer;
      ALTER TABLE measures.estimate
        DROP COLUMN definitions, DROP COLUMN known_on, DROP COLUMN stratum, DROP COLUMN region;
    `);
  }
}
