'use client';
/**
 * One row with what lies below it. Drawn anew only when its own node or the person's view of the tree changes.
 * The item is the row alone, so that its name is what the row says; levels are named, what is below follows it.
 */
import { memo } from 'react';
import { Breakable } from '#components/ui/breakable.tsx';
import { Icon, stateIcons } from '#components/ui/icons.tsx';
import { showDuration, withinSentence } from '#lib/result/message.ts';
import type { ResultNode } from '#lib/result/node.ts';
import { stateWords } from '#lib/result/words.ts';
import { Detail } from './detail.tsx';
import { rowHref, rowId, sentenceOf } from './sentence.ts';
import { toneOf, toneText } from './tone.ts';
import type { RowContext } from './use-tree.ts';
import { hasDetail, isExpandable, isOpen, isShown, type Place, placeBelow } from './view.ts';

interface TreeItemProps {
  node: ResultNode;
  place: Place;
  position: number;
  size: number;
  /** A skipped row says why, unless the row before or above it has just said so. */
  saysWhy: boolean;
  context: RowContext;
}

export const TreeItem = memo(function TreeItem(props: TreeItemProps) {
  const { node, place, position, size, context } = props;
  const expandable = isExpandable(node);
  const open = isOpen(node, place, context);
  const children = node.children.filter((child) => isShown(child, context));
  const why = props.saysWhy && node.because !== undefined ? context.reason(node.because) : null;
  return (
    <div>
      <div
        id={rowId(node.id)}
        role="treeitem"
        data-node={node.id}
        data-status={node.status}
        tabIndex={context.active === node.id ? 0 : -1}
        aria-level={place.level}
        aria-posinset={position}
        aria-setsize={size}
        aria-expanded={expandable ? open : undefined}
        className={`tree-row ${expandable ? 'tree-row-expandable' : ''}`}
      >
        <Row node={node} place={place} expandable={expandable} why={why} Bar={context.Bar} />
      </div>
      {hasDetail(node) && <Detail node={node} level={place.level + 1} cap={place.cap} open={open} context={context} />}
      {children.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: the pattern of a tree asks for the role group
        <div role="group" className={`tree-group ${open ? '' : 'tree-group-closed'}`}>
          {children.map((child, index) => (
            <TreeItem
              key={child.id}
              node={child}
              place={placeBelow(node, place)}
              position={index + 1}
              size={children.length}
              saysWhy={saysWhy(child, node, children[index - 1])}
              context={context}
            />
          ))}
        </div>
      )}
    </div>
  );
}, sameItem);

/** Places are small and made anew each time, so they are compared by what is in them. */
function sameItem(before: TreeItemProps, after: TreeItemProps): boolean {
  return (
    before.node === after.node &&
    before.context === after.context &&
    before.position === after.position &&
    before.size === after.size &&
    before.saysWhy === after.saysWhy &&
    before.place.cap === after.place.cap &&
    before.place.alternative === after.place.alternative
  );
}

/** Consequences are counted, not shouted: the reason stands once in a row of steps that were skipped for it. */
export function saysWhy(node: ResultNode, parent: ResultNode, before: ResultNode | undefined): boolean {
  return node.because !== parent.because && node.because !== before?.because;
}

interface RowProps {
  node: ResultNode;
  place: Place;
  expandable: boolean;
  why: string | null;
  Bar: RowContext['Bar'];
}

function Row({ node, place, expandable, why, Bar }: RowProps) {
  const { status } = node;
  const tone = toneText[toneOf(status, place.cap)];
  const pale = status === 'planned' || status === 'skipped' || status === 'not-needed';
  return (
    <>
      {expandable ? <Icon name="chevron" className="tree-chevron mt-0.5 text-mute" /> : <span />}
      <Icon name={stateIcons[status]} className={`mt-0.5 ${tone}`} />
      <span className={`min-w-0 ${pale ? 'text-mute' : ''} ${place.level === 1 ? 'font-semibold' : ''}`}>
        <Breakable text={sentenceOf(node)} />
        {why !== null && <Why why={why} because={node.because ?? ''} />}
      </span>
      <span className="tree-end">
        <StateWord node={node} tone={tone} said={why !== null} />
        <span className="tree-time text-soft tabular-nums">
          {node.elapsedMs !== null && status !== 'skipped' && showDuration(node.elapsedMs)}
        </span>
        {Bar && <Bar node={node} tone={tone} />}
      </span>
    </>
  );
}

/** The one grey line of a step that was not reached, linked to what stopped it. */
function Why({ why, because }: { why: string; because: string }) {
  return (
    <>
      {' – '}
      <a href={rowHref(because)} tabIndex={-1} className="font-normal hover:underline">
        skipped: <Breakable text={withinSentence(why)} />
      </a>
    </>
  );
}

function StateWord({ node: { status, because }, tone, said }: { node: ResultNode; tone: string; said: boolean }) {
  const word = stateWords[status];
  if (status === 'passed' || said) return <span className="sr-only">{word}</span>;
  if (status !== 'skipped' || because === undefined) return <span className={`tree-state ${tone}`}>{word}</span>;
  return (
    <a href={rowHref(because)} tabIndex={-1} className={`tree-state hover:underline ${tone}`}>
      {word}
    </a>
  );
}
