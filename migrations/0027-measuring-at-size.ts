import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts of everybody are emptied without leaving their old rows behind, and statistics are taken of the tables that were
 * filled instead of all of them.
 */
export class MeasuringAtSize implements MigrationInterface {
  readonly name = 'MeasuringAtSize0000000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION measures.take_statistics();
      CREATE FUNCTION measures.take_statistics(facts name[]) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE fact name;
      BEGIN
        FOREACH fact IN ARRAY facts LOOP
          EXECUTE format('ANALYZE measures.%I', fact);
        END LOOP;
      END $$;
      CREATE FUNCTION measures.clear_facts() RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE facts text;
      BEGIN
        SELECT string_agg(c.oid::regclass::text, ', ') INTO facts
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'measures' AND c.relkind = 'r'
          AND c.relname NOT IN ('build', 'candidate', 'estimate', 'figure', 'input');
        EXECUTE 'TRUNCATE ' || facts;
      END $$;
      GRANT EXECUTE ON FUNCTION measures.take_statistics(name[]), measures.clear_facts() TO tessera_measurer;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION measures.clear_facts(), measures.take_statistics(name[]);
      CREATE FUNCTION measures.take_statistics() RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE fact regclass;
      BEGIN
        FOR fact IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'measures' AND c.relkind = 'r' AND c.relname NOT IN ('figure', 'candidate', 'build') LOOP
          EXECUTE format('ANALYZE %s', fact);
        END LOOP;
      END $$;
      GRANT EXECUTE ON FUNCTION measures.take_statistics() TO tessera_measurer;
    `);
  }
}
