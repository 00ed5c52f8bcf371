#!/usr/bin/env node
import './require-node.ts';
import { version } from '../package-root.ts';
import { addAlerts } from './commands/alerts.ts';
import { addAudit } from './commands/audit.ts';
import { addBackup, addRestore } from './commands/backup.ts';
import { addContracts } from './commands/contracts.ts';
import { addDataset } from './commands/dataset.ts';
import { addCheck, addDeliver } from './commands/deliver.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEncode } from './commands/encode.ts';
import { addEstimate } from './commands/estimate.ts';
import { addKey } from './commands/key.ts';
import { addLink } from './commands/link.ts';
import { addMeasure } from './commands/measure.ts';
import { addMetrics } from './commands/metrics.ts';
import { addMigrate } from './commands/migrate.ts';
import { addNightly } from './commands/nightly.ts';
import { addPeople } from './commands/people.ts';
import { addPersons } from './commands/persons.ts';
import { addProtect } from './commands/protect.ts';
import { addProviders } from './commands/providers.ts';
import { addQuality } from './commands/quality.ts';
import { addRelease } from './commands/release.ts';
import { addReport } from './commands/report.ts';
import { addReview } from './commands/review.ts';
import { addSchedule } from './commands/schedule.ts';
import { addScope } from './commands/scope.ts';
import { addSeal } from './commands/seal.ts';
import { addSignIn } from './commands/sign-in.ts';
import { addSources } from './commands/sources.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addSynthesize } from './commands/synthesize.ts';
import { addTable } from './commands/table.ts';
import { addToken } from './commands/token.ts';
import { addTrace } from './commands/trace.ts';
import { addUpgrade } from './commands/upgrade.ts';
import { addWorker } from './commands/worker.ts';
import { runProgram } from './program.ts';

/** In the order in which people meet them. */
const commands = [
  addStart,
  addStatus,
  addDoctor,
  addMigrate,
  addSignIn,
  addToken,
  addPeople,
  addAudit,
  addSources,
  addDeliver,
  addCheck,
  addSeal,
  addQuality,
  addKey,
  addEncode,
  addLink,
  addPersons,
  addReview,
  addScope,
  addMeasure,
  addMetrics,
  addTable,
  addEstimate,
  addProtect,
  addRelease,
  addReport,
  addDataset,
  addProviders,
  addNightly,
  addSchedule,
  addAlerts,
  addWorker,
  addBackup,
  addRestore,
  addUpgrade,
  addTrace,
  addSynthesize,
  addDemo,
  addContracts,
];

await runProgram(
  'tessera',
  'Tessera: a data-integration and reporting hub for the response to commercial sexual exploitation of children',
  commands,
  version,
);
