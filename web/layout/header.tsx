import type { VNode } from 'preact';
import { LANGUAGES } from '../messages/messages.ts';
import type { Visit } from '../visit.ts';
import { type Entry, isAt, openTo, reading, working } from './navigation.ts';

export function Header({ visit }: { readonly visit: Visit }): VNode {
  const { say, viewer } = visit;
  return (
    <header class="masthead">
      <div class="masthead-line">
        <a class="masthead-name" href="/">
          <img src="/assets/tessera.svg" alt="" width="32" height="32" />
          Tessera
        </a>
        <div class="masthead-side">
          {viewer.name === undefined ? (
            <a class="language" href="/sign-in">
              {say('sign_in')}
            </a>
          ) : (
            <>
              <span class="viewer">
                {say('viewer', { name: viewer.name, role: say(`role.${viewer.role}`) })}
              </span>
              <form method="post" action="/sign-out">
                <button type="submit" class="plain">
                  {say('sign_out')}
                </button>
              </form>
            </>
          )}
          <Languages visit={visit} />
        </div>
      </div>
      <nav class="nav-wide" aria-label={say('nav')}>
        <Links visit={visit} />
      </nav>
      <details class="nav-narrow">
        <summary>{say('nav')}</summary>
        <nav aria-label={say('nav')}>
          <Links visit={visit} />
        </nav>
      </details>
    </header>
  );
}

function Links({ visit }: { readonly visit: Visit }): VNode {
  const work = openTo(working, visit);
  return (
    <>
      <List visit={visit} entries={openTo(reading, visit)} />
      {work.length > 0 && <List visit={visit} entries={work} />}
    </>
  );
}

function List({ visit, entries }: { readonly visit: Visit; readonly entries: readonly Entry[] }): VNode {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.path}>
          <a href={entry.path} aria-current={isAt(entry, visit.path) ? 'page' : undefined}>
            {visit.say(entry.label)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The same page in the other language: a plain link, remembered in a cookie. */
function Languages({ visit }: { readonly visit: Visit }): VNode {
  const names = { en: 'English', es: 'Español' };
  return (
    <>
      {LANGUAGES.filter((language) => language !== visit.viewer.language).map((language) => {
        const query = new URLSearchParams(visit.query);
        query.set('lang', language);
        return (
          <a
            key={language}
            class="language"
            href={`${visit.path}?${query}`}
            lang={language}
            hreflang={language}
          >
            {names[language]}
          </a>
        );
      })}
    </>
  );
}
