import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Different inputs may give the same figures and so the same candidate; each of them finds it again. */
export class CandidateInputs implements MigrationInterface {
  readonly name = 'CandidateInputs0000000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE measures.input (
        input_hash text PRIMARY KEY,
        candidate_id text NOT NULL REFERENCES measures.candidate (id)
      );
      INSERT INTO measures.input SELECT DISTINCT ON (input_hash) input_hash, id FROM measures.candidate ORDER BY input_hash, made_at DESC;
      ALTER TABLE measures.candidate DROP COLUMN input_hash;
      GRANT SELECT, INSERT ON measures.input TO tessera_measurer;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE measures.candidate ADD COLUMN input_hash text;
      UPDATE measures.candidate c SET input_hash = coalesce(
        (SELECT min(i.input_hash) FROM measures.input i WHERE i.candidate_id = c.id), '');
      ALTER TABLE measures.candidate ALTER COLUMN input_hash SET NOT NULL;
      DROP TABLE measures.input;
    `);
  }
}
