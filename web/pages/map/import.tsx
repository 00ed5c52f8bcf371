import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { Refused } from '../../../src/errors.ts';
import { textsOf } from '../../../src/providers/as-texts.ts';
import type { Changed, ImportPlan } from '../../../src/providers/plan-import.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { counties, Select } from './words.tsx';

/** Programs from a file: first what it would do, and then, if somebody says so, that. */
export function importPage(visit: Visit, { contracts }: Ports): Answer {
  return page(visit, contracts, undefined);
}

export async function lookAtFile(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { file, sent, say } = visit;
  if (file === undefined) return page(visit, contracts, <Wrong words={say('map.import.no_file')} />, 422);
  const asked = ['counties', 'kept_by', 'needs'].flatMap((name) =>
    sent[name] ? [[name, sent[name].replaceAll(/[\s,]+/g, ';')]] : [],
  );
  try {
    const otherwise = Object.fromEntries(asked);
    const { upload, plan } = await assetMap.look(permissionOf(visit), file, otherwise, nameOf(visit));
    return page(
      visit,
      contracts,
      <>
        <Outcome visit={visit} plan={plan} isDone={false} />
        {upload !== undefined && (
          <form method="post" action="/map/import/take">
            <input type="hidden" name="upload" value={upload} />
            <button type="submit">{say('map.import.take')}</button>
          </form>
        )}
      </>,
    );
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return page(visit, contracts, <Wrong words={`${error.message} ${error.remedy ?? ''}`} english />, 422);
  }
}

export async function takeFile(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const upload = visit.sent['upload'] ?? '';
  const plan = /^[0-9a-f-]{36}$/.test(upload)
    ? await assetMap.take(permissionOf(visit), upload, nameOf(visit))
    : undefined;
  if (plan === undefined) return notFoundPage(visit);
  return page(visit, contracts, <Outcome visit={visit} plan={plan} isDone />);
}

function nameOf(visit: Visit): string {
  return visit.viewer.person ?? permissionOf(visit).purpose;
}

function page(visit: Visit, contracts: Contracts, outcome: VNode | undefined, status = 200): Answer {
  const { say, viewer } = visit;
  const title = say('map.import');
  const body = (
    <>
      <h1>{title}</h1>
      <p class="lead">{say('map.import.lead')}</p>
      {outcome}
      <form class="entry" method="post" action="/map/import" enctype="multipart/form-data" autocomplete="off">
        <div>
          <label for="file">{say('map.import.file')}</label>
          <input id="file" name="file" type="file" accept=".csv,.xlsx,.json" required />
        </div>
        <fieldset>
          <legend>{say('map.import.otherwise')}</legend>
          <Select
            id="kept_by"
            label={say('map.import.kept_by')}
            chosen={viewer.county}
            options={counties(contracts)}
            open="–"
            english={false}
          />
          <div>
            <label for="counties">{say('map.import.counties')}</label>
            <input id="counties" name="counties" type="text" value={viewer.county ?? ''} />
          </div>
          <div>
            <label for="needs">{say('map.import.needs')}</label>
            <input id="needs" name="needs" type="text" />
          </div>
        </fieldset>
        <button type="submit">{say('map.import.look')}</button>
      </form>
      <p class="tools-links">
        <a href="/map/programs.csv">{say('map.csv')}</a>
        <a href="/map/work">{say('map.work')}</a>
      </p>
    </>
  );
  return html(renderPage({ visit, title, children: body }), status);
}

function Wrong({ words, english }: { readonly words: string; readonly english?: boolean }): VNode {
  return (
    <p class="notice" role="alert" lang={english === true ? 'en' : undefined}>
      {words}
    </p>
  );
}

/** More rows than anybody reads; a file with more mistakes is mended by its first ones. */
const MOST = 200;

function Outcome({
  visit,
  plan,
  isDone,
}: {
  readonly visit: Visit;
  readonly plan: ImportPlan;
  readonly isDone: boolean;
}): VNode {
  const { say, number } = visit;
  const { rows, fresh, changed, unchanged, waiting, refused, refusedRows } = plan;
  const counts = {
    rows: number(rows, 0),
    added: number(fresh.length, 0),
    changed: number(changed.length, 0),
    unchanged: number(unchanged, 0),
    waiting: number(waiting.length, 0),
    refused: number(refusedRows, 0),
  };
  const line = { head: say('map.import.line'), numeric: true };
  return (
    <section aria-labelledby="outcome" role="status">
      <h2 id="outcome">{say(isDone ? 'map.import.done' : 'map.import.would')}</h2>
      <p>{say('map.import.counts', counts)}</p>
      {refused.length > 0 && (
        <DataTable
          caption={say('map.import.refused')}
          columns={[line, { head: say('map.work.why') }]}
          rows={refused
            .slice(0, MOST)
            .map((one) => [one.line, <span lang="en">{`${one.field} ${one.words}`.trim()}</span>])}
        />
      )}
      {changed.length > 0 && (
        <DataTable
          caption={say('map.import.changed')}
          columns={[line, { head: say('map.program') }, { head: say('map.import.differences') }]}
          rows={changed
            .slice(0, MOST)
            .map((one) => [
              one.line,
              <a href={`/map/programs/${one.id}`}>{one.said.name}</a>,
              <Differences change={one} />,
            ])}
        />
      )}
      {waiting.length > 0 && (
        <DataTable
          caption={say('map.import.waiting')}
          columns={[line, { head: say('map.program') }, { head: say('map.work.why') }]}
          rows={waiting.slice(0, MOST).map((one) => [
            one.line,
            one.texts['program'] ?? '–',
            <>
              <span lang="en">{one.reasons.join('; ')}</span>{' '}
              {one.looksLike !== undefined && (
                <a href={`/map/programs/${one.looksLike.id}`}>{one.looksLike.name}</a>
              )}
            </>,
          ])}
        />
      )}
      {fresh.length > 0 && (
        <DataTable
          caption={say('map.import.added')}
          columns={[line, { head: say('map.program') }, { head: say('map.import.provider') }]}
          rows={fresh.slice(0, MOST).map((one) => [one.line, one.said.name, one.said.provider])}
        />
      )}
    </section>
  );
}

/** Field by field what it said and what it will say. */
function Differences({ change }: { readonly change: Changed }): VNode {
  const [was, is] = [textsOf(change.was), textsOf(change.said)];
  return (
    <ul lang="en">
      {change.fields.map((field) => (
        <li key={field}>
          {field}: <del>{was[field] ?? '–'}</del> <ins>{is[field] ?? '–'}</ins>
        </li>
      ))}
    </ul>
  );
}
