'use client';
/** A button with a panel under it (a sheet on a phone). A details element: it opens without JavaScript too. */
import { type ReactNode, useEffect, useRef } from 'react';

interface PanelProps {
  label: ReactNode;
  children: ReactNode;
  open?: boolean;
  menu?: boolean;
  className?: string;
}

export function Panel({ label, children, open = false, menu = false, className = '' }: PanelProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useDismiss(details);
  return (
    <details ref={details} open={open} name="panel" className={`panel ${menu ? 'panel-menu' : ''} ${className}`}>
      <summary className="button">{label}</summary>
      <div className="panel-body">{children}</div>
    </details>
  );
}

/** Escape, and a press anywhere else, close it; Escape gives the focus back to the button. */
function useDismiss(details: React.RefObject<HTMLDetailsElement | null>) {
  useEffect(() => {
    const outside = (event: Event) => {
      const element = details.current;
      if (element?.open && event.target instanceof Node && !element.contains(event.target)) element.open = false;
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return;
      details.current.open = false;
      details.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', onEscape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', onEscape);
    };
  }, [details]);
}
