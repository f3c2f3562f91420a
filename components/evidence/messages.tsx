/** Messages of a binary protocol, one after the other; each opens to its fields beside its octets. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { DownloadButton } from '#components/ui/download-button.tsx';
import { Icon } from '#components/ui/icons.tsx';
import type { MessageSeen, MessagesEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { FieldTree } from './field-tree.tsx';
import { type Dissected, dissect, type FieldView, fieldAt, lineage, marksOf, revealed } from './fields.ts';
import { Hex } from './hex.tsx';
import { cut } from './names.ts';
import { columnsFor, inHex, lineOf, octetCount, offsetText } from './octets.ts';
import { keepInView } from './pane.ts';
import { Facts, Mono } from './parts.tsx';
import { Mark } from './remark.tsx';

export function Messages({ body }: Drawn<MessagesEvidence>) {
  const { host, protocol, messages, dropped } = body;
  const alone = messages.length === 1;
  const broken = messages.findIndex(({ problem }) => problem !== undefined);
  return (
    <>
      <Facts
        facts={[
          ['Host', <Mono key="host" text={cut(host)} />],
          ['Protocol', cut(protocol)],
        ]}
      />
      <ol className="grid grid-cols-1 gap-1.5">
        {messages.map((message, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes, and equal messages may repeat
          <li key={place}>
            <Message message={message} number={place + 1} isOpen={alone || place === broken} />
          </li>
        ))}
      </ol>
      {dropped > 0 && <p className="text-soft">{dropped.toLocaleString('en')} more came or went, and are not kept.</p>}
      <div>
        <DownloadButton
          label="Download all of them (JSON)"
          file={`${fileName([protocol, host])}.json`}
          type="application/json"
          content={() => JSON.stringify(body, null, 2)}
        />
      </div>
    </>
  );
}

const ways = { sent: '→', received: '←' } as const;

function Message({ message, number, isOpen }: { message: MessageSeen; number: number; isOpen: boolean }) {
  const [open, setOpen] = useState(isOpen);
  const { name, direction, atMs, bytes, problem } = message;
  return (
    <details className="message" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" className="tree-chevron mt-0.5 text-mute" />
        <span className="text-mute" aria-hidden="true">
          {ways[direction] ?? ''}
        </span>
        <span className="min-w-0">
          <span className="font-medium wrap-anywhere">{cut(name)}</span>{' '}
          <span className="text-soft">{cut(direction)}</span>
          {problem !== undefined && <span className="text-bad"> cannot be read to its end</span>}
        </span>
        <span className="text-soft tabular-nums">{octetCount(bytes)}</span>
        <span className="text-soft tabular-nums">{atMs !== null && showDuration(atMs)}</span>
      </summary>
      {open && <Opened message={message} number={number} />}
    </details>
  );
}

/** What a person looks at. */
interface Looking extends FieldView {
  readonly active: string | null;
  /** Chosen in the octets. */
  readonly octet: { readonly layer: number; readonly at: number } | null;
}

const untouched: Looking = { toggles: new Map(), limits: new Map(), active: null, octet: null };

