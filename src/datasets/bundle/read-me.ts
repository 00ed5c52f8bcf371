/** README.md: what the bundle is, what it cannot say, and how to check it. Pure. */
import { textOf } from '../request.ts';
import { addressOfDataset, citationOf, type Dataset, dayOf, limitsOf, titleOf } from './dataset.ts';

export function readMe(dataset: Dataset): string {
  const { request, release, tables, tally, note, number, fingerprint } = dataset;
  const { shown = 0, provisional = 0, hidden = 0, not_available: none = 0 } = tally.statuses;
  return `# ${titleOf(dataset)}

${note === undefined ? '' : `**${note}**\n\n`}Dataset ${number} of request ${request.id}, made of release ${release.number} (${release.state}, closed on ${release.closedOn}, published on
${dayOf(dataset)}). Given to ${textOf(request, 'organization')} (${textOf(request, 'recipient')}) under agreement ${textOf(request, 'agreement')}, until ${textOf(request, 'until')}.

${tally.cells} cells of ${tables.length} tables: ${shown + provisional} shown (${provisional} of them provisional), ${hidden} hidden, ${none} not available.

## Files

| file | holds |
|---|---|
| data.csv, data.parquet, data.arrow | the same cells three times: one row for each |
| codebook.csv, codebook.pdf | every column and code, and what every metric counts |
| datapackage.json | the files and their columns for programs (Frictionless), with row counts and sums |
| load.py, load.R | read data.csv as it is meant, and compare the sums |
| dcat-us.json, ddi-codebook.xml | the same for catalogues and archives |
| CITATION.cff | how to cite |
| release-certificate.json | what the release says for itself: policy, definitions, signature |
| SHA256SUMS, SHA256SUMS.sig, key.pub.pem | checksums of all other files, their signature (Ed25519), and the key |

## What it does not say

- A hidden figure is not a zero, and not always small. Do not fill it in, and do not treat it as missing at random.
- Counts of 1 to 10 cannot be worked out from these figures, nor from them together with anything that was released before. Do not try.
- Rows of a table and its margins stand beside each other (\`all\`): choose a table before you add up.
- Figures are of young people whom an agency identified. They are not how many there are, and differences between places or years may be
  differences in looking.
- Nobody is described here: no row is about one person.
${limitsOf(dataset)
  .map((words) => `- ${words}`)
  .join('\n')}

## Terms

- Use it for: ${oneLine(textOf(request, 'question'))}
- Publication: ${oneLine(textOf(request, 'publication'))}
- It is not given on to others, and not joined with other data in order to find somebody.
- After ${textOf(request, 'until')} it is destroyed, and the hub is told so on the page of the request.
- This copy carries a fingerprint of its recipient: ${fingerprint}

## Cite

${citationOf(dataset)}

${addressOfDataset(dataset)}

## Check

\`\`\`sh
sha256sum --check SHA256SUMS
base64 -d SHA256SUMS.sig > sums.sig
openssl pkeyutl -verify -pubin -inkey key.pub.pem -rawin -in SHA256SUMS -sigfile sums.sig
\`\`\`

With the hub's program, whole: \`npx tessera dataset verify FILE.zip\`. Compare the key with the one that the hub names on the page of its releases.
`;
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ');
}
