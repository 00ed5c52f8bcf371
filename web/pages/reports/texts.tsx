import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { RegisterEntry } from '../../../src/register/entries.ts';
import { type ReportEdition, TEXT_KINDS, type TextKind } from '../../../src/reports/edition.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

interface TextsProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly edition: ReportEdition;
  readonly texts: readonly RegisterEntry[];
}

/** What parties wrote for the year of an edition, with a form for each, and an empty one. */
export function Texts({ visit, ports, edition, texts }: TextsProps): VNode {
  const { say } = visit;
  const mayWrite = visit.may('enterReportText');
  return (
    <section aria-labelledby="texts">
      <h2 id="texts">{say('report.texts')}</h2>
      {texts.length === 0 && <p>{say('report.texts.none', { year: edition.year })}</p>}
      {edition.state !== 'draft' && <p>{say('report.texts.frozen')}</p>}
      {TEXT_KINDS.flatMap((kind) =>
        texts
          .filter((text) => text.kind === kind)
          .map((text) => (
            <Text key={text.id} visit={visit} ports={ports} edition={edition} kind={kind} text={text} />
          )),
      )}
      {mayWrite && (
        <details open={texts.length === 0}>
          <summary>{say('report.text.enter')}</summary>
          <TextForm visit={visit} ports={ports} edition={edition} />
        </details>
      )}
    </section>
  );
}

interface TextProps extends Omit<TextsProps, 'texts'> {
  readonly kind: TextKind;
  readonly text: RegisterEntry;
}

function Text({ visit, ports, edition, kind, text }: TextProps): VNode {
  const { say } = visit;
  const { content, id, version } = text;
  const signed = content['signed_off'] === true;
  const title = String(content['title'] ?? '');
  return (
    <article>
      <h3>
        {say(`report.text.${kind}`)}: {title === '' ? '' : `${title}, `}
        {partyName(ports, String(content['party']))}
      </h3>
      <p class="wording own-words" lang={String(content['language'])}>
        {String(content['words'])}
      </p>
      <p>
        <span class={`outcome outcome-${signed ? 'succeeded' : 'running'}`}>
          {say(signed ? 'report.text.signed' : 'report.text.waits')}
        </span>{' '}
        {!signed && say('report.text.waits.more')}
      </p>
      {!signed && visit.may('signOffReportText') && (
        <form class="writing" method="post" action={`/reports/${edition.id}/sign-off`}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="version" value={version} />
          <button type="submit">{say('report.text.sign')}</button>
        </form>
      )}
      {visit.may('enterReportText') && (
        <details>
          <summary>{say('report.text.change')}</summary>
          <TextForm visit={visit} ports={ports} edition={edition} text={text} />
        </details>
      )}
    </article>
  );
}

interface TextFormProps extends Omit<TextsProps, 'texts'> {
  readonly text?: RegisterEntry;
}

/** Of a text that is there already its kind stays. */
function TextForm({ visit, ports, edition, text }: TextFormProps): VNode {
  const { say } = visit;
  const name = (field: string): string => `${field}-${text?.id ?? 'new'}`;
  const parties = ports.contracts.codeLists.get('party')?.codes ?? [];
  const held = (field: string): string => String(text?.content[field] ?? '');
  return (
    <form class="writing" method="post" action={`/reports/${edition.id}/text`}>
      <input type="hidden" name="key" value={randomUUID()} />
      {text === undefined ? (
        <div>
          <label for={name('kind')}>{say('report.text.kind')}</label>
          <select id={name('kind')} name="kind">
            {TEXT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(`report.text.${kind}`)}
              </option>
            ))}
          </select>
        </div>
      ) : (
        <>
          <input type="hidden" name="kind" value={text.kind} />
          <input type="hidden" name="id" value={text.id} />
          <input type="hidden" name="version" value={text.version} />
        </>
      )}
      <div>
        <label for={name('party')}>{say('report.text.party')}</label>
        <select id={name('party')} name="party">
          {parties.map(({ code, label }) => (
            <option key={code} value={code} selected={code === held('party')}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for={name('language')}>{say('report.language')}</label>
        <select id={name('language')} name="language">
          {(['en', 'es'] as const).map((language) => (
            <option key={language} value={language} selected={language === held('language')}>
              {say(`report.language.${language}`)}
            </option>
          ))}
        </select>
      </div>
      {(text === undefined || text.kind === 'chapter') && (
        <div>
          <label for={name('title')}>{say('report.text.title')}</label>
          <input id={name('title')} name="title" maxLength={120} value={held('title')} />
        </div>
      )}
      <div>
        <label for={name('words')}>{say('report.text.words')}</label>
        <p id={name('help')}>{say('report.text.help')}</p>
        <textarea
          id={name('words')}
          name="words"
          rows={6}
          maxLength={12000}
          required
          aria-describedby={name('help')}
        >
          {held('words')}
        </textarea>
      </div>
      <p>
        <button type="submit">{say('report.text.save')}</button>{' '}
        {text !== undefined && (
          <button type="submit" name="withdrawn" value="yes">
            {say('report.text.take_back')}
          </button>
        )}
      </p>
    </form>
  );
}

function partyName({ contracts }: Ports, code: string): string {
  return contracts.codeLists.get('party')?.codes.find((one) => one.code === code)?.label ?? code;
}
