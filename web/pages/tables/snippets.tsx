import type { VNode } from 'preact';
import type { ReleasedTable } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { graphqlOf } from './elsewhere.ts';
import { queryOf } from './question.ts';

/** Code that reads exactly this view, for whoever does not want to click. */
export function Snippets({ visit, table }: { readonly visit: Visit; readonly table: ReleasedTable }): VNode {
  return (
    <section aria-labelledby="snippets">
      <h2 id="snippets">{visit.say('snippets')}</h2>
      <p>{visit.say('snippets.lead')}</p>
      {snippetsOf(table).map(({ language, code }) => (
        <details key={language}>
          <summary>{language}</summary>
          <pre tabIndex={0} aria-label={language}>
            <code>{code}</code>
          </pre>
        </details>
      ))}
    </section>
  );
}

export function snippetsOf(
  table: ReleasedTable,
): readonly { readonly language: string; readonly code: string }[] {
  const address = `/tables/data.csv?${queryOf(table.question, table.release.number)}`;
  return [
    { language: 'curl', code: `curl -s "$HUB${address}" -o data.csv` },
    {
      language: 'R',
      code: `hub <- Sys.getenv("HUB")
data <- read.csv(paste0(hub, "${address}"),
                 colClasses = c(place = "character"), na.strings = "")
# A hidden value is NA; the column flag says why.
table(data$flag)`,
    },
    {
      language: 'Python',
      code: `import os
import pandas as pd

data = pd.read_csv(os.environ["HUB"] + "${address}", dtype={"place": str})
# A hidden value is NaN; the column flag says why.
print(data["flag"].value_counts())`,
    },
    { language: 'GraphQL', code: graphqlOf(table) },
  ];
}
