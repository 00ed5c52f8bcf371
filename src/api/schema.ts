import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AgreementsResolver } from './agreements/agreements.resolver.ts';
import { ReviewsResolver } from './agreements/reviews.resolver.ts';
import { AuditResolver } from './audit/audit.resolver.ts';
import { ContractsResolver } from './contracts/contracts.resolver.ts';
import { DatasetsResolver } from './datasets/datasets.resolver.ts';
import { RequestActsResolver } from './datasets/request-acts.resolver.ts';
import { FiguresResolver, GroupsResolver, ReleasesResolver } from './figures/figures.resolver.ts';
import { MetricsResolver } from './figures/metrics.resolver.ts';
import { PrevalenceResolver } from './figures/prevalence.resolver.ts';
import { guardSchema } from './guard.ts';
import { HubResolver } from './hub/hub.resolver.ts';
import { JobsResolver } from './jobs/jobs.resolver.ts';
import { RunProgressResolver } from './jobs/run-progress.resolver.ts';
import { LinkageResolver } from './linkage/linkage.resolver.ts';
import { DeliveriesResolver, RunsResolver } from './operations/operations.resolver.ts';
import { AccountResolver } from './people/account.resolver.ts';
import { PeopleResolver } from './people/people.resolver.ts';
import { TokensResolver } from './people/tokens.resolver.ts';
import { GapsOfResourcesResolver } from './providers/gaps.resolver.ts';
import { ProvidersResolver } from './providers/providers.resolver.ts';
import { ProviderWorkResolver } from './providers/work.resolver.ts';
import { DataQualityResolver } from './quality/data-quality.resolver.ts';
import { RegisterResolver } from './register/register.resolver.ts';
import { ReportActsResolver } from './reports/report-acts.resolver.ts';
import { ReportsResolver } from './reports/reports.resolver.ts';

export async function apiSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      HubResolver,
      ContractsResolver,
      TokensResolver,
      AccountResolver,
      PeopleResolver,
      RegisterResolver,
      AgreementsResolver,
      ReviewsResolver,
      RunsResolver,
      DeliveriesResolver,
      AuditResolver,
      ReleasesResolver,
      MetricsResolver,
      PrevalenceResolver,
      FiguresResolver,
      GroupsResolver,
      DataQualityResolver,
      ProvidersResolver,
      GapsOfResourcesResolver,
      ProviderWorkResolver,
      LinkageResolver,
      JobsResolver,
      RunProgressResolver,
      ReportsResolver,
      ReportActsResolver,
      DatasetsResolver,
      RequestActsResolver,
    ],
    validate: false,
    // Asked for wherever there is a subscription; ours follow the ledger, and nothing is published here.
    pubSub: { publish: () => {}, subscribe: nobodyPublishes },
  });
  for (const [type, words] of [
    [schema.getQueryType(), 'What may be asked. Who may ask it, schema/access-policy.yaml says.'],
    [schema.getMutationType(), 'What may be changed, or asked to be done.'],
    [schema.getSubscriptionType(), 'What may be followed.'],
  ] as const)
    if (type) type.description = words;
  return guardSchema(schema);
}

function nobodyPublishes(): never {
  throw new Error('no subscription has a topic');
}

/** schema/schema.graphql: the contract that analysts' queries rest on, compared in every check. */
export async function printedSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await apiSchema()))}\n`;
}
