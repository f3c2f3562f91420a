/** Draws an article out of its blocks. They never change, so a block is known by its place. */
import { Breakable } from '#components/ui/breakable.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import type { Block, Inline } from './blocks.ts';

interface ArticleProps {
  blocks: readonly Block[];
  /** Codes that have an article: where one is named, it is a link. */
  codes: ReadonlySet<string>;
}

export function Article({ blocks, codes }: ArticleProps) {
  return (
    <div className="article">
      {blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: known by its place
        <BlockView key={place} block={block} codes={codes} />
      ))}
    </div>
  );
}

function BlockView({ block, codes }: { block: Block; codes: ReadonlySet<string> }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h2>
          <Parts parts={block.parts} codes={codes} />
        </h2>
      );
    case 'paragraph':
      return (
        <p>
          <Parts parts={block.parts} codes={codes} />
        </p>
      );
    case 'list':
      return <List ordered={block.ordered} items={block.items} codes={codes} />;
    case 'code':
      return (
        <div className="article-code">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is reached by the keys only when the box takes the focus */}
          <pre tabIndex={0}>{block.text}</pre>
          <CopyButton label="Copy" text={block.text} className="button min-h-8 text-sm" />
        </div>
      );
  }
}

type ListProps = Pick<Block & { kind: 'list' }, 'ordered' | 'items'> & { codes: ReadonlySet<string> };

function List({ ordered, items, codes }: ListProps) {
  const Tag = ordered ? 'ol' : 'ul';
  return (
    <Tag>
      {items.map((parts, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: known by its place
        <li key={place}>
          <Parts parts={parts} codes={codes} />
        </li>
      ))}
    </Tag>
  );
}

function Parts({ parts, codes }: { parts: readonly Inline[]; codes: ReadonlySet<string> }) {
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: known by its place
    <Part key={place} part={part} codes={codes} />
  ));
}

function Part({ part, codes }: { part: Inline; codes: ReadonlySet<string> }) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'placeholder':
      return <var>{words(part.text)}</var>;
    case 'bold':
      return (
        <strong>
          <Parts parts={part.parts} codes={codes} />
        </strong>
      );
    case 'link':
      return (
        <a href={part.href} className="link">
          <Parts parts={part.parts} codes={codes} />
        </a>
      );
    case 'code':
      return codes.has(part.text) ? <CodeLink code={part.text} /> : <Code text={part.text} />;
  }
}

const Code = ({ text }: { text: string }) => (
  <code>
    <Breakable text={text} />
  </code>
);

function CodeLink({ code }: { code: string }) {
  return (
    <a href={`/findings/${code}`} className="link">
      <Code text={code} />
    </a>
  );
}

/** `notAfter` as "not after". */
const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
