import { join } from 'node:path';
import type { Command } from 'commander';
import type { DemoProcess } from '../demo-process.ts';
import { examples, print } from '../terminal.ts';

export function addStart(program: Command): void {
  program
    .command('start')
    .description('start the hub: its database, its pages and its API')
    .addHelpText('after', examples('start', 'start   # with PORT=8080 in the environment: another port'))
    .action(async () => {
      const [
        { readSettings },
        { openLog },
        { startHub },
        { serve },
        { keepCheckpoints },
        { leaveAddress },
        { makeSignInAddress },
        { nobodyYet },
        { openDeliveries },
        { byAccess },
        { wantsDemo },
        { startDemo },
        { keepNights },
      ] = await Promise.all([
        import('../../config.ts'),
        import('../log.ts'),
        import('../hub.ts'),
        import('../server/server.ts'),
        import('../checkpoints.ts'),
        import('../server-address.ts'),
        import('../sign-in-address.ts'),
        import('../../access/host-account.ts'),
        import('../server/deliveries.ts'),
        import('../server/may-deliver.ts'),
        import('../demo.ts'),
        import('../demo-process.ts'),
        import('../night-clock.ts'),
      ]);
      const settings = readSettings();
      const log = openLog(settings);
      const stopped = untilStopped();
      const hub = await startHub(settings);
      const { dataDir, target } = hub.database;
      const gatekeeper = await hub.as('gatekeeper');
      let demo: DemoProcess | undefined;
      const deliveries = openDeliveries(dataDir, log, byAccess(gatekeeper));
      try {
        const [api, recorder] = await Promise.all([hub.as('api'), hub.as('recorder')]);
        const server = await serve(
          {
            api,
            gatekeeper,
            recorder,
            secret: target.roleSecret,
            cache: join(dataDir, 'cache'),
          },
          settings,
          log,
          deliveries,
        );
        const address = leaveAddress(dataDir, server.url);
        const checkpoints = keepCheckpoints(recorder, dataDir, log);
        const nights = settings.work === 'here' ? keepNights(api, settings, log) : undefined;
        print(`Tessera answers on ${server.url}`);
        if (await nobodyYet(gatekeeper)) {
          const url = await makeSignInAddress(gatekeeper, { role: 'steward' }, dataDir, settings);
          print(`Sign in as its steward, once and within a quarter of an hour: ${url}`);
        }
        print(
          `PostgreSQL ${hub.serverVersion} at ${hub.database.target.label}; data in ${hub.database.dataDir}`,
        );
        print(`Deliveries are taken at /deliveries with the token in ${deliveries.tokenFile}`);
        if (settings.demo === 'on' && settings.databaseUrl === undefined && (await wantsDemo(api))) {
          demo = startDemo(log);
          print('Loading a made-up state in the background; TESSERA_DEMO=off leaves it out');
        }
        await stopped;
        address.remove();
        await nights?.stop();
        await server.close();
        await checkpoints.stop();
      } finally {
        await demo?.stop();
        await deliveries.close();
        await hub.close();
      }
    });
}

/** Ends with the first request to stop; a second one ends the process at once, as people expect of Ctrl-C. */
async function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      resolve();
    });
  }
  return promise;
}
