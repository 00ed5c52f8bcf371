import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether what an agency sends was made up, so that every page, file and chart can say so. */
export class MadeUpAgencies implements MigrationInterface {
  readonly name = 'MadeUpAgencies0000000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE governance.agency ADD COLUMN made_up boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE governance.agency DROP COLUMN made_up');
  }
}
