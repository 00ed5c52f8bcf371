import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An estimate knows what was worked out for it, so that the same work is not done again for another day. */
export class EstimatesAgain implements MigrationInterface {
  readonly name = 'EstimatesAgain0000000000033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE measures.estimate ADD COLUMN work_hash text;
      CREATE INDEX estimate_work ON measures.estimate (work_hash);
      COMMENT ON COLUMN measures.estimate.work_hash IS
        'Of everything that its figures were worked out from: tables, drawn tables, seed, referrals and code; NULL before that was kept';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX measures.estimate_work; ALTER TABLE measures.estimate DROP COLUMN work_hash;`,
    );
  }
}
