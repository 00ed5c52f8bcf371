import type { Answer } from './answer.ts';
import { agreementPage } from './pages/agreements/agreement.tsx';
import { askCounsel, decideForCounsel, endAgreement, recordTermsOf } from './pages/agreements/changes.ts';
import { agreementsPage } from './pages/agreements/index.tsx';
import { auditPage } from './pages/audit.tsx';
import { cascadePage } from './pages/cascade.tsx';
import { clocksPage } from './pages/clocks.tsx';
import { crossoverPage } from './pages/crossover.tsx';
import {
  commentOnRequest,
  decideRequest,
  destroyDataset,
  linkDataset,
  releaseDataset,
  revokeLinks,
  withdrawRequest,
} from './pages/datasets/acts.ts';
import { changeRequestPage, newRequestPage, recordRequestOf } from './pages/datasets/form.tsx';
import { datasetsPage } from './pages/datasets/given.tsx';
import { linkPage } from './pages/datasets/link.tsx';
import { requestPage } from './pages/datasets/request.tsx';
import { requestsPage } from './pages/datasets/requests.tsx';
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
import { decidePair, linkagePage, pairPage } from './pages/linkage.tsx';
import { confirmEntry, confirmPage } from './pages/map/confirm.tsx';
import { countyPage } from './pages/map/county.tsx';
import { programsCsv } from './pages/map/csv.ts';
import { editPage, saveEntry } from './pages/map/edit.tsx';
import { findPage } from './pages/map/find.tsx';
import { gapsOfResources } from './pages/map/gaps.tsx';
import { importPage, lookAtFile, takeFile } from './pages/map/import.tsx';
import { mapPage } from './pages/map/index.tsx';
import { programPage as programEntryPage } from './pages/map/program.tsx';
import { doWork, workPage } from './pages/map/work.tsx';
import { overviewPage } from './pages/overview.tsx';
import { endAccess, endHeldRole, giveRoleTo, letIn, makeToken, revoke } from './pages/people/changes.tsx';
import { peoplePage } from './pages/people/index.tsx';
import { prevalencePage } from './pages/prevalence.tsx';
import { programPage } from './pages/program/index.tsx';
import { qualityPage } from './pages/quality.tsx';
import { changeEntry, registerEntryPage } from './pages/register/entry.tsx';
import { registerPage } from './pages/register/index.tsx';
import { makeEntry, newEntryPage } from './pages/register/new-entry.tsx';
import { releasePage, releasesPage } from './pages/releases.tsx';
import {
  approveEdition,
  commentOnEdition,
  enterTextOfEdition,
  openEdition,
  returnEdition,
  signOffTextOfEdition,
  submitEdition,
} from './pages/reports/acts.ts';
import { editionPage } from './pages/reports/edition.tsx';
import { reportsPage } from './pages/reports/index.tsx';
import { askForNight } from './pages/runs/again.tsx';
import { runsPage } from './pages/runs/index.tsx';
import { tableChart, tableData } from './pages/tables/downloads.ts';
import { tablesPage } from './pages/tables/index.tsx';
import type { Ports } from './ports.ts';
import type { Visit } from './visit.ts';

export interface Route {
  /** As Express writes it; `:name` becomes a parameter. */
  readonly path: string;
  /** What it asks of the hub, by its name in the policy; a page without one is everybody's. */
  readonly operation?: string;
  /** Given where the page changes something: it is then reached by its form alone. */
  readonly method?: 'post';
  /** Whether its form sends a file. */
  readonly takes?: 'file';
  readonly page: (visit: Visit, ports: Ports) => Answer | Promise<Answer>;
}

