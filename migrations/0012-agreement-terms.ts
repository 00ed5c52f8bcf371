import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What decides whether rows about young people may come from an agency at all. */
export class AgreementTerms implements MigrationInterface {
  readonly name = 'AgreementTerms0000000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE governance.agency
        ADD COLUMN voca_funded boolean NOT NULL DEFAULT false,
        ADD COLUMN part_2_program boolean NOT NULL DEFAULT false;
      ALTER TABLE governance.agreement ADD COLUMN voca_person_rows boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE governance.agreement DROP COLUMN voca_person_rows;
      ALTER TABLE governance.agency DROP COLUMN part_2_program, DROP COLUMN voca_funded;
    `);
  }
}
