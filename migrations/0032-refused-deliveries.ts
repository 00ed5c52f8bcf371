import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries that were refused, with the reason, so that whoever looks in the morning sees whose, which and what to do. */
export class RefusedDeliveries implements MigrationInterface {
  readonly name = 'RefusedDeliveries0000000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.refused_delivery (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        source_agency text NOT NULL,
        delivery_id text NOT NULL,
        as_of timestamptz NOT NULL,
        code text NOT NULL,
        words text NOT NULL CHECK (length(words) <= 2000),
        remedy text CHECK (length(remedy) <= 2000),
        refused_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      COMMENT ON TABLE ops.refused_delivery IS 'Deliveries that were refused, and why; never a value from a row';
      CREATE INDEX refused_delivery_by_agency ON ops.refused_delivery (source_agency, id DESC);
      GRANT SELECT, INSERT ON ops.refused_delivery TO tessera_loader;
      GRANT SELECT ON ops.refused_delivery TO tessera_api;
      ALTER TABLE ops.refused_delivery ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY duties ON ops.refused_delivery
        USING (current_user <> 'tessera_api') WITH CHECK (current_user <> 'tessera_api');
      CREATE POLICY reader ON ops.refused_delivery FOR SELECT TO tessera_api
        USING (EXISTS (SELECT FROM governance.agency WHERE agency.id = source_agency));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ops.refused_delivery');
  }
}
