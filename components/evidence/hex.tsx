/**
 * Octets in lines, with the field that is looked at marked in them. Drawn in blocks, of which only those are drawn anew in which something
 * changes; what is out of sight is not laid out by the browser.
 */
import { type KeyboardEvent, type MouseEvent, memo, useEffect, useRef } from 'react';
import { useWide } from '#components/ui/use-wide.ts';
import type { Layer } from './fields.ts';
import { type Columns, columnsFor, lineLength, octetCount, piecesOf, placeAt, type Span } from './octets.ts';
import { keepInView } from './pane.ts';

interface HexProps {
  layers: readonly Layer[];
  /** By layer: what is marked in it. */
  marks: ReadonlyMap<number, Span>;
  problem: { readonly layer: number; readonly at: number } | null;
  /** The place that the arrow keys go on from. */
  chosen: { readonly layer: number; readonly at: number } | null;
  onChoose: (layer: number, at: number) => void;
  label: string;
}

export function Hex({ layers, marks, problem, chosen, onChoose, label }: HexProps) {
  const pane = useRef<HTMLDivElement>(null);
  const width = useWide() ? 16 : 8;
  // The innermost layer is where the field itself stands.
  const [layer, mark] = [...marks][0] ?? [0, null];
  useEffect(() => {
    if (mark !== null) showOctet(pane.current, layer, mark.from);
  }, [layer, mark]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width }[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = chosen ?? { layer: 0, at: by > 0 ? -by : 0 };
    const at = from.at + by;
    if (at >= 0 && at < (layers[from.layer]?.octets.length ?? 0)) onChoose(from.layer, at);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups what is filled in
    <div
      ref={pane}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and its arrow keys go from octet to octet
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="message-pane hex"
    >
      {layers.map((each, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: layers never change
        <section key={place} aria-label={place === 0 ? undefined : each.name}>
          {place > 0 && (
            <p className="mt-2 px-2 py-1 text-soft">
              Unpacked: {each.name}, {octetCount(each.octets.length)}
            </p>
          )}
          <Octets
            layer={each}
            place={place}
            columns={columnsFor(width, each.octets.length)}
            marked={marks.get(place) ?? null}
            problem={problem?.layer === place ? problem.at : null}
            onChoose={onChoose}
          />
        </section>
      ))}
    </div>
  );
}

/** Lines of a block; evidence.css knows the number. */
const BLOCK_LINES = 32;

interface OctetsProps {
  layer: Layer;
  place: number;
  columns: Columns;
  marked: Span | null;
  problem: number | null;
  onChoose: HexProps['onChoose'];
}

function Octets({ layer: { octets, hidden }, place, columns, marked, problem, onChoose }: OctetsProps) {
  const size = columns.width * BLOCK_LINES;
  const starts = Array.from({ length: Math.ceil(octets.length / size) }, (_, block) => block * size);
  const onClick = (event: MouseEvent) => {
    if (window.getSelection()?.type === 'Range') return;
    const at = octetUnder(event, columns);
    if (at !== null && at < octets.length) onChoose(place, at);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the pane around it does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div onClick={onClick}>
      {starts.map((from) => (
        <Block
          key={from}
          octets={octets}
          layer={place}
          from={from}
          to={Math.min(from + size, octets.length)}
          width={columns.width}
          hidden={hidden}
          {...clipped(marked, from, from + size)}
          problem={problem !== null && problem >= from && problem < from + size ? problem : null}
        />
      ))}
      {problem !== null && problem >= octets.length && (
        <p className="px-2">
          <mark className="hex-problem">✕ ends here</mark>
        </p>
      )}
    </div>
  );
}

/** As numbers, so that a block in which nothing changes is not drawn anew. */
function clipped(mark: Span | null, from: number, to: number): { markFrom: number; markTo: number } {
  const [markFrom, markTo] = mark === null ? [0, 0] : [Math.max(mark.from, from), Math.min(mark.to, to)];
  return markFrom < markTo ? { markFrom, markTo } : { markFrom: 0, markTo: 0 };
}

interface BlockProps extends Span {
  octets: Uint8Array;
  layer: number;
  width: Columns['width'];
  hidden: readonly Span[];
  markFrom: number;
  markTo: number;
  problem: number | null;
}

const Block = memo(function Block({ octets, layer, from, to, width, hidden, markFrom, markTo, problem }: BlockProps) {
  const marked = markFrom < markTo ? { from: markFrom, to: markTo } : null;
  const columns = columnsFor(width, octets.length);
  const pieces = piecesOf(octets, { from, to }, columns, hidden, { marked, problem });
  const block = to - from === width * BLOCK_LINES ? 'hex-block' : '';
  const long = columns.digits > 4 ? 'hex-long' : '';
  return (
    <pre data-layer={layer} data-from={from} data-to={to} className={`hex-line hex-${width} ${long} ${block}`}>
      {pieces.map(({ text, kind }, place) =>
        kind === 'plain' ? (
          text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
          <mark key={place} className={`hex-${kind}`}>
            {text}
          </mark>
        ),
      )}
    </pre>
  );
});

/** All lines are equally long and equally high, so the place tells the octet. */
function octetUnder({ target, clientX, clientY }: MouseEvent, columns: Columns): number | null {
  const block = target instanceof Element ? target.closest<HTMLElement>('pre[data-from]') : null;
  if (block === null) return null;
  const { left, top, width, height } = block.getBoundingClientRect();
  const [from, to] = [Number(block.dataset.from), Number(block.dataset.to)];
  const line = Math.floor(((clientY - top) / height) * Math.ceil((to - from) / columns.width));
  const place = placeAt(columns, Math.floor(((clientX - left) / width) * lineLength(columns)));
  return place === null ? null : from + line * columns.width + place;
}

/** Scrolls the pane, and never the page, until the line of this octet can be seen. */
function showOctet(pane: HTMLElement | null, layer: number, at: number): void {
  const blocks = [...(pane?.querySelectorAll<HTMLElement>(`pre[data-layer="${layer}"]`) ?? [])];
  const block = blocks.find(({ dataset }) => at < Number(dataset.to)) ?? blocks.at(-1);
  if (pane === null || block === undefined) return;
  const { top, height } = block.getBoundingClientRect();
  const [from, to] = [Number(block.dataset.from), Number(block.dataset.to)];
  const lineHeight = Number.parseFloat(getComputedStyle(block).lineHeight);
  const line = Math.floor(((at - from) / Math.max(1, to - from)) * Math.round(height / lineHeight));
  keepInView(pane, top + line * lineHeight, lineHeight);
}
