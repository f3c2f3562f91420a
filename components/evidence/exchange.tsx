import { CopyButton } from '#components/ui/copy-button.tsx';
import type { ExchangeEvidence, Header } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono } from './parts.tsx';

/** One request and its answer, headers in their order. */
export function Exchange({ body }: Drawn<ExchangeEvidence>) {
  const { timings, status, reason = '' } = body;
  const time = (ms: number | null) => ms && showDuration(ms);
  return (
    <>
      <Facts
        facts={[
          ['Request', <Mono key="request" text={`${body.method} ${body.url}`} />],
          ['Sent to', <Mono key="address" text={body.address} />],
          ['Answer', status === null ? 'none' : <Mono key="answer" text={`${status} ${cut(reason)}`.trim()} />],
          ['Connect', time(timings.connectMs)],
          ['TLS', time(timings.tlsMs)],
          ['First byte', time(timings.firstByteMs)],
          ['Total', time(timings.totalMs)],
        ]}
      />
      <Half name="Request" headers={body.requestHeaders} text={body.requestBody} note={null} />
      <Half name="Answer" headers={body.responseHeaders} text={body.responseBody} note={sizeOf(body)} />
    </>
  );
}

function sizeOf({ responseBytes, truncated }: ExchangeEvidence): string {
  return truncated
    ? `The body has ${responseBytes} bytes; the beginning is shown.`
    : `The body has ${responseBytes} bytes.`;
}

function Half({
  name,
  headers,
  text,
  note,
}: {
  name: string;
  headers: readonly Header[];
  text: string;
  note: string | null;
}) {
  if (headers.length === 0 && text === '') return null;
  const lines = headers.map(([header, value]) => `${header}: ${value}`).join('\n');
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-3">
        <h4 className="font-medium">{name}</h4>
        <CopyButton label="Copy" text={`${lines}\n\n${text}`} className="button button-plain min-h-7 px-2 text-sm" />
      </div>
      <ul className="evidence-text">
        {headers.map(([header, value], place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat, and evidence never changes
          <li key={place}>
            <span className="text-soft">{header}:</span> {value}
          </li>
        ))}
      </ul>
      {text !== '' && <pre className="evidence-text mt-2 max-h-96">{text}</pre>}
      {note !== null && <p className="mt-1 text-soft">{note}</p>}
    </div>
  );
}
