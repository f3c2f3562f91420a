import { Breakable } from '#components/ui/breakable.tsx';
import { Icon } from '#components/ui/icons.tsx';
import type { ClientsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Mono, Table } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

type Row = ClientsEvidence['rows'][number];

/** What each kind of mail client would do with the answers: a row for each, on a phone a card. */
export function Clients({ body }: Drawn<ClientsEvidence>) {
  return (
    <>
      <p className="text-soft">
        Told from the answers above, client by client. “Gets its settings” says that a client finds settings that it can
        use; whether the mailbox then opens {body.rows.some(isOpened) ? 'was not tested for it' : 'is another test'}.
      </p>
      <table className="evidence-table">
        <thead className="max-sm:sr-only">
          <tr>
            <th scope="col">Client</th>
            <th scope="col">Outcome</th>
            <th scope="col">How it goes</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {body.rows.map((row) => (
            <Client key={row.client} row={row} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Whether its way into the mailbox was tried. */
const isOpened = ({ transport }: Row): boolean => transport !== undefined;

function Client({ row }: { row: Row }) {
  const { name, totalMs } = row;
  return (
    <tr className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:border-t max-sm:border-line max-sm:py-2 max-sm:*:border-0">
      <th scope="row" className="border-t border-line align-top text-ink!">
        <Breakable text={cut(name)} />
      </th>
      <td className="max-sm:col-start-1 max-sm:row-start-2">
        <Mark remark={remarkOf(row)} />
      </td>
      <td className="max-sm:col-span-2 max-sm:row-start-3">
        <Story row={row} />
      </td>
      <td className="whitespace-nowrap max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right">
        {totalMs !== null && (
          <>
            <span className="sr-only">after </span>
            {showDuration(totalMs)}
          </>
        )}
      </td>
    </tr>
  );
}

const remarks: Record<Row['outcome'], Remark> = {
  connects: { tone: 'good', text: 'gets its settings' },
  blocked: { tone: 'bad', text: 'gets nothing it can use' },
  'not-tested': { tone: 'unknown', text: 'not tested' },
};

const openedRemarks: Record<Row['outcome'], Remark> = {
  ...remarks,
  connects: { tone: 'good', text: 'opens the mailbox' },
  blocked: { tone: 'bad', text: 'does not open the mailbox' },
};

function remarkOf(row: Row): Remark {
  const words = isOpened(row) ? openedRemarks : remarks;
  return Object.hasOwn(words, row.outcome) ? words[row.outcome] : { tone: 'unknown', text: cut(row.outcome) };
}

function Story({ row: { name, by, transport = null, because, methods, knows, note } }: { row: Row }) {
  return (
    <div className="grid grid-cols-1 gap-1">
      {transport !== null && <p>by {cut(transport)}</p>}
      {by !== null && (
        <p>
          {transport !== null && 'settings '}by {cut(by)}
        </p>
      )}
      {because.length > 0 && (
        <ul>
          {because.map((code) => (
            <li key={code}>
              <Code code={code} />
            </li>
          ))}
        </ul>
      )}
      {note !== '' && (
        <p className="text-soft wrap-anywhere">
          <Breakable text={cut(note, 600)} />
        </p>
      )}
      {methods.length > 0 && (
        <details className="fold">
          <summary>
            <Icon name="chevron" /> Step by step
            <span className="sr-only"> for {cut(name)}</span>
          </summary>
          <div className="mt-1.5 grid grid-cols-1 gap-2">
            <Table
              head={['It asks', 'It gets', 'Time']}
              rows={methods.map(({ method, result, elapsedMs }) => [
                cut(method),
                cut(result),
                elapsedMs === null ? '' : showDuration(elapsedMs),
              ])}
            />
            <Knows knows={knows} />
          </div>
        </details>
      )}
    </div>
  );
}

/** A code is the name of its article, if it looks like one. */
function Code({ code }: { code: string }) {
  if (!/^[a-z]+\.[a-z0-9-]+$/.test(code)) return <Mono text={cut(code)} />;
  return (
    <a href={`/findings/${code}`} className="link font-mono">
      <Breakable text={code} />
    </a>
  );
}

function Knows({ knows }: { knows: readonly string[] }) {
  if (knows.length === 0) return null;
  return (
    <div>
      <p className="font-medium">Then it knows</p>
      <ul className="grid grid-cols-1 gap-0.5">
        {knows.map((address, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an address may be offered twice, and evidence never changes
          <li key={place}>
            <Mono text={cut(address)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
