/** All findings, grouped by their area, each with its one sentence. */
import { Breakable } from '#components/ui/breakable.tsx';
import type { Severity } from '#lib/result/catalogue/entry.ts';
import { severityWords } from '#lib/result/words.ts';

interface Entry {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
}

const areas: Record<string, string> = {
  dns: 'Names',
  tcp: 'Ports and addresses',
  net: 'Connections',
  tls: 'TLS and certificates',
  http: 'HTTP and what stands in front of the service',
  auth: 'Signing in',
  autodiscover: 'Autodiscover',
  tool: 'Throughline itself',
};

export function ArticleIndex({ articles }: { articles: readonly Entry[] }) {
  const present = Map.groupBy(articles, ({ code }) => code.slice(0, code.indexOf('.')));
  const order = [...new Set([...Object.keys(areas), ...present.keys()])].filter((area) => present.has(area));
  return (
    <div className="grid gap-8">
      {order.map((area) => (
        <section key={area} aria-labelledby={`area-${area}`}>
          <h2 id={`area-${area}`} className="text-lg font-semibold">
            {areas[area] ?? area}
          </h2>
          <ul className="mt-2 divide-y divide-line border-y border-line">
            {present.get(area)?.map((article) => (
              <Row key={article.code} article={article} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const colours: Record<Severity, string> = { error: 'text-bad', warning: 'text-warn', notice: 'text-mute' };

function Row({ article: { code, severity, title } }: { article: Entry }) {
  return (
    <li className="grid gap-x-4 py-2 sm:grid-cols-[minmax(0,1fr)_5rem]">
      <span>
        <a href={`/findings/${code}`} className="link">
          {title}
        </a>
        <code className="block text-soft">
          <Breakable text={code} />
        </code>
      </span>
      <span className={`text-sm sm:text-right ${colours[severity]}`}>{severityWords[severity]}</span>
    </li>
  );
}
