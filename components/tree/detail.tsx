'use client';
/** What stands under an opened row: what was found, where it is explained, what was seen. */
import { EvidenceItem } from '#components/evidence/evidence-item.tsx';
import { Breakable } from '#components/ui/breakable.tsx';
import { Icon, type IconName } from '#components/ui/icons.tsx';
import type { Finding } from '#lib/result/finding.ts';
import type { ResultNode } from '#lib/result/node.ts';
import { severityWords } from '#lib/result/words.ts';
import { findingText, leading, rowHref } from './sentence.ts';
import { type Cap, findingTone, toneText } from './tone.ts';
import type { RowContext } from './use-tree.ts';

interface DetailProps {
  node: ResultNode;
  level: number;
  cap: Cap;
  open: boolean;
  context: RowContext;
}

export function Detail({ node, level, cap, open, context }: DetailProps) {
  const auto = open && context.byHand.has(node.id) && node.children.length === 0;
  return (
    // An item, because a tree holds nothing else; the arrows pass it by, the Tab key goes through what is in it.
    <div role="treeitem" tabIndex={-1} aria-level={level} className={`tree-detail ${open ? '' : 'tree-detail-closed'}`}>
      {node.findings.length > 0 && (
        <ul className="grid gap-2">
          {node.findings.map((finding) => (
            <FindingLine key={finding.id} finding={finding} cap={cap} isTitle={finding === leading(node)} />
          ))}
        </ul>
      )}
      {node.sameAs !== undefined && (
        <p>
          Found out once for the whole run.{' '}
          <a href={rowHref(node.sameAs)} className="link">
            Show it in full
          </a>
        </p>
      )}
      {node.evidence.length > 0 && (
        <ul className="grid gap-1.5">
          {node.evidence.map((evidence, index) => (
            <li key={evidence.id}>
              <EvidenceItem
                evidence={evidence}
                href={`${context.base}/evidence/${evidence.id}`}
                auto={auto && index === 0}
                at={context.at}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const icons: Record<Finding['severity'], IconName> = { error: 'cross', warning: 'warning', notice: 'info' };

function FindingLine({ finding, cap, isTitle }: { finding: Finding; cap: Cap; isTitle: boolean }) {
  const tone = toneText[findingTone(finding.severity, cap)];
  return (
    <li className="grid gap-x-3 gap-y-0.5 sm:flex sm:flex-wrap sm:items-center">
      <span className={`flex items-center gap-1.5 font-medium ${tone}`}>
        <Icon name={icons[finding.severity]} />
        {severityWords[finding.severity]}
      </span>
      {!isTitle && (
        <span>
          <Breakable text={findingText(finding)} />
        </span>
      )}
      <code className="text-soft">
        <Breakable text={finding.code} />
      </code>
      <a href={`/findings/${finding.code}`} className="link">
        What this means and how to fix it
      </a>
    </li>
  );
}
