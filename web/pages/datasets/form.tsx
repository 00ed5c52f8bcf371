import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { DatasetRequest } from '../../../src/datasets/request.ts';
import type { TablePreview } from '../../../src/datasets/table-preview.ts';
import type { Refused } from '../../../src/errors.ts';
import type { FieldText } from '../../../src/register/content.ts';
import { valuesOf } from '../../../src/register/field-values.ts';
import { type Answer, html, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { FieldInputs, sentFields } from '../../layout/field-inputs.tsx';
import { attempted, FormNotice } from '../../layout/form-notice.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish } from '../definitions/trail.tsx';
import { notFoundPage } from '../not-found.tsx';
import { actorOf, isId } from './actor.ts';
import { titleOf } from './words.ts';

/** What the form holds: what was sent and refused, what a request says, or nothing yet. */
interface Held {
  readonly fields: readonly FieldText[];
  readonly tables: readonly string[];
  readonly proposals: string;
  readonly key: string;
  readonly refused?: Refused;
}

export async function newRequestPage(visit: Visit, ports: Ports): Promise<Answer> {
  return page(visit, ports, undefined, { fields: [], tables: [], proposals: '', key: randomUUID() });
}

export async function changeRequestPage(visit: Visit, ports: Ports): Promise<Answer> {
  const request = await ownRequest(visit, ports);
  if (request === undefined) return notFoundPage(visit);
  const { contracts } = ports;
  const fields = valuesOf(contracts, contracts.datasets.fields, request.content);
  const { tables, proposals } = request;
  return page(visit, ports, request, { fields, tables, proposals: proposals.join('\n'), key: randomUUID() });
}

/** Keeps a draft, or puts it to review; whatever is refused stands in the form again. */
export async function recordRequestOf(visit: Visit, ports: Ports): Promise<Answer> {
  const by = actorOf(visit);
  const known = visit.params['id'];
  const request = known === undefined ? undefined : await ownRequest(visit, ports);
  if (by === undefined || (known !== undefined && request === undefined)) return notFoundPage(visit);
  const { version, key = '', proposals = '', submit } = visit.sent;
  const fields = sentFields(ports.contracts.datasets, visit.sent);
  const tables = (visit.sent['table'] ?? '').split(',').filter((address) => address !== '');
  let id = '';
  const refused = await attempted(async () => {
    id = await ports.datasets.record(
      permissionOf(visit),
      {
        fields,
        tables,
        proposals: proposals.split(/\r?\n/),
        id: request?.id,
        version: request === undefined ? undefined : Number(version),
        key,
        submit: submit === 'yes',
      },
      by,
    );
  });
  if (refused === undefined) return seeOther(`/requests/${id}`);
  visit.refused(refused.code);
  return page(visit, ports, request, { fields, tables, proposals, key, refused });
}

async function ownRequest(visit: Visit, ports: Ports): Promise<DatasetRequest | undefined> {
  const { id = '' } = visit.params;
  if (!isId(id)) return undefined;
  const { request } = await ports.datasets.standing(permissionOf(visit), id);
  const open = request.state === 'draft' || request.state === 'returned';
  return open && request.author === visit.viewer.person ? request : undefined;
}

async function page(
  visit: Visit,
  ports: Ports,
  request: DatasetRequest | undefined,
  held: Held,
): Promise<Answer> {
  const { say } = visit;
  const { contracts } = ports;
  const { tables } = await ports.datasets.tables();
  const title = request === undefined ? say('requests.new') : titleOf(visit, request);
  const answer = html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <nav class="trail" aria-label={say('trail')}>
            <a href="/requests">{say('nav.requests')}</a>
          </nav>
          <h1>{title}</h1>
          <p class="lead">{say('requests.lead')}</p>
          <InEnglish visit={visit} />
          <form
            class="entry"
            method="post"
            action={request === undefined ? '/requests/new' : `/requests/${request.id}/change`}
          >
            <FormNotice visit={visit} refused={held.refused} />
            <input type="hidden" name="key" value={held.key} />
            {request !== undefined && <input type="hidden" name="version" value={String(request.version)} />}
            {contracts.datasets.sections.map(({ name, words, fields }) => (
              <fieldset key={name}>
                <legend lang="en">{words}</legend>
                <FieldInputs visit={visit} contracts={contracts} kind={{ fields }} given={held.fields} />
              </fieldset>
            ))}
            <h2>{say('request.choose')}</h2>
            <p id="choose-help">{say('request.choose.help')}</p>
            {[...Map.groupBy(tables, ({ group }) => group)].map(([group, some]) => (
              <Group key={group} visit={visit} group={group} tables={some} chosen={held.tables} />
            ))}
            <div>
              <label for="proposals">
                {say('request.propose')} ({say('form.optional')})
              </label>
              <p id="propose-help">{say('request.propose.help')}</p>
              <textarea
                id="proposals"
                name="proposals"
                rows={3}
                maxLength={2000}
                aria-describedby="propose-help"
              >
                {held.proposals}
              </textarea>
            </div>
            <p>
              <button type="submit" name="submit" value="yes">
                {say('request.submit')}
              </button>{' '}
              <button type="submit" name="submit" value="no" formNoValidate>
                {say('request.save')}
              </button>
            </p>
          </form>
        </>
      ),
    }),
  );
  return held.refused === undefined ? answer : { ...answer, status: 422 };
}

interface GroupProps {
  readonly visit: Visit;
  readonly group: string;
  readonly tables: readonly TablePreview[];
  readonly chosen: readonly string[];
}

/** A group of metrics, open where something of it is chosen: the whole catalogue at once is too long to read. */
function Group({ visit: { say }, group, tables, chosen }: GroupProps): VNode {
  const any = tables.some(({ address }) => chosen.includes(address));
  return (
    <details open={any}>
      <summary lang="en">{group.replaceAll('_', ' ')}</summary>
      {[...Map.groupBy(tables, ({ metric }) => metric)].map(([metric, some]) => (
        <fieldset key={metric}>
          <legend lang="en">{some[0]?.title}</legend>
          {some.map(({ address, by, cells, hidden }) => (
            <label key={address} class="tick">
              <input type="checkbox" name="table" value={address} checked={chosen.includes(address)} />{' '}
              <span lang="en">{by.length === 0 ? 'all' : by.join(', ').replaceAll('_', ' ')}</span>
              {': '}
              {cells === 0 ? say('request.not_there') : say('request.choose.hidden', { hidden, cells })}
            </label>
          ))}
        </fieldset>
      ))}
    </details>
  );
}