/** Every page of the console, with what it asks of the hub. */
export const routes: readonly Route[] = [
  { path: '/', page: overviewPage },
  { path: '/tables', page: tablesPage },
  { path: '/tables/chart.svg', page: tableChart },
  { path: '/tables/data.csv', page: tableData },
  { path: '/crossover', page: crossoverPage },
  { path: '/prevalence', page: prevalencePage },
  { path: '/cascade', page: cascadePage },
  { path: '/clocks', page: clocksPage },
  { path: '/gaps', page: gapsPage },
  { path: '/map', operation: 'assetMap', page: mapPage },
  { path: '/map/programs.csv', operation: 'assetMap', page: programsCsv },
  { path: '/map/find', operation: 'providers', page: findPage },
  { path: '/map/find', operation: 'providers', method: 'post', page: findPage },
  { path: '/map/counties/:county', operation: 'assetMap', page: countyPage },
  { path: '/map/programs/:id', operation: 'providers', page: programEntryPage },
  { path: '/map/gaps', operation: 'resourceGaps', page: gapsOfResources },
  { path: '/map/gaps', operation: 'resourceGaps', method: 'post', page: gapsOfResources },
  { path: '/map/work', operation: 'providerWork', page: workPage },
  { path: '/map/work', operation: 'providerWork', method: 'post', page: doWork },
  { path: '/map/edit/:id', operation: 'recordProgram', page: editPage },
  { path: '/map/edit/:id', operation: 'recordProgram', method: 'post', page: saveEntry },
  { path: '/map/import', operation: 'recordProgram', page: importPage },
  { path: '/map/import', operation: 'recordProgram', method: 'post', takes: 'file', page: lookAtFile },
  { path: '/map/import/take', operation: 'recordProgram', method: 'post', page: takeFile },
  { path: '/map/confirm/:secret', page: confirmPage },
  { path: '/map/confirm/:secret', method: 'post', page: confirmEntry },
  { path: '/definitions', page: definitionsPage },
  { path: '/definitions/metrics', page: metricsPage },
  { path: '/definitions/metrics/:name', page: metricPage },
  { path: '/definitions/terms', page: termsPage },
  { path: '/definitions/terms/:name', page: termPage },
  { path: '/definitions/codes', page: codeListsPage },
  { path: '/definitions/codes/:name', page: codeListPage },
  { path: '/definitions/needs', page: needsPage },
  { path: '/definitions/clocks', page: limitsPage },
  { path: '/definitions/records', page: recordsPage },
  { path: '/definitions/records/:name', page: recordPage },
  { path: '/program', page: programPage },
  { path: '/help', page: helpPage },
  { path: '/help/accessibility', page: accessibilityPage },
  { path: '/help/privacy', page: privacyPage },
  { path: '/help/api', page: apiGuidePage },
  { path: '/releases', page: releasesPage },
  { path: '/releases/:number', page: releasePage },
  { path: '/reports', operation: 'reports', page: reportsPage },
  { path: '/reports', operation: 'openReport', method: 'post', page: openEdition },
  { path: '/reports/:edition', operation: 'reports', page: editionPage },
  {
    path: '/reports/:edition/text',
    operation: 'enterReportText',
    method: 'post',
    page: enterTextOfEdition,
  },
  {
    path: '/reports/:edition/sign-off',
    operation: 'signOffReportText',
    method: 'post',
    page: signOffTextOfEdition,
  },
  { path: '/reports/:edition/submit', operation: 'submitReport', method: 'post', page: submitEdition },
  { path: '/reports/:edition/comment', operation: 'commentOnReport', method: 'post', page: commentOnEdition },
  { path: '/reports/:edition/return', operation: 'returnReport', method: 'post', page: returnEdition },
  { path: '/reports/:edition/approve', operation: 'approveReport', method: 'post', page: approveEdition },
  { path: '/datasets', operation: 'datasets', page: datasetsPage },
  // What is fetched there by POST is a file (src/app/server/dataset-files.ts).
  { path: '/datasets/:secret', page: linkPage },
  { path: '/requests', operation: 'requests', page: requestsPage },
  { path: '/requests/new', operation: 'requestDataset', page: newRequestPage },
  { path: '/requests/new', operation: 'requestDataset', method: 'post', page: recordRequestOf },
  { path: '/requests/:id', operation: 'requests', page: (visit, ports) => requestPage(visit, ports) },
  { path: '/requests/:id/change', operation: 'requestDataset', page: changeRequestPage },
  { path: '/requests/:id/change', operation: 'requestDataset', method: 'post', page: recordRequestOf },
  { path: '/requests/:id/withdraw', operation: 'withdrawRequest', method: 'post', page: withdrawRequest },
  { path: '/requests/:id/comment', operation: 'commentOnRequest', method: 'post', page: commentOnRequest },
  { path: '/requests/:id/decide', operation: 'decideRequest', method: 'post', page: decideRequest },
  { path: '/requests/:id/release', operation: 'releaseDataset', method: 'post', page: releaseDataset },
  { path: '/requests/:id/link', operation: 'linkDataset', method: 'post', page: linkDataset },
  { path: '/requests/:id/revoke', operation: 'revokeDatasetLinks', method: 'post', page: revokeLinks },
  { path: '/requests/:id/destroy', operation: 'destroyDataset', method: 'post', page: destroyDataset },
  { path: '/runs', operation: 'runs', page: runsPage },
  { path: '/runs', operation: 'startNight', method: 'post', page: askForNight },
  { path: '/quality', operation: 'dataQuality', page: qualityPage },
  { path: '/linkage', operation: 'linkageQuality', page: linkagePage },
  { path: '/linkage/:pair', operation: 'reviewQueue', page: pairPage },
  { path: '/linkage/:pair', operation: 'decideReviewPair', method: 'post', page: decidePair },
  { path: '/register', operation: 'register', page: registerPage },
  { path: '/register/new/:kind', operation: 'recordRegisterEntry', page: newEntryPage },
  { path: '/register/new/:kind', operation: 'recordRegisterEntry', method: 'post', page: makeEntry },
  { path: '/register/:id', operation: 'registerHistory', page: registerEntryPage },
  { path: '/register/:id', operation: 'recordRegisterEntry', method: 'post', page: changeEntry },
  { path: '/agreements', operation: 'agreements', page: agreementsPage },
  {
    path: '/agreements/reviews/:id',
    operation: 'decideAgreementReview',
    method: 'post',
    page: decideForCounsel,
  },
  { path: '/agreements/:id', operation: 'agreements', page: (visit, ports) => agreementPage(visit, ports) },
  { path: '/agreements/:id/terms', operation: 'recordAgreementTerms', method: 'post', page: recordTermsOf },
  { path: '/agreements/:id/end', operation: 'terminateAgreement', method: 'post', page: endAgreement },
  { path: '/agreements/:id/review', operation: 'askAgreementReview', method: 'post', page: askCounsel },
  { path: '/people', operation: 'tokens', page: (visit, ports) => peoplePage(visit, ports) },
  { path: '/people', operation: 'addPerson', method: 'post', page: letIn },
  { path: '/people/roles', operation: 'giveRole', method: 'post', page: giveRoleTo },
  { path: '/people/roles/:id/end', operation: 'endRole', method: 'post', page: endHeldRole },
  { path: '/people/tokens', operation: 'createToken', method: 'post', page: makeToken },
  { path: '/people/tokens/:id/revoke', operation: 'revokeToken', method: 'post', page: revoke },
  { path: '/people/:id/end', operation: 'endPerson', method: 'post', page: endAccess },
  { path: '/audit', operation: 'audit', page: auditPage },
];
