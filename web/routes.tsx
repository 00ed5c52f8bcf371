import type { Answer } from './answer.ts';
import { cascadePage } from './pages/cascade.tsx';
import { clocksPage } from './pages/clocks.tsx';
import { crossoverPage } from './pages/crossover.tsx';
import { codeListPage, codeListsPage } from './pages/definitions/code-lists.tsx';
import { definitionsPage } from './pages/definitions/index.tsx';
import { limitsPage } from './pages/definitions/limits.tsx';
import { metricPage, metricsPage } from './pages/definitions/metrics.tsx';
import { needsPage } from './pages/definitions/needs.tsx';
import { recordPage, recordsPage } from './pages/definitions/records.tsx';
import { termPage, termsPage } from './pages/definitions/terms.tsx';
import { gapsPage } from './pages/gaps.tsx';
import { apiGuidePage } from './pages/help/api.tsx';
import { helpPage } from './pages/help/index.tsx';
import { accessibilityPage, privacyPage } from './pages/help/statements.tsx';
import { overviewPage } from './pages/overview.tsx';
import { prevalencePage } from './pages/prevalence.tsx';
import { programPage } from './pages/program.tsx';
import { runsPage } from './pages/runs.tsx';
import { tableChart, tableData } from './pages/tables/downloads.ts';
import { tablesPage } from './pages/tables/index.tsx';
import type { Ports } from './ports.ts';
import { ROLES, type Role } from './viewer.ts';
import type { Visit } from './visit.ts';

export interface Route {
  /** As Express writes it; `:name` becomes a parameter. */
  readonly path: string;
  readonly roles: readonly Role[];
  readonly page: (visit: Visit, ports: Ports) => Answer | Promise<Answer>;
}

/** Every page of the console, with who may see it. */
export const routes: readonly Route[] = [
  { path: '/', roles: ROLES, page: overviewPage },
  { path: '/tables', roles: ROLES, page: tablesPage },
  { path: '/tables/chart.svg', roles: ROLES, page: tableChart },
  { path: '/tables/data.csv', roles: ROLES, page: tableData },
  { path: '/crossover', roles: ROLES, page: crossoverPage },
  { path: '/prevalence', roles: ROLES, page: prevalencePage },
  { path: '/cascade', roles: ROLES, page: cascadePage },
  { path: '/clocks', roles: ROLES, page: clocksPage },
  { path: '/gaps', roles: ROLES, page: gapsPage },
  { path: '/definitions', roles: ROLES, page: definitionsPage },
  { path: '/definitions/metrics', roles: ROLES, page: metricsPage },
  { path: '/definitions/metrics/:name', roles: ROLES, page: metricPage },
  { path: '/definitions/terms', roles: ROLES, page: termsPage },
  { path: '/definitions/terms/:name', roles: ROLES, page: termPage },
  { path: '/definitions/codes', roles: ROLES, page: codeListsPage },
  { path: '/definitions/codes/:name', roles: ROLES, page: codeListPage },
  { path: '/definitions/needs', roles: ROLES, page: needsPage },
  { path: '/definitions/clocks', roles: ROLES, page: limitsPage },
  { path: '/definitions/records', roles: ROLES, page: recordsPage },
  { path: '/definitions/records/:name', roles: ROLES, page: recordPage },
  { path: '/program', roles: ROLES, page: programPage },
  { path: '/help', roles: ROLES, page: helpPage },
  { path: '/help/accessibility', roles: ROLES, page: accessibilityPage },
  { path: '/help/privacy', roles: ROLES, page: privacyPage },
  { path: '/help/api', roles: ROLES, page: apiGuidePage },
  { path: '/runs', roles: ['operator', 'steward'], page: runsPage },
];
