'use client';
/** A button that copies, and says in its own place that it did. */
import { useEffect, useState } from 'react';
import { copyText } from './copy.ts';

type Phase = 'ready' | 'copied' | 'failed';

interface CopyButtonProps {
  label: string;
  /** The text, or where to get it. */
  text: string | (() => Promise<string>);
  className?: string;
}

export function CopyButton({ label, text, className = 'button' }: CopyButtonProps) {
  const [phase, setPhase] = useState<Phase>('ready');
  useEffect(() => {
    if (phase === 'ready') return;
    const back = setTimeout(() => setPhase('ready'), 2500);
    return () => clearTimeout(back);
  }, [phase]);
  const copy = async () => setPhase((await copyFrom(text)) ? 'copied' : 'failed');
  const words: Record<Phase, string> = { ready: label, copied: 'Copied', failed: 'Failed' };
  return (
    <button type="button" className={`${className} needs-script`} onClick={copy}>
      {/* The longest wording holds the width, so nothing beside it moves. */}
      <span className="grid">
        <span className="invisible col-start-1 row-start-1" aria-hidden="true">
          {label.length > words.copied.length ? label : words.copied}
        </span>
        <span className="col-start-1 row-start-1" aria-live="polite">
          {words[phase]}
        </span>
      </span>
    </button>
  );
}

async function copyFrom(text: CopyButtonProps['text']): Promise<boolean> {
  try {
    return await copyText(typeof text === 'string' ? text : await text());
  } catch {
    return false;
  }
}
