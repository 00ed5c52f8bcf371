/** What a table can do only with a script: copy itself, print, and become a PNG. Without one the buttons stay hidden. */
const tools = document.getElementById('tools');
const said = document.getElementById('tools-said');

if (tools !== null) {
  tools.hidden = false;
  on('copy', async () => {
    const rows = [...document.querySelectorAll<HTMLTableRowElement>('#figures tr')];
    const text = rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join('\t')).join('\n');
    await navigator.clipboard.writeText(text);
  });
  on('print', () => window.print());
  on('png', () => savePicture());
}

function on(action: string, work: () => Promise<void> | void): void {
  const button = tools?.querySelector<HTMLButtonElement>(`[data-do="${action}"]`);
  button?.addEventListener('click', () => {
    void (async () => {
      await work();
      if (said !== null) said.textContent = button.dataset['done'] ?? '';
    })();
  });
}

/** At twice the size, for a slide; the picture's own font stands in where the page's is not part of it. */
async function savePicture(): Promise<void> {
  const svg = document.querySelector<SVGSVGElement>('.chart-wide svg');
  if (svg === null) return;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.outerHTML)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement('a');
  link.download = `${document.title.replaceAll(/[^\w]+/g, '-')}.png`;
  link.href = canvas.toDataURL('image/png');
  link.click();
}
