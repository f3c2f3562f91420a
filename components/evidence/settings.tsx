import { Breakable } from '#components/ui/breakable.tsx';
import type { SettingsEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Part, Table } from './parts.tsx';

type Row = SettingsEvidence['protocols'][number]['rows'][number];

/** All that a document says, each value with its element, each table with the host, the way to it and the document. */
export function Settings({ body }: Drawn<SettingsEvidence>) {
  const { displayName, source, method, document, general = [], unknown = [], protocols } = body;
  const hasProtocols = protocols.length > 0;
  return (
    <>
      <Facts
        facts={[
          ['Display name', displayName === null ? null : cut(displayName)],
          ['Came from', <Mono key="source" text={cut(source)} />],
          ['Found by', method === undefined ? null : cut(method)],
          ['Document', document === undefined ? null : cut(document)],
        ]}
      />
      {hasProtocols && <Values name="Person and account" rows={general} body={body} />}
      {protocols.map(({ type, version, path, rows }, place) => (
        <Values
          // biome-ignore lint/suspicious/noArrayIndexKey: a protocol may be offered twice, and evidence never changes
          key={place}
          name={version === null ? type : `${type} version ${version}`}
          element={path}
          rows={rows}
          body={body}
        />
      ))}
      {!hasProtocols && <Values name="What it says" rows={general} body={body} />}
      <Values name="Elements that no specification names" rows={unknown} body={body} />
    </>
  );
}

interface ValuesProps {
  name: string;
  /** The element that the rows stand in; without it their paths begin at the top of the answer. */
  element?: string | undefined;
  rows: readonly Row[];
  body: SettingsEvidence;
}

function Values({ name, element, rows, body }: ValuesProps) {
  if (rows.length === 0) return null;
  return (
    <Part name={cut(name)} className="settings">
      <Table
        caption={<Provenance body={body} />}
        head={['Element', 'Value']}
        stacked={['', '']}
        rows={rows.map(({ path, value }) => [
          <ElementPath key="path" path={cut(element === undefined ? path : `${element}/${path}`, 600)} />,
          <Mono key="value" text={cut(value, 2_000)} />,
        ])}
      />
    </Part>
  );
}

function Provenance({ body: { source, method, document } }: { body: SettingsEvidence }) {
  return (
    <>
      Said by <Mono text={cut(source)} />
      {method !== undefined && `, found by ${cut(method)}`}
      {document !== undefined && `, in ${cut(document)}`}
    </>
  );
}

/** The way to an element in grey, then the element itself. */
function ElementPath({ path }: { path: string }) {
  const last = path.lastIndexOf('/') + 1;
  return (
    <span className="font-mono">
      <span className="text-soft">
        <Breakable text={path.slice(0, last)} />
      </span>
      <wbr />
      <span className="font-semibold">
        <Breakable text={path.slice(last)} />
      </span>
    </span>
  );
}
