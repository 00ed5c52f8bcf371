/** Pages of HTML that are files by themselves: no link, no script, styles inside. */

/** One page that needs nothing but itself. */
export function page(title: string, madeUp: boolean, body: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { font: 16px/1.55 'Public Sans', 'Segoe UI', Helvetica, Arial, sans-serif; color: #1b1b1b; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid #dcdee0; } th:first-child, td:first-child { text-align: left; }
.notice { border-left: .4rem solid #b50909; background: #fdf4f4; padding: .7rem 1rem; } .figure { font-size: 1.5rem; font-weight: 700; }
svg { max-width: 100%; height: auto; } code { overflow-wrap: anywhere; } .wide { overflow-x: auto; }
</style>
</head>
<body>
<main>
${madeUp ? '<p class="notice"><strong>Made-up data.</strong> It says nothing about any real place.</p>' : ''}
${body.join('\n')}
</main>
</body>
</html>
`;
}

export function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

export function bullets(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
}

export function htmlTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    row.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escaped(cell)}</${tag}>`).join('');
  return `<div class="wide"><table><caption>${escaped(caption)}</caption><thead><tr>${cells('th', heads)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('')}</tbody></table></div>`;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function whole(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : Math.round(value).toLocaleString('en-US');
}
