import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The pairs that stewards look at, for a reader who claims every county: levels, weights and opinions, without a
 * surrogate, a token or a record's id. So the web server needs no connection that may read tokens. A copy would have
 * to be told of every linkage, purge and destruction; these functions look where things are.
 */
export class ReviewByClaim implements MigrationInterface {
  readonly name = 'ReviewByClaim0000000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Its name says nothing of the records; whoever has both surrogates can make it again.
      CREATE FUNCTION persons.pair_name(a bytea, b bytea) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN left(encode(sha256(a || b), 'hex'), 12);
      REVOKE EXECUTE ON FUNCTION persons.pair_name(bytea, bytea) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION persons.pair_name(bytea, bytea) TO tessera_linker;

      CREATE VIEW persons.asked_pair AS
        SELECT coalesce(review.a, said.a) AS a, coalesce(review.b, said.b) AS b, coalesce(review.asked, said.asked) AS asked,
               weight, prior, steps, since, place, said_at
        FROM persons.review FULL JOIN (
          SELECT a, b, min(asked) AS asked, max(said_at) AS said_at FROM persons.opinion GROUP BY a, b) said
          ON said.a = review.a AND said.b = review.b;

      CREATE FUNCTION ops.review_pairs() RETURNS TABLE (
          pair text, asked text, agency_a text, agency_b text, weight real, prior double precision, steps json, since integer,
          together boolean, honoured boolean, said json)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        BEGIN ATOMIC
          SELECT persons.pair_name(known.a, known.b), known.asked, token_a.source_agency, token_b.source_agency,
                 known.weight, known.prior, known.steps, known.since, of_a.person_id = of_b.person_id,
                 known.said_at < (SELECT max(made_at) FROM persons.linkage),
                 (SELECT json_agg(json_build_object('same', word.same, 'by', word.said_by, 'as', word.said_as) ORDER BY word.said_as, word.said_by)
                  FROM (SELECT DISTINCT ON (said_as, said_by) same, said_by, said_as FROM persons.opinion
                        WHERE opinion.a = known.a AND opinion.b = known.b ORDER BY said_as, said_by, id DESC) word)
          FROM persons.asked_pair known
          LEFT JOIN linkage.person_token token_a ON token_a.surrogate = known.a
          LEFT JOIN linkage.person_token token_b ON token_b.surrogate = known.b
          LEFT JOIN persons.membership of_a ON of_a.surrogate = known.a
          LEFT JOIN persons.membership of_b ON of_b.surrogate = known.b
          WHERE governance.may_see_county('*')
          ORDER BY known.place NULLS LAST, known.a, known.b;
        END;

      -- Answers whether there is such a pair for whoever asks.
      CREATE FUNCTION ops.say_of_pair(pair text, same boolean, steward text) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      BEGIN
        INSERT INTO persons.opinion (a, b, same, said_as, said_by, asked)
          SELECT known.a, known.b, say_of_pair.same, 'steward', steward, known.asked FROM persons.asked_pair known
          WHERE governance.may_see_county('*') AND persons.pair_name(known.a, known.b) = say_of_pair.pair;
        RETURN FOUND;
      END $$;

      REVOKE EXECUTE ON FUNCTION ops.review_pairs(), ops.say_of_pair(text, boolean, text) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ops.review_pairs(), ops.say_of_pair(text, boolean, text) TO tessera_api, tessera_linker;

      ALTER TABLE ops.linkage_quality ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY duties ON ops.linkage_quality USING (current_user <> 'tessera_api') WITH CHECK (current_user <> 'tessera_api');
      CREATE POLICY reader ON ops.linkage_quality FOR SELECT TO tessera_api USING (governance.may_see_county('*'));
      GRANT SELECT ON ops.linkage_quality TO tessera_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT ON ops.linkage_quality FROM tessera_api;
      DROP POLICY reader ON ops.linkage_quality;
      DROP POLICY duties ON ops.linkage_quality;
      ALTER TABLE ops.linkage_quality NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
      DROP FUNCTION ops.say_of_pair(text, boolean, text), ops.review_pairs();
      DROP VIEW persons.asked_pair;
      DROP FUNCTION persons.pair_name(bytea, bytea);
    `);
  }
}
