import type { ComponentChildren, VNode } from 'preact';
import type { Code } from '../../../src/contracts/code-list.ts';
import { type Answer, html } from '../../answer.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { MessageKey } from '../../messages/messages.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish } from '../definitions/trail.tsx';
import { CountyKnown } from './county.tsx';
import { codesOf, type PartProps } from './part.ts';
import { Prevention, Training } from './training.tsx';

/** Where the register of tools keeps what a criterion of the matrix asks. */
const KEPT_UNDER: Readonly<Record<string, string>> = {
  validated: 'validated',
  source_of_information: 'self_disclosure',
  domain_system_specific: 'domain',
  guide_to_action: 'guide_to_action',
  format_mode: 'format',
  appropriate_for_minors: 'minors',
  labor_trafficking: 'labor',
};

export async function programPage(visit: Visit, { contracts, publicRegister }: Ports): Promise<Answer> {
  const { say } = visit;
  const county = codesOf(contracts, 'ca_counties').find(
    ({ code }) => code === visit.query.get('county'),
  )?.code;
  const permission = county === undefined ? undefined : visit.permit('publicRegister');
  const entries =
    county === undefined || permission === undefined ? [] : await publicRegister(permission, county);
  const parts: readonly (readonly [id: string, title: MessageKey, body: VNode])[] = [
    ['principles', 'principles', <Principles visit={visit} contracts={contracts} />],
    ['tools', 'tools', <Tools visit={visit} contracts={contracts} />],
    ['disclosed', 'disclosed', <Disclosed visit={visit} contracts={contracts} />],
    ['laws', 'laws', <Laws visit={visit} contracts={contracts} />],
    ['training', 'training', <Training visit={visit} contracts={contracts} />],
    ['prevention', 'prevention', <Prevention visit={visit} contracts={contracts} />],
    ['lines', 'lines.label', <Lines visit={visit} />],
    [
      'county',
      'county.known',
      <CountyKnown visit={visit} contracts={contracts} county={county} entries={entries} />,
    ],
  ];
  return html(
    renderPage({
      visit,
      title: say('nav.program'),
      children: (
        <>
          <h1>{say('nav.program')}</h1>
          <p class="lead">{say('program.lead')}</p>
          <InEnglish visit={visit} />
          <nav class="contents" aria-label={say('contents')}>
            {parts.map(([id, title]) => (
              <a key={id} href={`#${id}`}>
                {say(title)}
              </a>
            ))}
          </nav>
          {parts.map(([id, title, body]) => (
            <section key={id}>
              <h2 id={id}>{say(title)}</h2>
              {body}
            </section>
          ))}
        </>
      ),
    }),
  );
}

function Principles({ contracts }: PartProps): VNode {
  return (
    <ul class="cards" lang="en">
      {codesOf(contracts, 'guiding_principles').map((principle) => (
        <li key={principle.code}>
          <h3>{principle.label}</h3>
          <p>{(principle.attributes['practice'] ?? '') as string}</p>
        </li>
      ))}
    </ul>
  );
}

function Tools({ visit, contracts }: PartProps): VNode {
  const { say } = visit;
  const criteria = codesOf(contracts, 'screening_criterion');
  return (
    <>
      <p>{say('tools.lead')}</p>
      <p class="remark" lang="en">
        {contracts.codeLists.get('screening_tools')?.note}
      </p>
      <DataTable
        caption={say('tools')}
        columns={[
          { head: say('tool') },
          ...criteria.map((criterion) => ({ head: <span lang="en">{criterion.label}</span> })),
        ]}
        rows={codesOf(contracts, 'screening_tools').map((tool) => [
          <span lang="en">{tool.label}</span>,
          ...criteria.map((criterion) => statedOf(visit, tool, criterion.code)),
        ])}
      />
    </>
  );
}

/** Only what the matrix states; everything else stays open rather than guessed. */
function statedOf({ say }: Visit, tool: Code, criterion: string): ComponentChildren {
  const value = tool.attributes[KEPT_UNDER[criterion] ?? ''];
  if (value === undefined) return <span title={say('tools.not_stated')}>–</span>;
  if (criterion === 'source_of_information')
    return say(value === true ? 'tools.disclosure' : 'tools.several');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  return <span lang="en">{value as string}</span>;
}

function Disclosed({ visit, contracts }: PartProps): VNode {
  const { say } = visit;
  return (
    <>
      <p>{say('disclosed.lead')}</p>
      <DataTable
        caption={say('disclosed.classes')}
        columns={[
          { head: say('disclosed.what') },
          { head: say('meaning') },
          { head: say('disclosed.who') },
          { head: say('disclosed.public') },
        ]}
        rows={[...contracts.sensitivities.values()].map((found) => [
          <span lang="en">{found.name.replaceAll('_', ' ')}</span>,
          <span lang="en">{found.words}</span>,
          <span lang="en">{found.readers.join(', ')}</span>,
          <span lang="en">{found.finestPublic}</span>,
        ])}
      />
      <DataTable
        caption={say('disclosed.readers')}
        columns={[{ head: say('disclosed.reader') }, { head: say('meaning') }]}
        rows={[...contracts.readers.values()].map((reader) => [
          <span lang="en">{reader.name}</span>,
          <span lang="en">{reader.words}</span>,
        ])}
      />
      <DataTable
        caption={say('disclosed.never')}
        columns={[
          { head: say('disclosed.what') },
          { head: say('meaning') },
          { head: say('disclosed.instead') },
        ]}
        rows={[...contracts.neverHeld.values()].map((never) => [
          <span lang="en">{never.topic.replaceAll('_', ' ')}</span>,
          <span lang="en">{never.words}</span>,
          <span lang="en">{never.instead}</span>,
        ])}
      />
    </>
  );
}

function Laws({ visit, contracts }: PartProps): VNode {
  const { say } = visit;
  return (
    <>
      <p>{say('laws.lead')}</p>
      <DataTable
        caption={say('laws')}
        columns={[
          { head: say('laws.citation') },
          { head: say('meaning') },
          { head: say('laws.permits') },
          { head: say('laws.condition') },
          { head: say('code.checked') },
        ]}
        rows={[...contracts.legalBases.values()].map((basis) => [
          <span lang="en">{basis.citation}</span>,
          <span lang="en">{basis.words}</span>,
          <span lang="en">{basis.permits}</span>,
          <span lang="en">{basis.condition}</span>,
          say(`status.${basis.status}`),
        ])}
      />
      <p>
        <a href="/definitions/codes/ca_charge_codes">{say('laws.sections')}</a>
      </p>
    </>
  );
}

/** Those of the whole country; a county's own stand under the county. */
function Lines({ visit }: { readonly visit: Visit }): VNode {
  const { say } = visit;
  return (
    <dl class="facts">
      <dt lang="en">National Human Trafficking Hotline</dt>
      <dd>
        <a href="tel:+18883737888">888-373-7888</a> · {say('lines.text')} <a href="sms:233733">233733</a>
      </dd>
      <dt>{say('lines.crisis')}</dt>
      <dd>
        <a href="tel:988">988</a>
      </dd>
      <dt>{say('lines.missing')}</dt>
      <dd>
        <a href="tel:+18008435678">800-843-5678</a>
      </dd>
      <dt>{say('lines.danger')}</dt>
      <dd>
        <a href="tel:911">911</a>
      </dd>
    </dl>
  );
}
