import type { ComparisonEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';
import { type Saying, sayings, sourceOf } from './sayings.ts';

/** What the documents say about each setting: a line for each different value, with the documents that have it. */
export function Comparison({ body }: Drawn<ComparisonEvidence>) {
  const { sources, rows } = body;
  return (
    <>
      <Facts facts={[['Compared', <Sources key="sources" sources={sources} namesHost />]]} />
      {rows.length === 0 ? (
        <Mark remark={{ tone: 'good', text: 'They say the same' }} />
      ) : (
        <table className="evidence-table evidence-stacked comparison">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">What is said</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes
            <Setting key={place} row={row} sources={sources} namesHost={hostsOf(sources).size > 1} />
          ))}
        </table>
      )}
    </>
  );
}

interface SettingProps {
  row: ComparisonEvidence['rows'][number];
  sources: readonly string[];
  /** There are several hosts. */
  namesHost: boolean;
}

function Setting({ row: { setting, values, differs }, sources, namesHost }: SettingProps) {
  const said = sayings(values, sources);
  const remark: Remark = differs ? { tone: 'warn', text: 'differs' } : { tone: 'good', text: 'the same' };
  return (
    <tbody>
      {said.map((saying, place) => (
        <tr key={saying.value}>
          {place === 0 && (
            <th scope="rowgroup" rowSpan={said.length} className="align-top text-ink! first-letter:uppercase">
              {cut(setting)}
              <Mark remark={remark} />
            </th>
          )}
          <td>
            {saying.value === null ? <span className="text-soft">nothing</span> : <Mono text={cut(saying.value)} />}
          </td>
          <td>
            <Sources sources={saying.sources} namesHost={namesHost} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** The documents, under the host that they came from. */
function Sources({ sources, namesHost }: { sources: Saying['sources']; namesHost: boolean }) {
  return (
    <ul className="grid grid-cols-1 gap-1">
      {[...hostsOf(sources)].map(([host, documents]) => {
        const forms = documents.flatMap(({ form }) => form ?? []).join(', ');
        return (
          <li key={host}>
            {(namesHost || forms === '') && <Mono text={cut(host)} />}
            <span className="block text-soft">{cut(forms)}</span>
          </li>
        );
      })}
    </ul>
  );
}

const hostsOf = (sources: readonly string[]) => Map.groupBy(sources.map(sourceOf), ({ host }) => host);
