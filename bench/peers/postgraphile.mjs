/**
 * PostGraphile 5 over the schema of releases, as the hub's own api role, with the reader's claims in each transaction
 * and one entry of the audit log for each request. It looks no token up: that favours it.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, api, recorder] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const { postgraphile } = await load('postgraphile');
const { PostGraphileAmberPreset } = await load('postgraphile/presets/amber');
const { makePgService } = await load('postgraphile/adaptors/pg');
const { grafserv } = await load('postgraphile/grafserv/node');
const { default: pg } = await load('pg');

const record = new pg.Pool({ connectionString: recorder, max: 10 });
const preset = {
  extends: [PostGraphileAmberPreset.default ?? PostGraphileAmberPreset],
  // A condition may name any column: the hub's own questions do.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString: api, schemas: ['release'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: {
    explain: false,
    async context() {
      const body = JSON.stringify({ at: new Date().toISOString(), person: null, operations: ['table'] });
      await record.query({
        name: 'record',
        text: 'INSERT INTO public.bench_audit VALUES ($1)',
        values: [body],
      });
      return { pgSettings: { 'tessera.county': '06037' } };
    },
  },
};
const server = createServer();
const serving = postgraphile(preset).createServ(grafserv);
await serving.addTo(server);
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
