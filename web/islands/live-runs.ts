/** Shows the page of runs afresh whenever the ledger has news, without losing the place. */
const line = document.getElementById('live');
if (line !== null) {
  const news = new EventSource('/runs/events');
  let wanted: ReturnType<typeof setTimeout> | undefined;
  news.addEventListener('open', () => say(line.dataset['live']));
  news.addEventListener('message', () => {
    clearTimeout(wanted);
    wanted = setTimeout(() => void refresh(line), 300);
  });
}

async function refresh(line: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
  const main = document.getElementById('main');
  if (fresh === null || main === null) return;
  const kept = line;
  fresh.querySelector('#live')?.replaceWith(kept);
  main.replaceChildren(...fresh.childNodes);
  say(kept.dataset['fresh']);
}

function say(words: string | undefined): void {
  const line = document.getElementById('live');
  if (line !== null && words !== undefined) line.textContent = words;
}