function Opened({ message, number }: { message: MessageSeen; number: number }) {
  const dissected = useMemo(() => dissect(message), [message]);
  const [looking, setLooking] = useState(untouched);
  const [pointed, setPointed] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const { layers, roots, byId, problem } = dissected;
  const shown = byId.get(pointed ?? '') ?? byId.get(looking.active ?? '') ?? null;
  const marks = useMemo(() => (shown === null ? new Map() : marksOf(layers, shown)), [layers, shown]);
  const change = useCallback((view: FieldView) => setLooking((before) => ({ ...before, ...view })), []);
  const choose = useCallback(
    (id: string) => {
      const node = byId.get(id);
      const octet = node === undefined ? null : { layer: node.layer, at: node.span.from };
      setPointed(null);
      setLooking((before) => ({ ...before, active: id, octet }));
    },
    [byId],
  );
  const chooseOctet = useCallback(
    (layer: number, at: number) => {
      const node = fieldAt(dissected, layer, at);
      setPointed(null);
      setLooking((before) =>
        node === null
          ? { ...before, octet: { layer, at } }
          : { ...before, ...revealed(before, node, roots), active: node.id, octet: { layer, at } },
      );
      requestAnimationFrame(() => showRow(tree.current, node?.id ?? ''));
    },
    [dissected, roots],
  );
  const octets = layers[0]?.octets ?? new Uint8Array(0);
  const name = `${message.name}, ${message.direction}`;
  return (
    <div className="grid grid-cols-1 gap-2 pt-2 pb-3">
      {message.problem !== undefined && <Mark remark={{ tone: 'bad', text: problemText(message.problem) }} />}
      <div className="message-sides">
        <FieldTree
          dissected={dissected}
          view={looking}
          active={looking.active ?? roots[0]?.id ?? ''}
          isChosen={looking.active !== null}
          label={`Fields of ${cut(name)}`}
          pane={tree}
          onChange={change}
          onChoose={choose}
          onPoint={setPointed}
        />
        <Hex
          layers={layers}
          marks={marks}
          problem={problem && { layer: problem.layer, at: problem.span.from }}
          chosen={looking.octet}
          onChoose={chooseOctet}
          label={`Octets of ${cut(name)}; the arrow keys go from octet to octet`}
        />
      </div>
      <p className="message-line">
        {shown === null ? hintOf(dissected) : <Place dissected={dissected} id={shown.id} />}
      </p>
      <Notes message={message} kept={octets.length} />
      <div className="flex flex-wrap gap-x-2">
        <DownloadButton
          label="Download its octets"
          file={`${fileName([String(number).padStart(2, '0'), message.name, message.direction])}.bin`}
          type="application/octet-stream"
          content={() => octets}
        />
        <CopyButton
          label="Copy as hex"
          text={async () => dump(dissected)}
          className="button button-plain min-h-7 px-2 text-sm"
        />
      </div>
    </div>
  );
}

function showRow(pane: HTMLElement | null, id: string): void {
  const row = pane?.querySelector(`[data-field="${id}"]`);
  const box = row?.getBoundingClientRect();
  if (pane && box) keepInView(pane, box.top, box.height);
}

const hintOf = ({ roots }: Dissected): string =>
  roots.length === 0
    ? 'None of its fields could be read.'
    : 'Point at a field, or at an octet, to see where it belongs.';

/** So many octets are repeated in the line below. */
const MOST_REPEATED = 16;

function Place({ dissected: { byId, layers }, id }: { dissected: Dissected; id: string }) {
  const node = byId.get(id);
  if (node === undefined) return null;
  const { layer, span, kind } = node;
  const octets = layers[layer]?.octets.subarray(span.from, span.to) ?? new Uint8Array(0);
  const names = [...lineage(node), id].map((each) => byId.get(each)?.name ?? '');
  const isHidden = layers[layer]?.hidden.some(({ from, to }) => span.from < to && from < span.to) ?? false;
  return (
    <>
      <span className="font-medium wrap-anywhere">{cut(names.join(' › '))}</span>{' '}
      {kind === 'problem'
        ? `at ${offsetText(span.from)}`
        : `${octetCount(span.to - span.from)} at ${offsetText(span.from)}`}{' '}
      {kind !== 'problem' && !isHidden && (
        <span className="font-mono text-soft">
          {inHex(octets.subarray(0, MOST_REPEATED))}
          {octets.length > MOST_REPEATED && ' …'}
        </span>
      )}
    </>
  );
}

function Notes({ message: { bytes, hidden = [] }, kept }: { message: MessageSeen; kept: number }) {
  return (
    <>
      {bytes === 0 && <p className="text-soft">The message is empty.</p>}
      {kept < bytes && (
        <p className="text-soft">
          The first {octetCount(kept)} of {bytes.toLocaleString('en')} are kept.
        </p>
      )}
      {hidden.length > 0 && (
        <p className="text-soft">·· stands for octets that are not kept, because they are secret.</p>
      )}
    </>
  );
}

function problemText({ path, offset, reason, spec }: NonNullable<MessageSeen['problem']>): string {
  return `${cut(path)} at ${offsetText(offset)} cannot be read: ${cut(reason)}${spec === '' ? '' : ` (${cut(spec)})`}`;
}

/** All layers as text. */
function dump({ layers }: Dissected): string {
  return layers
    .map(({ name, octets, hidden }) => {
      const columns = columnsFor(16, octets.length);
      const lines = Array.from({ length: Math.ceil(octets.length / columns.width) }, (_, line) =>
        lineOf(octets, line * columns.width, columns, hidden).trimEnd(),
      );
      return [name, ...lines].join('\n');
    })
    .join('\n\n');
}

const fileName = (parts: readonly string[]): string =>
  parts
    .map((part) =>
      part
        .toLowerCase()
        .replaceAll(/[^a-z\d.]+/g, '-')
        .slice(0, 60),
    )
    .join('-');
