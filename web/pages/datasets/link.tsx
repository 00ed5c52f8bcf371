import { type Answer, html } from '../../answer.ts';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

/** What a link to a dataset opens: looking counts nothing, since programs that read mail follow links too. */
export async function linkPage(visit: Visit, { datasets }: Ports): Promise<Answer> {
  const { say, number, day } = visit;
  const secret = visit.params['secret'] ?? '';
  const found = await datasets.ofLink(secret);
  return html(
    renderPage({
      visit,
      title: say('datasets.link'),
      children: (
        <>
          <h1>{say('datasets.link')}</h1>
          {found === undefined && <p class="notice">{say('datasets.link.unknown')}</p>}
          {found?.outcome === 'good' && (
            <>
              <p class="lead">
                {say('datasets.link.ready', {
                  title: found.title,
                  release: found.release,
                  bytes: number(found.bytes, 0),
                })}
              </p>
              <form method="post" action={`/datasets/${secret}`}>
                <button type="submit">{say('datasets.link.download')}</button>
              </form>
              <p>
                {say('datasets.link.left', { day: day(found.expiresAt.toISOString()), n: found.remaining })}
              </p>
              <p>
                SHA-256 <code class="long">{found.sha256}</code>
              </p>
            </>
          )}
          {found !== undefined && found.outcome !== 'good' && (
            <>
              <p class="notice">{say(`datasets.link.${found.outcome}`)}</p>
              <p>{say('datasets.link.again')}</p>
            </>
          )}
        </>
      ),
    }),
  );
}
