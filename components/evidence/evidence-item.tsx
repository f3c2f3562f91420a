'use client';
/** One piece of evidence: a button that opens it in place, or as a sheet where there is no room. Without JavaScript a link. */
import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from '#components/ui/icons.tsx';
import { useWide } from '#components/ui/use-wide.ts';
import type { EvidenceRef } from '#lib/result/evidence.ts';
import { evidenceName } from './evidence-name.ts';
import { useEvidence } from './use-evidence.ts';

interface EvidenceItemProps {
  evidence: EvidenceRef;
  href: string;
  /** Open without being asked, where there is room. */
  auto: boolean;
  at: string;
}

export function EvidenceItem({ evidence, href, auto, at }: EvidenceItemProps) {
  const wide = useWide();
  const [choice, setChoice] = useState<boolean | null>(null);
  const open = choice ?? (auto && wide);
  const seen = useEvidence(href, open);
  const region = useId();
  const name = evidenceName(evidence.kind);
  const content =
    seen.phase === 'ready' ? (
      <seen.Body kind={evidence.kind} body={seen.body} at={at} />
    ) : (
      <p className="text-soft">{seen.phase === 'waiting' ? 'Fetching…' : 'This cannot be fetched at the moment.'}</p>
    );
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open && wide ? region : undefined}
        onClick={() => setChoice(!open)}
        className="evidence-button needs-script"
      >
        <Icon name="chevron" className={`motion-safe:transition-transform ${open && wide ? 'rotate-90' : ''}`} />
        {name}
      </button>
      <noscript>
        <a href={href}>{name} (JSON)</a>
      </noscript>
      {open && wide && (
        <section id={region} aria-labelledby={`${region}-name`} className="evidence">
          <h3 id={`${region}-name`} className="sr-only">
            {name}
          </h3>
          {content}
        </section>
      )}
      {open && !wide && (
        <Sheet name={name} close={() => setChoice(false)}>
          {content}
        </Sheet>
      )}
    </>
  );
}

function Sheet({ name, close, children }: { name: string; close: () => void; children: React.ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={heading} onClose={close}>
      <form method="dialog" className="mb-3 flex items-center justify-between gap-3">
        <h3 id={heading} className="text-base font-semibold">
          {name}
        </h3>
        <button type="submit" className="button">
          Close
        </button>
      </form>
      <div className="evidence-sheet">{children}</div>
    </dialog>
  );
}
