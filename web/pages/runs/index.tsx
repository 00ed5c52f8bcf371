import type { VNode } from 'preact';
import type { RejectLine } from '../../../src/deliveries/rejects-seen.ts';
import type { RunLine, StageLine } from '../../../src/runs/recent-runs.ts';
import { type Answer, html } from '../../answer.ts';
import { countsFor, permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { MessageKey } from '../../messages/messages.ts';
import type { DeliveryLine, Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { Again, againOf } from './again.tsx';
import { Refused } from './refused.tsx';

/** What ran, what was rejected, and what to do next. */
export async function runsPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const permission = permissionOf(visit);
  const runs = await ports.runs(permission);
  const sources = visit.may('deliveries') ? visit.permit('deliveries') : undefined;
  const deliveries = sources === undefined ? [] : await ports.deliveries(sources);
  const asked = visit.may('refusedDeliveries') ? visit.permit('refusedDeliveries') : undefined;
  const refused = asked === undefined ? [] : await ports.refusals(asked);
  // Where a row was rejected is for whoever sees the counts as they are.
  const rejects = sources?.exact === true ? await ports.rejects(sources) : [];
  const stopped = runs.flatMap((run) =>
    // A refused delivery is told above, with its agency and its reason.
    run.stages
      .filter((stage) => needsSomebody(stage) && !(asked && isDelivery(run, stage)))
      .map((stage) => ({ run, stage, newest: run === runs[0] })),
  );
  return html(
    renderPage({
      visit,
      title: say('nav.runs'),
      islands: ['live-runs'],
      children: (
        <>
          <h1>{say('nav.runs')}</h1>
          <p class="lead">{say('runs.lead')}</p>
          <p
            id="live"
            class="remark"
            role="status"
            data-live={say('runs.live')}
            data-fresh={say('runs.fresh')}
          >
            {say('runs.reload')}
          </p>
          <Refused
            visit={visit}
            contracts={ports.contracts}
            refused={refused}
            exact={asked?.exact === true}
          />
          {stopped.length > 0 && (
            <section class="notice" aria-labelledby="stopped">
              <h2 id="stopped">{say('runs.stopped')}</h2>
              <ul>
                {stopped.map(({ run, stage }) => (
                  <li key={`${run.id} ${stage.stage}`}>
                    <a href={`#run-${run.id}`}>{stage.stage}</a>: {outcomeIn(visit, stage.outcome)}
                    {stage.errorCode === null ? '' : ` (${stage.errorCode})`}. {say(remedyOf(stage))}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Again visit={visit} asked={await againOf(visit, ports)} />
          <p class="remark">{say(permission.exact ? 'counts.exact' : 'counts.banded')}</p>
          <Sources visit={visit} deliveries={deliveries} />
          <Rejects visit={visit} rejects={rejects} />
          {runs.length === 0 ? (
            <p>{say('runs.none')}</p>
          ) : (
            runs.map((run) => <Run key={run.id} visit={visit} run={run} />)
          )}
        </>
      ),
    }),
  );
}

function needsSomebody(stage: StageLine): boolean {
  return stage.outcome === 'failed' || stage.outcome === 'refused' || stage.outcome === 'interrupted';
}

function isDelivery({ kind }: RunLine, { outcome }: StageLine): boolean {
  return outcome === 'refused' && (kind === 'delivery' || kind === 'night');
}

function remedyOf(stage: StageLine): MessageKey {
  if (stage.outcome === 'interrupted') return 'runs.do.interrupted';
  return stage.outcome === 'refused' ? 'runs.do.refused' : 'runs.do.failed';
}

const OUTCOMES = ['running', 'succeeded', 'unchanged', 'failed', 'refused', 'interrupted'] as const;

function outcomeIn({ say }: Visit, outcome: string): string {
  const known = OUTCOMES.find((one) => one === outcome);
  return known === undefined ? outcome : say(`outcome.${known}`);
}

function Sources({
  visit,
  deliveries,
}: {
  readonly visit: Visit;
  readonly deliveries: readonly DeliveryLine[];
}): VNode | null {
  const { say } = visit;
  const count = countsFor(visit);
  if (deliveries.length === 0) return null;
  const sum = ({ files }: DeliveryLine, key: 'rows' | 'accepted' | 'rejected' | 'quarantined'): string =>
    count(files.reduce((total, file) => total + file[key], 0));
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{say('runs.sources')}</h2>
      <DataTable
        caption={say('runs.sources.more')}
        columns={[
          { head: say('runs.agency') },
          { head: say('quality.as_of') },
          { head: say('runs.in'), numeric: true },
          { head: say('runs.accepted'), numeric: true },
          { head: say('runs.rejected'), numeric: true },
          { head: say('quality.waiting'), numeric: true },
        ]}
        rows={deliveries.map((delivery) => [
          <a href={`/quality#${delivery.agency}`}>{delivery.agency}</a>,
          visit.day(delivery.asOf.toISOString()),
          sum(delivery, 'rows'),
          sum(delivery, 'accepted'),
          sum(delivery, 'rejected'),
          sum(delivery, 'quarantined'),
        ])}
      />
    </section>
  );
}

function Rejects({
  visit,
  rejects,
}: {
  readonly visit: Visit;
  readonly rejects: readonly RejectLine[];
}): VNode | null {
  const { say, number } = visit;
  if (rejects.length === 0) return null;
  return (
    <section aria-labelledby="rejects">
      <h2 id="rejects">{say('runs.rejects')}</h2>
      <p>{say('runs.rejects.more')}</p>
      <DataTable
        caption={say('runs.rejects.table')}
        columns={[
          { head: say('runs.agency') },
          { head: say('runs.file') },
          { head: say('quality.rule') },
          { head: say('field') },
          { head: say('quality.rows'), numeric: true },
          { head: say('runs.first_line'), numeric: true },
        ]}
        rows={rejects.map((one) => [
          one.agency,
          one.file,
          one.rule,
          one.field ?? '–',
          number(one.rows, 0),
          number(one.firstLine, 0),
        ])}
      />
    </section>
  );
}

function Run({ visit, run }: { readonly visit: Visit; readonly run: RunLine }): VNode {
  const { say, number } = visit;
  const count = countsFor(visit);
  const started = `${visit.day(run.startedAt)}, ${run.startedAt.slice(11, 16)} UTC`;
  return (
    <section id={`run-${run.id}`} aria-label={`${run.kind}, ${started}`}>
      <h2>
        {run.kind} <Outcome visit={visit} outcome={run.outcome} />
      </h2>
      <p class="remark">
        {started} · <code>{run.id}</code>
      </p>
      <DataTable
        caption={say('runs.stages', { kind: run.kind })}
        columns={[
          { head: say('runs.stage') },
          { head: say('runs.outcome') },
          { head: say('runs.in'), numeric: true },
          { head: say('runs.accepted'), numeric: true },
          { head: say('runs.rejected'), numeric: true },
          { head: say('runs.seconds'), numeric: true },
        ]}
        rows={run.stages.map((stage) => [
          stage.stage,
          <Outcome visit={visit} outcome={stage.outcome} />,
          count(stage.rowsIn),
          count(stage.accepted),
          count(stage.rejected),
          stage.seconds === null ? '…' : number(stage.seconds, 1),
        ])}
      />
    </section>
  );
}

function Outcome({ visit, outcome }: { readonly visit: Visit; readonly outcome: string }): VNode {
  return <span class={`outcome outcome-${outcome}`}>{outcomeIn(visit, outcome)}</span>;
}
