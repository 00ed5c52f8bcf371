import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { FindForm, situationIn } from './find-form.tsx';
import { ProgramList } from './program-list.tsx';

/** More than anybody calls; what is asked more closely is answered more shortly. */
const MOST = 50;

export async function findPage(visit: Visit, { contracts, assetMap }: Ports): Promise<Answer> {
  const { say } = visit;
  const asked = situationIn(contracts, visit.sent);
  const isAsked = Object.keys(visit.sent).length > 0;
  const found = isAsked ? await assetMap.find(asked) : [];
  return html(
    renderPage({
      visit,
      title: say('map.find.title'),
      children: (
        <>
          <h1>{say('map.find.title')}</h1>
          <p>{say('map.find.kept')}</p>
          <FindForm visit={visit} contracts={contracts} asked={asked} />
          {isAsked && (
            <section aria-labelledby="found" role="status">
              <h2 id="found">{say('map.found', { n: found.length })}</h2>
              {found.length === 0 ? (
                <p class="notice">{say('map.found.none')}</p>
              ) : (
                <>
                  {found.length > MOST && <p>{say('map.found.first', { n: MOST })}</p>}
                  <ProgramList
                    visit={visit}
                    contracts={contracts}
                    caption={say('map.found.caption')}
                    matches={found.slice(0, MOST)}
                  />
                </>
              )}
            </section>
          )}
        </>
      ),
    }),
  );
}
